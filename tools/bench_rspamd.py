"""Feeds all mails below a folder to a private rspamd and prints the CPU that its one worker spent on each.

The installed configuration is used with these changes, so that the same work is counted on any machine: one worker on a free
loopback port; a resolver that answers NXDOMAIN at once; no fuzzy storage (it is a remote service); no signing of outgoing mail; no
controller or proxy. Modules that need Redis switch themselves off, since none is configured.

The mails are stored ones, so no envelope and no client address is told: rspamd then takes them for local and leaves out what it would
ask about the client, which makes its figure smaller, not larger. They go through once uncounted, after the compiled patterns are in
use, and then once counted. The client's and the resolver's CPU are not in the figure.
"""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

STARTUP_SECONDS_MAX = 60
COMPILE_SECONDS_MAX = 180
ANSWER_SECONDS_MAX = 60
STOP_SECONDS_MAX = 10
NXDOMAIN = 3

# What the worker says once the patterns that a helper process compiles are in use.
PATTERNS_LOADED = r"\(normal\).* hyperscan database of \d+ regexps has been loaded"


def main() -> int:
    """Runs the whole comparison and prints one line of JSON."""
    folder, limit = pathlib.Path(sys.argv[1]), sys.argv[2]
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    mails = [path.read_bytes() for path in paths[: int(limit) if limit else None]]
    if not mails:
        print(f"bench: {folder} holds no mail", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    home = pathlib.Path(tempfile.mkdtemp(prefix="bench-rspamd-"))
    resolver = Resolver()
    port = free_port()
    configure(home, port, resolver.port)
    server = start(home)
    try:
        worker = wait_for_worker(server, port)
        warm_up(port, mails, home)
        before_ticks, before_seconds = cpu_ticks(worker), time.monotonic()
        symbols = feed(port, mails)
        ticks, seconds = cpu_ticks(worker) - before_ticks, time.monotonic() - before_seconds
    except (OSError, RuntimeError, http.client.HTTPException) as error:
        print(f"bench: {error}; the end of rspamd's log:", file=sys.stderr)
        print("\n".join(log_of(home).splitlines()[-15:]), file=sys.stderr)
        return 1
    finally:
        stop(server)
        shutil.rmtree(home, ignore_errors=True)
    cpu_ms = ticks * 1000 / os.sysconf("SC_CLK_TCK")
    print(
        json.dumps(
            {
                "rspamd_version": version(),
                "messages": len(mails),
                "cpu_ms_a_message": round(cpu_ms / len(mails), 3),
                "wall_ms_a_message": round(seconds * 1000 / len(mails), 3),
                "bytes": sum(map(len, mails)),
                "symbols_a_message": round(symbols / len(mails), 1),
                "dns_questions": resolver.questions,
            }
        )
    )
    return 0


class Resolver:
    """A name server on loopback that knows no name: every question is answered with NXDOMAIN at once."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.questions = 0
        threading.Thread(target=self.answer, daemon=True).start()

    def answer(self) -> None:
        """Turns each question into its own answer: only the header's flags change.

        Its EDNS record goes back with it, as from a real server; rspamd takes an answer below 29 bytes for broken and waits.
        """
        while True:
            packet, client = self.socket.recvfrom(4096)
            if len(packet) < 12:
                continue
            self.questions += 1
            flags = (0x8000 | (packet[2] & 0x79) << 8 | 0x0080 | NXDOMAIN).to_bytes(2, "big")
            self.socket.sendto(packet[:2] + flags + packet[4:], client)


def configure(home: pathlib.Path, port: int, resolver_port: int) -> None:
    """Writes the changes to the installed configuration into a folder of our own."""
    for name in ("etc/override.d", "etc/local.d", "db", "run", "log"):
        (home / name).mkdir(parents=True)
    override = home / "etc/override.d"
    (override / "options.inc").write_text(
        f'dns {{ nameserver = ["127.0.0.1:{resolver_port}"]; timeout = 1s; retransmits = 1; }}\n'
        f'tempdir = "{home}/run";\n'
    )
    (override / "worker-normal.inc").write_text(f'count = 1;\nbind_socket = "127.0.0.1:{port}";\n')
    for name in ("worker-controller.inc", "worker-proxy.inc", "fuzzy_check.conf", "dkim_signing.conf"):
        (override / name).write_text("enabled = false;\n")


def start(home: pathlib.Path) -> subprocess.Popen:
    """Starts rspamd in the foreground; it runs as whoever calls, with all that it writes below `home`."""
    variables = {"LOCAL_CONFDIR": "etc", "DBDIR": "db", "RUNDIR": "run", "LOGDIR": "log"}
    command = [shutil.which("rspamd") or "rspamd", "--no-fork", "--insecure", "--config", "/etc/rspamd/rspamd.conf"]
    command += [f"--var={name}={home / folder}" for name, folder in variables.items()]
    with open(home / "log/stderr", "wb") as errors:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)


def wait_for_worker(server: subprocess.Popen, port: int) -> int:
    """The process id of the worker, once it answers."""
    deadline = time.monotonic() + STARTUP_SECONDS_MAX
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"rspamd ended with {server.returncode}")
        workers = [pid for pid in children(server.pid) if "normal" in title(pid)]
        if workers and answers(port):
            return workers[0]
        time.sleep(0.2)
    raise RuntimeError(f"rspamd did not answer within {STARTUP_SECONDS_MAX} s")


def warm_up(port: int, mails: list[bytes], home: pathlib.Path) -> None:
    """One uncounted pass, after the helper process has compiled the patterns and the worker has loaded them."""
    deadline = time.monotonic() + COMPILE_SECONDS_MAX
    while not re.search(PATTERNS_LOADED, log_of(home)):
        if time.monotonic() > deadline:
            print("bench: no compiled patterns were reported; counting without them", file=sys.stderr)
            break
        time.sleep(0.5)
    feed(port, mails)


def feed(port: int, mails: list[bytes]) -> int:
    """Has every mail judged, one after the other; how many symbols rspamd set in all of them."""
    symbols = 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS_MAX)
    for mail in mails:
        connection.request("POST", "/checkv2", body=mail, headers={"Connection": "keep-alive"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"rspamd answered {answer.status} {body[:200]!r}")
        symbols += len(json.loads(body)["symbols"])
    connection.close()
    return symbols


def answers(port: int) -> bool:
    """Whether the worker answers a ping."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/ping")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def cpu_ticks(pid: int) -> int:
    """User and system time that a process has used so far (proc(5), fields 14 and 15)."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def children(parent: int) -> list[int]:
    """The processes that `parent` started."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(entry.name))
            except (OSError, IndexError):
                continue
    return found


def title(pid: int) -> str:
    """What a process calls itself."""
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def stop(server: subprocess.Popen) -> None:
    """Ends rspamd and the processes that it started, each by its id."""
    started = children(server.pid)
    server.terminate()
    try:
        server.wait(STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    for pid in started:
        if "rspamd" in title(pid):
            os.kill(pid, signal.SIGKILL)


def log_of(home: pathlib.Path) -> str:
    """What rspamd has said so far."""
    return "".join(path.read_text(errors="replace") for path in sorted((home / "log").iterdir()))


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def version() -> str:
    """The installed version, as it names itself."""
    said = subprocess.run(["rspamd", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"version (\S+)", said)
    return found.group(1) if found else "unknown"


sys.exit(main())
