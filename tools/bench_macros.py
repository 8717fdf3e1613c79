"""olevba over a folder, in one process: a line `name<TAB>VBA<TAB>Excel 4` for each file, then its CPU as JSON.

Each file is looked at as the command `olevba` does it: what is zipped in it, and what opens under the passwords that it
tries by itself (`olevba.process_file`). What the command prints is left out.
"""

import json
import logging
import os
import sys
import time

from oletools import crypto, olevba
from oletools.thirdparty.xglob import xglob

logging.disable(logging.CRITICAL)


def found(path):
    """Whether VBA and whether Excel 4 macros were found, in the file or in what is zipped in it, and if it was decrypted."""
    vba = excel4 = decrypted = False
    for container, name, data in xglob.iter_files([path], recursive=False, zip_password=None, zip_fname="*"):
        if name and name.endswith("/"):
            continue
        seen = looked_at(name, None if isinstance(data, Exception) else data)
        # The command decrypts files on the disk only, not those that it found in a ZIP.
        if container is None and crypto.is_encrypted(name):
            inside = in_the_clear(name)
            decrypted |= inside is not None
            seen = [one or other for one, other in zip(seen, inside or (False, False))]
        vba, excel4 = vba or seen[0], excel4 or seen[1]
    return vba, excel4, decrypted


def looked_at(name, data):
    """What one file holds; nothing, where it cannot be opened."""
    vba = excel4 = False
    try:
        parser = olevba.VBA_Parser(name, data=data)
    except Exception:
        return vba, excel4
    try:
        vba = bool(parser.detect_vba_macros())
        excel4 = bool(parser.detect_xlm_macros())
        parser.analyze_macros()
    except Exception:
        pass
    finally:
        parser.close()
    return vba, excel4


def in_the_clear(path):
    """What an encrypted file holds, or None where none of the passwords opens it."""
    try:
        copy = crypto.decrypt(path, crypto.DEFAULT_PASSWORDS)
    except Exception:
        copy = None
    if copy is None:
        return None
    try:
        return looked_at(copy, None)
    finally:
        os.unlink(copy)


def main(folder):
    paths = sorted(os.path.join(root, name) for root, _, names in os.walk(folder) for name in names)
    # olevba prints while it looks; the table is what is wanted here.
    out, sys.stdout = sys.stdout, open(os.devnull, "w")
    before = time.process_time()
    rows = [(os.path.relpath(path, folder), *found(path)) for path in paths]
    seconds = time.process_time() - before
    for name, vba, excel4, _ in rows:
        print(name, int(vba), int(excel4), sep="\t", file=out)
    decrypted = sum(row[3] for row in rows)
    print(json.dumps({"files": len(rows), "decrypted": decrypted, "cpu_s": round(seconds, 3)}), file=out)


main(sys.argv[1])
