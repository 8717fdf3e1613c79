#!/usr/bin/env bash
# What `readpst` and Sekisho read in the same data files of Outlook: counts, subjects, texts and attached files, and each difference.
# `compare-pst.sh [FILE…]`; without files, those of `make data`.
#
# Needs `readpst` (Debian: pst-utils). Where Python has `pypff` (libpff-python), messages are counted with libpff too.
# Exit status: 0 both say the same, 1 they differ.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v readpst >/dev/null || { echo "compare-pst: readpst is not installed (Debian: apt-get install pst-utils)" >&2; exit 2; }
cargo build --quiet --package sekisho-testing --example mails_of_pst
mails=$(tools/target-dir.sh)/debug/examples/mails_of_pst
exec python3 tools/compare_pst.py --mails "$mails" "$@"
