#!/usr/bin/env bash
# What 7-Zip, libarchive and Sekisho list in the same archives, as a table of the differences: `compare-archives.sh
# [--all] [PATH…]`. Without paths it takes the real archives of `make data`; `--all` prints the rows that agree as well.
#
# Needs `7z` (Debian: 7zip or p7zip-full) or `bsdtar` (libarchive-tools); what is missing is left out of the table.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --package sekisho-content --example list
list=$(tools/target-dir.sh)/debug/examples/list
exec python3 tools/compare_archives.py --list "$list" "$@"
