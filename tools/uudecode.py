"""Decodes every uuencoded file of a tree: `uudecode.py FROM TO` writes TO/NAME for each FROM/**/NAME.uu."""

import binascii
import pathlib
import sys


def decoded(text: bytes) -> bytes:
    """The bytes between `begin` and `end`; lines that say more than they hold are cut as the format allows."""
    out = bytearray()
    inside = False
    for line in text.splitlines():
        if not inside:
            inside = line.startswith(b"begin ")
        elif line == b"end":
            break
        else:
            try:
                out += binascii.a2b_uu(line)
            except binascii.Error:
                # Encoders differ in how they pad the last line: keep only as many characters as its length needs.
                length = (((line[0] - 32) & 63) * 4 + 5) // 3
                out += binascii.a2b_uu(line[:length])
    return bytes(out)


def main() -> None:
    """Walks FROM and writes each decoded file under its own name; names are unique among libarchive's tests."""
    source, target = (pathlib.Path(argument) for argument in sys.argv[1:3])
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.rglob("*.uu")):
        (target / path.stem).write_bytes(decoded(path.read_bytes()))


main()
