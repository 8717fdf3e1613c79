"""Archives → a table of what 7-Zip, libarchive and Sekisho list in them; called by `compare-archives.sh`."""

import argparse
import collections
import pathlib
import re
import shutil
import subprocess
import unicodedata

SETS = ["libarchive", "clamav-testfiles", "rarfile", "oletools", "python-testsuite", "tnefparse", "msg_parser"]
# What 7-Zip opens as an "archive" although nobody unpacks it: programs by section, documents by stream.
NOT_UNPACKED = {"PE", "ELF", "MachO", "Mub", "COFF", "TE", "SWF", "SWFc", "FLV", "IHex", "Compound", "HXS", "lp", "LP"}
# Packages that have readers of their own, which do not hand out every part.
PACKAGES = re.compile(r"^(office-|od[tsgpf]$|jar$|apk$|ipa$|xps$|pages$|numbers$|keynote$|hwpx$|msi$|visio)")
SECONDS_MAX = 60

Listing = collections.namedtuple("Listing", "type names")


def output(command: list[str]) -> str | None:
    """Standard output; `None` where the program failed without saying anything, or ran too long."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_MAX, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace") if done.stdout or done.returncode == 0 else None


def seven_zip(path: str) -> Listing | None:
    """The files that 7-Zip lists; `None` where it takes it for no archive."""
    text = output(["7z", "l", "-slt", "-p-", "-sccUTF-8", "--", path])
    if text is None or "\n----------\n" not in text:
        return None
    head, _, body = text.partition("\n----------\n")
    kind = (re.findall(r"^Type = (.*)$", head, re.M) or ["?"])[-1]
    names = []
    for block in body.split("\n\n"):
        # A name may hold line ends; what follows it then is no field.
        fields = dict(line.split(" = ", 1) for line in block.splitlines() if " = " in line)
        is_folder = fields.get("Folder") == "+" or fields.get("Attributes", "").startswith("D")
        if "Path" in fields and not is_folder:
            names.append(fields["Path"])
    return Listing(kind, names)


def libarchive(path: str) -> Listing | None:
    """The files that libarchive lists; `None` where it takes it for no archive."""
    text = output(["bsdtar", "--passphrase", "-", "-tf", path])
    # The long form says what is a folder, a link or a device; its lines stand in the same order.
    long = output(["bsdtar", "--passphrase", "-", "-tvf", path])
    if text is None or long is None:
        return None
    kinds = [line[:1] for line in long.splitlines()]
    names = [unescaped(line) for line in text.splitlines()]
    kinds += ["-"] * (len(names) - len(kinds))
    is_file = lambda name, kind: kind not in "dlcbp" and not name.endswith("/")
    return Listing("", [name for name, kind in zip(names, kinds) if is_file(name, kind)])


def unescaped(line: str) -> str:
    """bsdtar writes bytes that it cannot show in octal."""
    octal = re.sub(r"\\([0-7]{3})", lambda byte: chr(int(byte.group(1), 8)), line)
    try:
        return octal.encode("latin-1").decode("utf-8", "replace") if octal != line else line
    except UnicodeEncodeError:
        return line


def ours(program: str, path: str) -> tuple[str, list[list[str]], int, str]:
    """The kind, the names of each member at any depth, how many there are at the first, and what was not read."""
    text = output([program, "-r", path])
    if text is None:
        return "crashed", [], 0, "crashed"
    kind, members, first, unread = "?", [], 0, []
    for line in text.splitlines():
        tag, *fields = line.split("\t")
        if tag == "file":
            kind = fields[1]
        elif tag == "member":
            members.append(fields[4:])
            first += fields[0] == "0"
        elif tag == "unread":
            unread.append(f"{fields[1]}:{fields[2]}" if fields[0] == "0" else f"({fields[1]}:{fields[2]})")
    return kind, members, first, " ".join(unread)


def plain(name: str) -> str:
    """The form in which names are held against each other."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rstrip("/ ")
    return re.sub(r"^(\./|/)+", "", re.sub(r"/(\./)+", "/", name))


def skeleton(name: str) -> str:
    """What is left of a name in whatever encoding it is shown."""
    return re.sub(r"[^ -~]+", "?", re.sub(r"_+", "?", name))


def missing(listing: Listing | None, members: list[list[str]]) -> list[str]:
    """Names that the other program knows and we do not, under any of our names for any member."""
    if listing is None:
        return []
    known = {plain(name) for names in members for name in names}
    bones = {skeleton(name) for name in known}
    lost = [name for name in listing.names if plain(name) not in known and skeleton(plain(name)) not in bones]
    # Names in an encoding that the other program could not read are held against ours by their number.
    unreadable = all("\ufffd" in name for name in lost)
    return [] if unreadable and len(listing.names) <= len(members) else lost


def files(paths: list[str]) -> list[str]:
    roots = [pathlib.Path(path) for path in paths] or [pathlib.Path("data") / name for name in SETS]
    found = [path for root in roots for path in ([root] if root.is_file() else sorted(root.rglob("*")))]
    return [str(path) for path in found if path.is_file()]


def row(program: str, path: str, tools: list[str]) -> tuple[bool, list[str]] | None:
    """Whether all agree, and the fields of the table; `None` where nobody takes it for an archive."""
    zipped = seven_zip(path) if "7z" in tools else None
    if zipped is not None and (zipped.type in NOT_UNPACKED or not zipped.names):
        zipped = None
    kind, members, first, unread = ours(program, path)
    if PACKAGES.match(kind):
        return None
    tarred = libarchive(path) if "bsdtar" in tools and (zipped is not None or members) else None
    if tarred is not None and not tarred.names:
        tarred = None
    if zipped is None and (tarred is None or not members):
        return None
    count = lambda listing: "-" if listing is None else str(len(listing.names))
    lost = {plain(name): name for name in missing(zipped, members) + missing(tarred, members)}
    # A stream has no name of its own in most formats: 7-Zip makes one of the file's; who counts as many needs none.
    lost.pop(pathlib.Path(path).stem, None)
    if lost and len(members) >= max(len(listing.names) for listing in (zipped, tarred) if listing) == 1:
        lost = {}
    counts = {len(listing.names) for listing in (zipped, tarred) if listing is not None}
    agree = not lost and (zipped is None or first in counts)
    shown = ", ".join(list(lost.values())[:4]) + (f" and {len(lost) - 4} more" if len(lost) > 4 else "")
    return agree, [path, kind, count(zipped), count(tarred), f"{first}/{len(members)}", shown or "-", unread or "-"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("paths", nargs="*")
    arguments = parser.parse_args()
    tools = [tool for tool in ("7z", "bsdtar") if shutil.which(tool)]
    if not tools:
        raise SystemExit("neither 7z nor bsdtar is installed: there is nothing to compare with")
    print("\t".join(["archive", "kind", "7-zip", "libarchive", "ours", "missing", "not looked at"]))
    same = different = lost = 0
    for path in files(arguments.paths):
        compared = row(arguments.list, path, tools)
        if compared is None:
            continue
        agree, fields = compared
        same, different, lost = same + agree, different + (not agree), lost + (fields[5] != "-")
        if not agree or arguments.all:
            print("\t".join(fields), flush=True)
    print(f"{same} archives agree, {different} differ, {lost} with missing names; compared with {', '.join(tools)}")


if __name__ == "__main__":
    main()
