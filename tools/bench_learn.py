"""Makes a Maildir of real mails and has `sekisho learn`, `notmuch new` and `mu index` go through it: speed, CPU, memory, bytes on disk."""

import os
import re
import subprocess
import sys

from bench_memory import watched

OWNER = "owner@midori.example"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def spelt_anew(text, turn):
    """Every longer word with its letters but the first moved on in the alphabet."""
    if turn == 0:
        return text
    moved = LETTERS[turn:] + LETTERS[:turn]
    table = bytes.maketrans((LETTERS + LETTERS.upper()).encode(), (moved + moved.upper()).encode())
    return re.sub(rb"\b[A-Za-z]{4,}\b", lambda word: word[0][:1] + word[0][1:].translate(table), text)


def copy_of(mail, turn):
    """A mail under a Message-ID of its own, its plain text spelt anew."""
    header, gap, body = mail.partition(b"\n\n")
    header = re.sub(rb"(?im)^(message-id:\s*<)", rb"\g<1>%d." % turn, header, count=1)
    is_plain = not re.search(rb"(?im)^content-(type:\s*(?!text/plain)|transfer-encoding:\s*(base64|quoted))", header)
    return header + gap + (spelt_anew(body, turn) if is_plain else body)


def make_maildir(mails, maildir, count):
    """Writes so many mails; how many bytes they have."""
    for name in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(maildir, name))
    files = sorted(os.path.join(top, name) for top, _, names in os.walk(mails) for name in names)
    originals = []
    for file in files:
        with open(file, "rb") as opened:
            mail = opened.read()
        # Some begin with the line that divides mails in an mbox.
        originals.append(mail.split(b"\n", 1)[-1] if mail.startswith(b"From ") else mail)
    total = 0
    for number in range(count):
        mail = copy_of(originals[number % len(originals)], number // len(originals))
        total += len(mail)
        with open(os.path.join(maildir, "cur", f"{number:07}.bench:2,S"), "wb") as opened:
            opened.write(mail)
    return total


def run(command, environment):
    """Seconds by the clock, seconds of CPU with children, peak of memory in MiB."""
    environment = {**os.environ, **environment}
    process, seconds, cpu, peak_mib = watched(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if process.returncode not in (0, 2):
        sys.exit(f"bench: {command[0]} failed: {process.stderr.read().decode(errors='replace')[-500:]}")
    return seconds, cpu, peak_mib


def bytes_in(folder):
    return sum(os.path.getsize(os.path.join(top, name)) for top, _, names in os.walk(folder) for name in names)


def main():
    sekisho, mails, folder, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    maildir = os.path.join(folder, "mail")
    total = make_maildir(mails, maildir, count)
    places = {name: os.path.join(folder, name) for name in ("sekisho", "notmuch", "mu")}
    for place in places.values():
        os.makedirs(place)
    config = os.path.join(folder, "notmuch-config")
    with open(config, "w", encoding="ascii") as opened:
        opened.write(f"[database]\npath={places['notmuch']}\nmail_root={maildir}\n[user]\nname=x\nprimary_email={OWNER}\n[new]\ntags=\n")
    mu_home = f"--muhome={places['mu']}"
    subprocess.run(["mu", "init", mu_home, f"--maildir={maildir}", f"--my-address={OWNER}"], check=True, stdout=subprocess.DEVNULL)
    commands = {
        "sekisho": ([sekisho, "--quiet", "--home", places["sekisho"], "learn", "--mailbox", OWNER, maildir], {}),
        "notmuch": (["notmuch", f"--config={config}", "new", "--quiet"], {}),
        "mu": (["mu", "index", mu_home, "--quiet"], {}),
    }
    # Everything is read once before, so that nobody pays for the disk.
    bytes_in(maildir)
    for name in os.listdir(os.path.join(maildir, "cur")):
        with open(os.path.join(maildir, "cur", name), "rb") as opened:
            opened.read()
    print(f"{count} mails, {total / 1e6:.1f} MB, {os.cpu_count()} processors")
    print(f"{'':16}{'mails/s':>9}{'CPU ms a mail':>15}{'mails a CPU s':>15}{'peak MiB':>10}{'MB on disk':>12}")
    seen = {}
    for name, (command, environment) in commands.items():
        seconds, cpu, peak = run(command, environment)
        disk = bytes_in(places[name])
        seen[name] = (count / seconds, count / cpu)
        print(f"{name:16}{count / seconds:9.0f}{cpu * 1000 / count:15.2f}{count / cpu:15.0f}{peak:10.0f}{disk / 1e6:12.1f}")
    seconds, cpu, peak = run(*commands["sekisho"])
    print(f"{'sekisho, again':16}{count / seconds:9.0f}{cpu * 1000 / count:15.2f}{count / cpu:15.0f}{peak:10.0f}")
    for name in ("notmuch", "mu"):
        by_clock, by_cpu = (seen["sekisho"][at] / seen[name][at] for at in (0, 1))
        print(f"against {name}: {by_clock:.2f} times the mails a second, {by_cpu:.2f} times the mails a second of CPU")


main()
