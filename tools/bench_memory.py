"""How much memory the processes of a benchmark hold, and what one costs from its start to its end."""

import os
import resource
import subprocess
import time

LOOK_EVERY_SECONDS = 0.1


def held_kib(process):
    """What a process and those below it hold, in KiB: the proportional share of each page."""
    held, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        try:
            with open(f"/proc/{one}/smaps_rollup", encoding="ascii") as file:
                held += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            for thread in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{thread}/children", encoding="ascii") as file:
                    waiting += [int(word) for word in file.read().split()]
        except OSError:
            continue
    return held


def watched(command, **how):
    """Runs a command to its end: the process, seconds by the clock, seconds of CPU with children, peak of memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    process = subprocess.Popen(command, **how)
    peak = 0
    while process.poll() is None:
        peak = max(peak, held_kib(process.pid))
        time.sleep(LOOK_EVERY_SECONDS)
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return process, seconds, cpu, peak / 1024
