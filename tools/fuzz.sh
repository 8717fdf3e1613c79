#!/usr/bin/env bash
# Runs every fuzz target of fuzz/ for so many seconds each: `tools/fuzz.sh 600`. Stops at the first finding.
#
# `-s none`: without a sanitizer the targets build on the stable toolchain; panics and limits are what they look for,
# since no crate of ours has unsafe code.
set -euo pipefail

seconds=${1:?how many seconds for each target}
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v cargo-fuzz >/dev/null; then
    echo "fuzz: building cargo-fuzz (once)" >&2
    cargo install --quiet --locked cargo-fuzz </dev/null
fi
for target in $(cargo fuzz list); do
    mkdir -p "fuzz/corpus/$target" "fuzz/corpus.grown/$target"
    # Real files are good beginnings for whatever opens files: small ones, none of the mails.
    if [[ $target == open_* && -d data ]]; then
        find -L data/* -maxdepth 4 -type f -size -24k -not -path '*/spam-assassin/*' -not -path '*/mail-parser/*' -print0 |
            xargs -0 cp -n -t "fuzz/corpus.grown/$target" 2>/dev/null || true
    fi
    echo "fuzz: $target for $seconds s" >&2
    # New inputs go to the first, ignored folder; the small corpus of the repository is only read.
    cargo fuzz run --sanitizer none "$target" "fuzz/corpus.grown/$target" "fuzz/corpus/$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
done
