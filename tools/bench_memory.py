"""How much memory the processes of a benchmark hold."""

import os


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
