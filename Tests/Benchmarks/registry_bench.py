"""The registry's part of bench.py: importing many lines beside a Python loader, and finding things among few and many."""

import json
import os
import pathlib
import statistics
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
SMALL = 10_000


def generate(path, *options):
    with open(path, "wb") as file:
        subprocess.run([HERE / "generate_registry.py", *map(str, options)], check=True, stdout=file)
    return path


def settings(folder):
    path = folder / "import.yaml"
    path.write_text(f"support: {{addresses: [traces-support@postern.example]}}\nstore: {{path: {folder}/registry.db}}\n")
    return path


def clear(folder):
    for old in folder.glob("registry.db*"):
        old.unlink()


def load(program, folder, registry):
    """One import into a fresh store: its summary, seconds, CPU seconds, peak KiB."""
    clear(folder)
    command = [str(program), "import", "--config", str(settings(folder)), "--json", str(registry)]
    started = time.monotonic()
    with open(folder / "import.json", "wb") as output:
        process = os.posix_spawn(command[0], command, os.environ, file_actions=[
            (os.POSIX_SPAWN_DUP2, output.fileno(), 1)])
        _, status, usage = os.wait4(process, 0)
    seconds = time.monotonic() - started
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command, stderr="")
    summary = json.loads((folder / "import.json").read_text())
    return summary, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def yardstick(folder, registry):
    database = folder / "plain.db"
    database.unlink(missing_ok=True)
    result = json.loads(subprocess.run(
        [HERE / "import_yardstick.py", "--database", database, registry], check=True, capture_output=True, text=True
    ).stdout)
    database.unlink()
    return result


def imports(program, work, lines, rounds):
    registry = generate(work / "registry.jsonl", "--lines", lines)
    runs = [load(program, work, registry) for _ in range(rounds)]
    plain = yardstick(work, registry)
    for summary, *_ in runs:
        if summary["added"] != plain["added"] or summary["rejected"] or plain["rejected"]:
            raise SystemExit(f"bench.py: Postern took up {summary['added']} lines, the yardstick {plain['added']}")
    seconds = statistics.median(run[1] for run in runs)
    cpu = statistics.median(run[2] for run in runs)
    peak = max(run[3] for run in runs)
    yield f"import, {lines:,} lines", f"{lines / seconds:,.0f} lines/s", (
        f"median of {rounds}: " + ", ".join(f"{run[1]:.1f} s" for run in runs) + f"; {1e6 * cpu / lines:.1f} µs CPU a line")
    yield "import by the yardstick", f"{lines / plain['seconds']:,.0f} lines/s", (
        f"{plain['seconds']:.1f} s, {1e6 * plain['cpu'] / lines:.1f} µs CPU a line, {plain['peakKiB'] / 1024:.0f} MB")
    yield "import beside the yardstick", f"{plain['seconds'] / seconds:.1f} times", (
        f"by CPU time {plain['cpu'] / cpu:.1f} times")
    yield f"peak memory, import of {lines:,} lines", f"{peak / 1024:.0f} MB", "ru_maxrss"
    registry.unlink()


def lookups(program, tool, work, large):
    results = []
    for count in (SMALL, large):
        registry = generate(work / "registry.jsonl", "--operators", count, "--requests", count)
        load(program, work, registry)
        registry.unlink()
        results.append(json.loads(subprocess.run(
            [str(tool), "lookups", "--database", str(work / "registry.db"), str(count)], check=True, capture_output=True,
            text=True).stdout))
        clear(work)
    few, many = results
    for name, words in (("pending", "pending requests of a mailbox"), ("search", "operator search, mean of all kinds")):
        yield f"{words}, p50", f"{few[name]:.0f} / {many[name]:.0f} µs", (
            f"{SMALL:,} / {large:,} operators and requests: {many[name] / few[name]:.1f} times")
    for name in few:
        if name not in ("pending", "search"):
            yield f"  search: {name}", f"{few[name]:.0f} / {many[name]:.0f} µs", f"{many[name] / few[name]:.1f} times"


def figures(program, tool, work, lines=1_000_000, rounds=3):
    """The table's lines, as they come."""
    yield from imports(program, work, lines, rounds)
    if tool:
        yield from lookups(program, tool, work, lines)
