#!/usr/bin/env bash
# Learning beside indexing: one Maildir made of the real mails that `make data` fetched, then `sekisho learn`, `notmuch new` and `mu index`
# (Debian: notmuch, maildir-utils) over it in one run. Messages a second by the clock, CPU a message (user and system, children included), peak
# of memory, bytes on disk, and the ratios. MAILS is the number of mails (20,000).
#
# The mails are repeated under Message-IDs of their own, and every word of a repeated plain text is spelt anew, so that each indexer meets new
# words and no text is known to us already.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mails=${DATA_DIR:-data}/spam-assassin
[ -d "$mails" ] || { echo "bench: $mails is not there; run \`make data\` first" >&2; exit 1; }
if ! command -v notmuch >/dev/null || ! command -v mu >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "bench: install notmuch and mu (Debian: apt-get install notmuch maildir-utils) and run this again" >&2
        exit 1
    fi
    echo "bench: installing notmuch and mu" >&2
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends notmuch maildir-utils; } \
        </dev/null >/dev/null
fi
cargo build --quiet --release -p sekisho
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 tools/bench_learn.py "$(tools/target-dir.sh)/release/sekisho" "$mails" "$folder" "${MAILS:-20000}"
