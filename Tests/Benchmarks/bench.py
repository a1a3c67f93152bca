#!/usr/bin/env python3
"""Measures Postern beside the yardstick, on the same machine in the same run: draining a backlog from Dovecot (TLS)
into smtp-sink, peak memory with a small and a large backlog, and the time from delivery to receipt while it idles.

    bench.py --postern PROGRAM [--mails 10000] [--rounds 3] [--arrivals 200] [--without mails,registry,large,idle,yardstick]
             [--lines 1000000] [--tool PROGRAM]

--tool names a program that measures one part alone and prints {"mails": N, "seconds": S} for
    PROGRAM fetch --env FILE            all mails of the INBOX fetched, nothing done with them
    PROGRAM judge --registry FILE DIR   all mails of DIR parsed and judged on one core
    PROGRAM lookups --database FILE N   things found in a registry of N operators and requests

The registry is measured too: registry_bench.py.
"""

import argparse
import contextlib
import datetime
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SERVERS = HERE.parent / "MailServers" / "mail-servers.sh"
sys.path.insert(0, str(HERE.parent / "MailServers"))
import deliver  # noqa: E402
import registry_bench  # noqa: E402

PATIENCE = 900


def say(text):
    print(text, flush=True)


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, text=True, capture_output=True, **options).stdout


def environment(folder):
    lines = (folder / "env").read_text().split("\n")
    return dict(line.split("=", 1) for line in lines if "=" in line)


@contextlib.contextmanager
def mail_servers(work, *options):
    """Fresh servers; yields their folder and their env."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="servers.", dir=work))
    run(SERVERS, "start", folder, "--format", "mdbox", *options)
    try:
        yield folder, environment(folder)
    finally:
        run(SERVERS, "stop", folder)
        shutil.rmtree(folder)


def settings(work, env):
    path = work / "postern.yaml"
    path.write_text(f"""\
support:
  addresses: [traces-support@postern.example]
mailbox:
  url: imaps://localhost:{env["IMAPS_PORT"]}/INBOX
  user: {env["USER_NAME"]}
  password_file: {env["PASSWORD_FILE"]}
  ca_file: {env["CA_FILE"]}
submission:
  url: smtp://localhost:{env["SMTP_PORT"]}
trust:
  authserv_id: mx.postern.example
  allow_plaintext: true
store:
  path: {work}/postern.db
log:
  format: json
