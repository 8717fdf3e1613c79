#!/usr/bin/env bash
# Generated aggregate reports: time and peak memory of `sekisho reports`, and of parsedmarc on the same files, offline. parsedmarc parses in one
# process through its own function, without starting anew for each file, and keeps no report. COUNT and PARSEDMARC_COUNT are numbers of reports.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${COUNT:-100000}
their_count=${PARSEDMARC_COUNT:-2000}
target=$(tools/target-dir.sh)
python=$target/parsedmarc/bin/python

if ! "$python" -c 'import parsedmarc' 2>/dev/null; then
    echo "bench: installing parsedmarc into $target/parsedmarc" >&2
    python3 -m venv "$target/parsedmarc"
    "$python" -m pip install --quiet --disable-pip-version-check parsedmarc==11.1.0 </dev/null
fi
cargo build --quiet --release -p sekisho -p sekisho-testing
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for number in 1000 "$their_count" "$count"; do
    [ -d "$folder/$number" ] || "$target/release/reports" "$folder/$number" "$number" > "$folder/$number.messages"
done
"$python" tools/bench_reports.py "$target/release/sekisho" "$folder" 1000 "$their_count" "$count"
