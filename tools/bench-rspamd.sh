#!/usr/bin/env bash
# CPU a message of rspamd from Debian on the labelled set, as one line of JSON:
#
#   {"rspamd_version": "3.4", "messages": 6046, "cpu_ms_a_message": 1.23, …}
#
# Usage: tools/bench-rspamd.sh [MESSAGES_MAX]; DATA_DIR says where `make data` put the set (default: data).
# It is the yardstick for our own figure and says nothing about what rspamd finds.
set -euo pipefail

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mails=${DATA_DIR:-$tools/../data}/spam-assassin

[ -d "$mails" ] || { echo "bench: $mails is not there; run \`make data\` first" >&2; exit 1; }
if ! command -v rspamd >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "bench: rspamd is not installed; install it (Debian: apt-get install rspamd) and run this again" >&2
        exit 1
    fi
    echo "bench: installing rspamd" >&2
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends rspamd; } \
        </dev/null >/dev/null
fi
exec python3 "$tools/bench_rspamd.py" "$mails" "${1:-}"
