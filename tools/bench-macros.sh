#!/usr/bin/env bash
# Macros in the files that olevba's authors test with, and in business files: what we find and what olevba finds, and the CPU of both. olevba is
# run over all files in one process, so that starting it is not counted, and it does what its command does: files in a ZIP are looked at, and
# locked files are tried under the passwords that it has by itself (msoffcrypto-tool, which oletools installs with it on Linux; seven passwords,
# ours are the two that the programs of Office try). What its command prints is not counted; what only ours does is (QR codes, links, lures,
# objects, PDFs in documents).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=${DATA_DIR:-data}
target=$(tools/target-dir.sh)
python=$target/olevba/bin/python

for set in oletools apache-poi; do
    [ -d "$data/$set" ] || { echo "bench: $data/$set is not there; run \`make data\` first" >&2; exit 1; }
done
if ! "$python" -c 'import oletools, msoffcrypto' 2>/dev/null; then
    echo "bench: installing oletools into $target/olevba" >&2
    python3 -m venv "$target/olevba"
    "$python" -m pip install --quiet --disable-pip-version-check oletools==0.60.2 </dev/null
fi
for set in oletools apache-poi; do
    "$python" tools/bench_macros.py "$data/$set" > "$target/olevba/$set.tsv"
done
SEKISHO_OLEVBA=$target/olevba cargo run --quiet --release -p sekisho-testing --bin figures -- macros
