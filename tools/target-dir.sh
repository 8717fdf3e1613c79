#!/usr/bin/env bash
# Prints the folder that cargo builds into, whatever CARGO_TARGET_DIR or a configuration file say.
set -euo pipefail
cargo metadata --format-version 1 --no-deps --offline | sed -E 's/.*"target_directory":"([^"]*)".*/\1/'
