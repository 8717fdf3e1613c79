#!/usr/bin/env bash
# Holds the dependencies against deny.toml: licences, forbidden crates, places they come from.
#
# cargo-deny is built once from its source package into the user's cache and is used from there. Where it cannot be
# built (no network), that is said and the check is left out: the lock file has not changed by being offline.
# Advisories are not asked for: their database is a git repository of its own, which a machine that reaches only
# package registries cannot fetch. Run `cargo deny check advisories` where it can be reached.
set -euo pipefail

version=0.20.2
tools=${XDG_CACHE_HOME:-${HOME:?}/.cache}/sekisho/cargo-deny-$version

main() {
    local deny
    if ! deny=$(found); then
        build || { echo "deny: cargo-deny $version could not be built; dependencies were NOT checked" >&2; return 0; }
        deny=$tools/bin/cargo-deny
    fi
    "$deny" --workspace --all-features check --hide-inclusion-graph licenses bans sources
}

found() {
    if [ -x "$tools/bin/cargo-deny" ]; then
        echo "$tools/bin/cargo-deny"
    else
        command -v cargo-deny
    fi
}

# Unoptimised: it runs for a second, and building it optimised costs minutes of every clean run.
build() {
    echo "deny: building cargo-deny $version (once)" >&2
    cargo install --quiet --locked --version "$version" --no-default-features --profile dev \
        --config profile.dev.debug=false --root "$tools" cargo-deny </dev/null
}

main