""")
    return path


class Daemon:
    """`postern serve` on a database of its own."""

    def __init__(self, program, work, env, registry):
        for old in work.glob("postern.db*"):
            old.unlink()
        self.program, self.work, self.settings = program, work, settings(work, env)
        self.command("import", registry)
        self.log = open(work / "postern.log", "wb")
        self.process = None

    def command(self, *words):
        return run(self.program, *words, "--config", self.settings)

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "serve", "--config", str(self.settings)], stdout=self.log, stderr=subprocess.STDOUT)

    def check_alive(self):
        if self.process.poll() is not None:
            tail = (self.work / "postern.log").read_bytes()[-2000:].decode("utf-8", "replace")
            sys.exit(f"bench.py: the daemon ended by itself with {self.process.returncode}\n{tail}")

    def peak_kib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1])

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def last_fetch(self):
        """When the daemon last had a mail in its journal, by its log: seconds since 1970."""
        lines = (self.work / "postern.log").read_bytes().splitlines()
        event = next(line for line in reversed(lines) if b'"mail.fetched"' in line)
        moment = datetime.datetime.fromisoformat(json.loads(event)["time"].replace("Z", "+00:00"))
        return moment.timestamp()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.log.close()


def received(folder):
    """How many mails smtp-sink has taken: the last counter in its log."""
    with open(folder / "sink.log", "rb") as log:
        log.seek(max(0, os.fstat(log.fileno()).st_size - 200))
        counts = re.findall(rb"mesg=(\d+)[\r\n ]", log.read())
    return int(counts[-1]) if counts else 0


class Onlooker(deliver.Session):
    """A client beside the daemon that sees what Dovecot tells."""

    def __init__(self, env):
        super().__init__(int(env["IMAPS_PORT"]), env["CA_FILE"])
        password = pathlib.Path(env["PASSWORD_FILE"]).read_text().strip()
        self.command(b"LOGIN ", deliver.quoted(env["USER_NAME"]), b" ", deliver.quoted(password))

    def left(self):
        """How many mails the INBOX holds."""
        self.tag += 1
        self.socket.sendall(b"s%d STATUS INBOX (MESSAGES)\r\n" % self.tag)
        count = None
        while not (line := self.lines.readline()).startswith(b"s%d " % self.tag):
            if not line:
                sys.exit("bench.py: the IMAP server closed the connection")
            count = re.search(rb"MESSAGES (\d+)", line) or count
        return int(count[1])


def drain(program, work, batch, verify):
    """One backlog: seconds, peak KiB, CPU seconds of the daemon."""
    expected = json.loads((batch / "expected.json").read_text())
    stay = sum(expected["verdicts"].get(verdict, 0) for verdict in ("held", "refused"))
    with mail_servers(work, "--no-dump") as (folder, env):
        run(SERVERS, "deliver", folder, batch / "mails")
        daemon, onlooker = Daemon(program, work, env, batch / "registry.jsonl"), Onlooker(env)
        started = time.monotonic()
        daemon.start()
        try:
            while received(folder) < expected["replies"] or onlooker.left() > stay:
                daemon.check_alive()
                if time.monotonic() - started > PATIENCE:
                    sys.exit(f"bench.py: after {PATIENCE} s: {received(folder)} of {expected['replies']} replies, "
                             f"{onlooker.left()} mails in the inbox, {stay} belong there")
                time.sleep(0.02)
            seconds = time.monotonic() - started
            peak, cpu = daemon.peak_kib(), daemon.cpu_seconds()
        finally:
            daemon.stop()
        if received(folder) != expected["replies"]:
            sys.exit(f"bench.py: {received(folder)} replies, {expected['replies']} are right")
        if verify:
            check_verdicts(daemon, expected)
    return seconds, peak, cpu


def check_verdicts(daemon, expected):
    verdicts, states = {}, {}
    for line in daemon.command("messages", "list", "--json").splitlines():
        verdict = json.loads(line)["verdict"]
        verdicts[verdict] = verdicts.get(verdict, 0) + 1
    for line in daemon.command("outbox", "list", "--json").splitlines():
        state = json.loads(line)["state"]
        states[state] = states.get(state, 0) + 1
    if verdicts != expected["verdicts"] or states != {"sent": expected["replies"]}:
        sys.exit(f"bench.py: verdicts {verdicts} and outbox {states}; expected {expected}")


def yardstick(work, batch):
    expected = json.loads((batch / "expected.json").read_text())
    database = work / "yardstick.db"
    database.unlink(missing_ok=True)
    with mail_servers(work, "--no-dump") as (folder, _):
        run(SERVERS, "deliver", folder, batch / "mails")
        result = json.loads(run(
            HERE / "yardstick.py", "--env", folder / "env", "--registry", batch / "registry.jsonl",
            "--database", database))
    if result["verdicts"] != expected["verdicts"]:
        sys.exit(f"bench.py: the yardstick's verdicts are {result['verdicts']}; expected {expected['verdicts']}")
    return result["seconds"], result["peakKiB"]


def receipt(sink, known):
    """Waits for the next mail in smtp-sink's folder: when it was complete, in seconds since 1970."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        fresh = [entry for entry in os.scandir(sink) if entry.name not in known]
        if fresh and fresh[0].stat().st_size:
            size = -1
            while size != fresh[0].stat().st_size:
                size = os.stat(fresh[0].path).st_size
                time.sleep(0.02)
                fresh = [entry for entry in os.scandir(sink) if entry.name not in known]
            known.update(entry.name for entry in fresh)
            return os.stat(fresh[0].path).st_mtime_ns / 1e9
        time.sleep(0.002)
    sys.exit("bench.py: no reply within a minute of a delivery")


def arrivals(program, work, batch, count):
    """Delivery to receipt, one mail at a time while the daemon idles: lists of seconds, whole and from the fetch on."""
    whole, own = [], []
    mails = [path for path in sorted((batch / "mails").glob("*.eml")) if answered(path)][:count + 1]
    with mail_servers(work) as (folder, env):
        daemon = Daemon(program, work, env, batch / "registry.jsonl")
        daemon.start()
        try:
            sink, known = env["SINK_DIR"], set()
            postman = Onlooker(env)
            for number, path in enumerate(mails):
                mail = deliver.wire_form(path.read_bytes())
                given = time.time()
                postman.command(b"APPEND INBOX {%d+}\r\n" % len(mail), mail)
                done = receipt(sink, known)
                daemon.check_alive()
                # The first one waits for the daemon to log in.
                if not number:
                    continue
                whole.append(done - given)
                own.append(done - daemon.last_fetch())
        finally:
            daemon.stop()
    return whole, own


