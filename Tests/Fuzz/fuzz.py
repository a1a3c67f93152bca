#!/usr/bin/env python3
"""Lets the built fuzzer loose on all targets for a while, or on some, and prints what it did.

Each target starts from Tests/Fuzz/Seeds, the crashes of earlier runs and what it found itself before (--corpus). Status 1
when an input broke a promise, took too long or too much memory; the inputs lie where the output says. What is mended
belongs into Tests/Fuzz/Crashes/TARGET, in few octets (`--minimize INPUT`), under a name that says what it was.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# Octets of the longest input, and the share of the time.
TARGETS = {
    "header-split": (65_536, 1),
    "sender": (4_096, 2),
    "authentication-results": (16_384, 1),
    "trust-boundary": (32_768, 2),
    "trust-profiles": (32_768, 1),
    "header-values": (16_384, 1),
    "imap-responses": (8_192, 1),
    "html": (65_536, 1),
    "registry-lines": (32_768, 1),
    "registry-rows": (32_768, 1),
    "delivery-report": (32_768, 1),
    "judge": (200_000, 4),
}
# More seeds that lie elsewhere.
ELSEWHERE = {"judge": [HERE.parent / "MailServers/samples/mails"]}
STOPPED = ("crash-", "timeout-", "oom-", "leak-")


def environment(target: str) -> dict[str, str]:
    # Swift's own backtraces would take a minute a crash.
    return os.environ | {"POSTERN_FUZZ_TARGET": target, "SWIFT_BACKTRACE": "enable=no"}


def run(arguments: argparse.Namespace, target: str, seconds: int) -> dict:
    """Fuzzes one target and gives its figures."""
    longest, _ = TARGETS[target]
    corpus = arguments.corpus / target
    found = arguments.found / target
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    folders = [corpus, HERE / "Seeds" / target, HERE / "Crashes" / target, *ELSEWHERE.get(target, [])]
    command = [
        str(arguments.binary), f"-max_total_time={seconds}", f"-max_len={longest}", "-timeout=10",
        # Leaks are looked for once, at the end: a look after an input takes longer than a hundred inputs.
        "-detect_leaks=0", "-report_slow_units=3", "-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={found}/",
    ]
    dictionary = HERE / "Dictionaries" / f"{target}.dict"
    if dictionary.exists():
        command.append(f"-dict={dictionary}")
    started = time.time()
    fuzzer = subprocess.Popen(
        command + [str(folder) for folder in folders if folder.is_dir()], env=environment(target),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = fuzzer.stdout.read().decode("utf-8", "replace")
    _, status, used = os.wait4(fuzzer.pid, 0)
    fuzzer.returncode = os.waitstatus_to_exitcode(status)
    (arguments.found / f"{target}.log").write_text(output)

    def last(pattern: str) -> str:
        matches = re.findall(pattern, output, re.MULTILINE)
        return matches[-1] if matches else "–"

    inputs = [it for it in found.iterdir() if it.stat().st_mtime >= started - 1]
    return {
        "target": target,
        "status": fuzzer.returncode,
        "seconds": round(time.time() - started),
        "cpu": round(used.ru_utime + used.ru_stime),
        "runs": last(r"^stat::number_of_executed_units:\s+(\d+)") if fuzzer.returncode == 0 else last(r"^#(\d+)"),
        "edges": last(r" cov: (\d+)"),
        "features": last(r" ft: (\d+)"),
        "corpus": sum(1 for _ in corpus.iterdir()),
        "slowest": last(r"^stat::slowest_unit_time_sec:\s+(\d+)"),
        "why": (re.findall(r"^(?:.*Fatal error: .*|==\d+==\s*ERROR: .*)$", output, re.MULTILINE) or [""])[0],
        "stopped": sorted(str(it) for it in inputs if it.name.startswith(STOPPED)),
        "slow": sorted(str(it) for it in inputs if it.name.startswith("slow-unit-")),
    }


def report(results: list[dict]) -> bool:
    """Prints the table; whether all targets went through."""
    columns = ("target", "seconds", "of CPU", "runs", "a CPU second", "edges", "features", "corpus", "slowest s", "stopped")
    rows = []
    for result in results:
        runs = int(result["runs"]) if result["runs"].isdigit() else 0
        rows.append((
            result["target"], str(result["seconds"]), str(result["cpu"]), str(runs), str(runs // max(1, result["cpu"])),
            result["edges"], result["features"], str(result["corpus"]), result["slowest"],
            "yes" if result["status"] else "no",
        ))
    widths = [max(len(row[place]) for row in [columns, *rows]) for place in range(len(columns))]
    for row in [columns, *rows]:
        print("  ".join(cell.ljust(w) if place == 0 else cell.rjust(w) for place, (cell, w) in enumerate(zip(row, widths))))
    together = [sum(it[key] for it in results) for key in ("seconds", "cpu")]
    print(f"together {together[0]} s, {together[1]} s of CPU, {sum(int(row[3]) for row in rows)} runs")
    for result in results:
        for path in result["slow"]:
            print(f"{result['target']}: slow: {path}")
        if result["status"]:
            print(f"{result['target']}: status {result['status']}: {result['why']}")
            for path in result["stopped"]:
                print(f"{result['target']}: stopped by {path}")
    return not any(result["status"] for result in results)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; default: all")
    parser.add_argument("--binary", type=pathlib.Path, required=True, help="the built PosternFuzz")
    parser.add_argument("--minutes", type=float, default=10, help="of all targets together")
    parser.add_argument("--jobs", type=int, default=2, help="targets at the same time")
    parser.add_argument("--corpus", type=pathlib.Path, default=pathlib.Path(".build/fuzz-corpus"))
    parser.add_argument("--found", type=pathlib.Path, default=pathlib.Path(".build/fuzz-found"))
    parser.add_argument("--minimize", type=pathlib.Path, metavar="INPUT", help="make INPUT of one TARGET smaller")
    arguments = parser.parse_args()
    targets = arguments.targets or list(TARGETS)
    for target in targets:
        if target not in TARGETS:
            parser.error(f"there is no target '{target}'")
    if arguments.minimize:
        small = arguments.minimize.with_suffix(".small")
        command = [
            str(arguments.binary), "-minimize_crash=1", "-max_total_time=60", f"-exact_artifact_path={small}",
            str(arguments.minimize),
        ]
        subprocess.run(command, env=environment(targets[0]), check=False)
        print(small if small.exists() else arguments.minimize)
        return 0
    arguments.found.mkdir(parents=True, exist_ok=True)
    share = arguments.minutes * 60 * arguments.jobs / sum(TARGETS[target][1] for target in targets)
    # The longest first, so that none runs alone in the end.
    order = sorted(targets, key=lambda target: -TARGETS[target][1])
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = list(pool.map(lambda target: run(arguments, target, max(1, round(share * TARGETS[target][1]))), order))
    return 0 if report(results) else 1


if __name__ == "__main__":
    sys.exit(main())
