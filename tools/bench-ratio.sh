#!/usr/bin/env bash
# Our CPU a message on the labelled set beside that of rspamd, measured one after the other in one run: machines are
# shared and noisy, so the ratio is the figure.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

cpu_ms() { sed -n 's/.*"cpu_ms_a_message": *\([0-9.]*\).*/\1/p' | tail -n 1; }

ours=$(cargo run --quiet --release -p sekisho-testing --bin figures -- cpu | tee /dev/stderr | cpu_ms)
theirs=$(tools/bench-rspamd.sh | tee /dev/stderr | cpu_ms)
awk -v ours="$ours" -v theirs="$theirs" 'BEGIN {
    if (ours <= 0 || theirs <= 0) { print "bench: a figure is missing" > "/dev/stderr"; exit 1 }
    printf "CPU a message: sekisho %.3f ms, rspamd %.3f ms: 1/%.1f of it\n", ours, theirs, theirs / ours
}'
