#!/usr/bin/env bash
# Learning from a data file of Outlook: mails a second by the clock, CPU a mail (children included), and the peak of memory, for two sizes,
# so that one sees that memory does not grow with the file. MAILS is the number of mails in the larger one (100,000), written from those that
# `make data` fetched.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -d "${DATA_DIR:-data}/spam-assassin" ] || { echo "bench: the labelled mails are not there; run \`make data\` first" >&2; exit 1; }
cargo build --quiet --release -p sekisho
cargo build --quiet --release -p sekisho-testing --example make_pst
release=$(tools/target-dir.sh)/release
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 tools/bench_pst.py "$release/sekisho" "$release/examples/make_pst" "$folder" "${MAILS:-100000}"
