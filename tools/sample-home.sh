#!/usr/bin/env bash
# Makes the installation of the invented office that the sample mails are judged for: its configuration, and its past
# correspondence learned. Prints the installation's folder.
#
#   tools/sample-home.sh PROGRAM FOLDER
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=$1
home=$2

rm -rf "$home"
mkdir -p "$home"
cp samples/home/sekisho.toml "$home/"
for past in samples/past/*/; do
    "$program" --quiet --home "$home" learn --mailbox "$(basename "$past")@midori.example" "$past" >&2
done
echo "$home"
