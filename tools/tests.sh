#!/usr/bin/env bash
# Runs all tests of the workspace, doc tests included, and closes with their sum: `N passed, N failed`.
#
# Plain `cargo test`, although nextest is faster to read: it comes with Rust, runs the doc tests in the same go, and a
# clean machine needs nothing else. Every binary runs even when one before it failed.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT

status=0
cargo test --workspace --no-fail-fast "$@" 2>&1 | tee "$log" || status=$?
awk '/^test result:/ { passed += $4; failed += $6; ignored += $8 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, ignored }' "$log"
exit "$status"
