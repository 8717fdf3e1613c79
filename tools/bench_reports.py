"""`sekisho reports` over folders of generated reports, beside parsedmarc on one of them: seconds, CPU, and the peak of memory.

Memory is the sum of what all processes of the run hold at one moment, as often as it is looked at; a page shared by two processes counts once for
each where the system does not say its share."""

import json
import os
import resource
import subprocess
import sys
import time

from bench_memory import held_kib

LOOK_EVERY_SECONDS = 0.05


def measured(command):
    """Runs a command: its output, seconds, seconds of CPU with its children, and its peak of memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    peak = 0
    os.set_blocking(process.stdout.fileno(), False)
    output = b""
    while process.poll() is None:
        peak = max(peak, held_kib(process.pid))
        output += process.stdout.read() or b""
        time.sleep(LOOK_EVERY_SECONDS)
    os.set_blocking(process.stdout.fileno(), True)
    output += process.stdout.read()
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return output, seconds, cpu, peak / 1024


def theirs(folder):
    """parsedmarc over a folder in this process: reports, and mails that they count."""
    import parsedmarc

    reports = messages = 0
    for name in sorted(os.listdir(folder)):
        parsed = parsedmarc.parse_report_file(os.path.join(folder, name), offline=True, always_use_local_files=True)
        if parsed["report_type"] == "aggregate":
            reports += 1
            messages += sum(record["count"] for record in parsed["report"]["records"])
    print(json.dumps({"reports": reports, "messages": messages}))


def told(name, number, counted, messages, seconds, cpu, peak):
    print(f"{name:<11}{number:>8} reports{seconds:>9.2f} s{cpu:>9.2f} s CPU{cpu * 1000 / number:>8.3f} ms CPU each{peak:>8.0f} MiB at most   "
          f"{counted} read, {messages} mails")


def main():
    if sys.argv[1] == "--theirs":
        theirs(sys.argv[2])
        return
    program, folder, *numbers = sys.argv[1:]
    ours = {}
    for number in dict.fromkeys(numbers):
        output, seconds, cpu, peak = measured([program, "reports", "--json", "--home", "no-such-home", f"{folder}/{number}"])
        answer = json.loads(output)
        messages = sum(domain["messages"] for domain in answer["domains"])
        with open(f"{folder}/{number}.messages", encoding="ascii") as file:
            wanted = int(file.read())
        if messages != wanted or answer["inputs"]["reports"] != int(number):
            sys.exit(f"bench: {answer['inputs']} and {messages} mails instead of {number} reports and {wanted} mails")
        ours[number] = cpu / int(number), seconds / int(number)
        told("sekisho", int(number), answer["inputs"]["reports"], messages, seconds, cpu, peak)
    number = numbers[1]
    output, seconds, cpu, peak = measured([sys.executable, os.path.abspath(__file__), "--theirs", f"{folder}/{number}"])
    answer = json.loads(output.splitlines()[-1])
    told("parsedmarc", int(number), answer["reports"], answer["messages"], seconds, cpu, peak)
    print(f"on the {number} reports: parsedmarc takes {cpu / int(number) / ours[number][0]:.1f} times the CPU and {seconds / int(number) / ours[number][1]:.1f} times the time")


main()
