"""Has `sekisho learn` go through data files of Outlook of two sizes, twice each: speed, CPU, memory. See bench-pst.sh."""

import json
import os
import subprocess
import sys

from bench_memory import watched


def learn(program, home, file):
    """What was learned, seconds by the clock, seconds of CPU with children, peak of memory in MiB."""
    command = [program, "--home", home, "learn", "--json", "--mailbox", "owner@midori.example", file]
    process, seconds, cpu, peak_mib = watched(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.load(process.stdout)["mailboxes"][0], seconds, cpu, peak_mib


def main():
    program, writer, folder, count = sys.argv[1:]
    print(f"{'mails':>8}  {'MiB':>6}  {'turn':<6} {'mails/s':>8} {'CPU ms/mail':>12} {'peak MiB':>9}  learned, known, not read")
    for mails in (int(count) // 10, int(count)):
        file = os.path.join(folder, f"{mails}.pst")
        subprocess.run([writer, file, str(mails)], check=True)
        home = os.path.join(folder, f"home-{mails}")
        os.makedirs(home)
        for turn in ("first", "again"):
            learned, seconds, cpu, peak = learn(program, home, file)
            new = learned["sent"] + learned["received"]
            lost = learned["unusable"] + sum(learned["not_read"].values())
            print(f"{mails:>8}  {os.path.getsize(file) / 2**20:>6.0f}  {turn:<6} {mails / seconds:>8.0f} {1000 * cpu / mails:>12.2f} "
                  f"{peak:>9.0f}  {new}, {learned['known']}, {lost}")


if __name__ == "__main__":
    main()