def answered(path):
    head = path.read_bytes()
    return b"\r\nAuthentication-Results:" in head and b"\r\nAuto-Submitted:" not in head


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, round(part * (len(values) - 1)))]


def generate(folder, mails):
    run(HERE / "generate.py", "--mails", mails, "--folder", folder)
    return folder


def figures(given, work):
    """The table's lines, as they come."""
    batch = generate(work / "batch", given.mails)
    without = set(given.without.split(","))
    drains = [drain(given.postern, work, batch, number == 0) for number in range(given.rounds)]
    seconds = statistics.median(result[0] for result in drains)
    rate = given.mails / seconds
    yield f"drain, {given.mails:,} mails", f"{rate:,.0f} mails/s", (
        f"median of {given.rounds}: " + ", ".join(f"{result[0]:.2f} s" for result in drains)
        + f"; the daemon's CPU {1e6 * statistics.median(result[2] for result in drains) / given.mails:.0f} µs a mail")
    if "yardstick" not in without:
        plain, memory = yardstick(work, batch)
        yield "yardstick", f"{given.mails / plain:,.0f} mails/s", f"{plain:.2f} s, {memory / 1024:.0f} MB"
        yield "Postern beside the yardstick", f"{rate * plain / given.mails:.1f} times", ""
    peak = max(result[1] for result in drains) / 1024
    yield f"peak memory, {given.mails:,} mails", f"{peak:.0f} MB", "VmHWM"
    if "large" not in without:
        large = generate(work / "large", 5 * given.mails)
        seconds, memory, _ = drain(given.postern, work, large, True)
        shutil.rmtree(large)
        yield f"peak memory, {5 * given.mails:,} mails", f"{memory / 1024:.0f} MB", (
            f"drained at {5 * given.mails / seconds:,.0f} mails/s")
    if given.tool:
        with mail_servers(work, "--no-dump") as (folder, _):
            run(SERVERS, "deliver", folder, batch / "mails")
            result = json.loads(run(given.tool, "fetch", "--env", folder / "env"))
        yield "fetch alone", f"{result['mails'] / result['seconds']:,.0f} mails/s", ""
        result = json.loads(run(given.tool, "judge", "--registry", batch / "registry.jsonl", batch / "mails"))
        yield "parse and judge alone, one core", f"{result['mails'] / result['seconds']:,.0f} mails/s", ""
    if "idle" not in without:
        whole, own = arrivals(given.postern, work, batch, given.arrivals)
        for name, values in (("delivery to receipt", whole), ("of it after the fetch", own)):
            if not values:
                continue
            yield f"{name}, p50 / p99", (
                f"{1000 * percentile(values, 0.5):.0f} / {1000 * percentile(values, 0.99):.0f} ms"), f"{len(values)} mails"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--postern", required=True)
    options.add_argument("--mails", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--arrivals", type=int, default=200)
    options.add_argument("--without", default="", help="of: mails, registry, large, idle, yardstick")
    options.add_argument("--lines", type=int, default=1_000_000, help="lines of the registry to import")
    options.add_argument("--tool", help="measures fetching and judging alone")
    given = options.parse_args()
    # Servers are stopped and files removed on the way out, whichever way that is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = pathlib.Path(tempfile.mkdtemp(prefix="postern-bench."))
    work.chmod(0o711)
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {given.mails:,} mails of about 2 KB")
    say("Dovecot holds notices of new mail back for up to half a second by itself.")
    without = given.without.split(",")
    parts = [] if "mails" in without else [figures(given, work)]
    if "registry" not in without:
        parts.append(registry_bench.figures(given.postern, given.tool, work, given.lines, given.rounds))
    try:
        for name, figure, note in itertools.chain(*parts):
            say(f"{name:<44} {figure:>18}  {note}".rstrip())
    except subprocess.CalledProcessError as error:
        sys.exit(f"bench.py: {' '.join(map(str, error.cmd))} ended with {error.returncode}\n{error.stderr}")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
