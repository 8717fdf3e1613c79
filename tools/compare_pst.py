"""Data files of Outlook, read by Sekisho and by readpst: which mails, subjects, texts and files differ. See compare-pst.sh."""

import argparse
import collections
import email
import email.policy
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--mails", required=True)
    arguments.add_argument("files", nargs="*", type=pathlib.Path)
    given = arguments.parse_args()
    real = pathlib.Path("data/pst-extractor")
    files = given.files or sorted(real.glob("*.[po]st"))
    if not files:
        sys.exit("compare-pst: no data files; run `make data` or name some")
    differ = [compare(file, given.mails) for file in files]
    sys.exit(1 if any(differ) else 0)


def compare(file, mails):
    ours, counts = sekisho(file, mails)
    theirs = readpst(file)
    folders = messages_by_libpff(file)
    whole = len(ours) + counts["others"] + counts["lost"]
    print(f"{file.name}: {len(ours)} mails and {counts['others']} other items by Sekisho, {len(theirs)} mails by readpst"
          + (f", {folders} items by libpff" if folders is not None else ""))
    differences = []
    if folders is not None and folders != whole:
        differences.append(f"items: {whole} by Sekisho, {folders} by libpff")
    if counts["lost"] or counts["index_damaged"]:
        differences.append(f"lost: {counts}")
    differences += pairwise(ours, theirs)
    for difference in differences:
        print("  " + difference)
    return bool(differences)


def pairwise(ours, theirs):
    """Mails are matched by Message-ID, else by subject."""
    named = collections.defaultdict(list)
    for mail in theirs:
        named[name(mail["message_id"], mail["subject"])].append(mail)
    for mail in ours:
        key = name(mail["message_id"], mail["subject"])
        if not named[key]:
            yield f"only Sekisho: {mail['subject']!r} in {'/'.join(mail['folder'])}"
            continue
        other = named[key].pop(0)
        if letters(mail["subject"]) != letters(other["subject"]):
            yield f"subject: {mail['subject']!r} by Sekisho, {other['subject']!r} by readpst"
        if other["text"] is not None and other["text"] not in [letters(text) for text in mail["texts"]]:
            yield f"text: {mail['subject']!r}: {[len(letters(text)) for text in mail['texts']]} letters by Sekisho, {len(other['text'])} by readpst"
        if sorted(size for _, size in mail["files"]) != sorted(other["files"]):
            yield f"files: {mail['subject']!r}: {mail['files']} by Sekisho, {other['files']} by readpst"
    for mail in (mail for rest in named.values() for mail in rest):
        yield f"only readpst: {mail['subject']!r}"


def name(message_id, subject):
    return message_id.strip().strip("<>") or letters(subject)


def letters(text):
    return re.sub(r"[\W_]", "", text or "")


def sekisho(file, mails):
    lines = subprocess.run([mails, str(file)], check=True, capture_output=True, text=True).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    return found[:-1], found[-1]


def readpst(file):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["readpst", "-q", "-D", "-j0", "-te", "-e", "-o", folder, str(file)], check=True, capture_output=True)
        return [mail(path) for path in sorted(pathlib.Path(folder).rglob("*.eml"))]


def mail(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    # readpst also attaches what it makes itself: a meeting as a calendar, and the text as RTF.
    attached = [part for part in message.walk() if part.get_filename() not in (None, "rtf-body.rtf")]
    plain = message.get_body(("plain",))
    # What readpst wrote as HTML is compared by what stands before any markup, and so is left to the counts.
    has_html = message.get_body(("html",)) is not None
    return {
        "message_id": message["message-id"] or "",
        "subject": message["subject"] or "",
        "text": letters(plain.get_content()) if plain is not None and not has_html else None,
        "files": [len(file) for file in map(content, attached) if b"PRODID:LibPST" not in file],
    }


def content(part):
    if part.get_content_maintype() == "message":
        return b""
    return part.get_payload(decode=True) or b""


def messages_by_libpff(file):
    try:
        import pypff
    except ImportError:
        return None
    opened = pypff.file()
    opened.open(str(file))
    count = 0
    waiting = [opened.get_root_folder()]
    while waiting:
        folder = waiting.pop()
        count += folder.number_of_sub_messages
        waiting.extend(folder.sub_folders)
    return count


if __name__ == "__main__":
    main()
