#!/usr/bin/env python3
"""Judges the corpus with `postern check` and prints how well it was judged, by language and by fault, and the worst ten.

    accuracy.py --postern PROGRAM [--config FILE] [--work FOLDER] [--all] [--strict] [SET...]

A set is a folder beside this file with `xx.registry.jsonl` and `xx.mails` files. `unseen` is the one that counts: nothing was
built from its wording. What breaks a bound is told, with `--strict` by status 1 as well: a wrongly accepted mail; in some
language fewer than 99.5 % of the right mails accepted; fewer than 99 % of the broken ones with exactly the broken rules
named.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import mails

HERE = pathlib.Path(__file__).parent
LEAST_ACCEPTED = 0.995
LEAST_NAMED = 0.99

OUTCOMES = ["right", "wrongly accepted", "turned away", "wrong reason"]


class Tally:
    """Outcomes of some mails: those labelled to be accepted apart from the others."""

    def __init__(self):
        self.good = collections.Counter()
        self.bad = collections.Counter()

    def add(self, label, outcome):
        (self.good if label.verdict == "accepted" else self.bad)[outcome] += 1

    @property
    def accepted(self):
        return share(self.good["right"], self.good.total())

    @property
    def named(self):
        return share(self.bad["right"], self.bad.total())

    @property
    def wrongly_accepted(self):
        return self.good["wrongly accepted"] + self.bad["wrongly accepted"]

    def cells(self):
        both = self.good + self.bad
        return [self.good.total(), percent(self.accepted), self.bad.total(), percent(self.named)] + [
            both[outcome] for outcome in OUTCOMES[1:]]


def share(part, whole):
    return part / whole if whole else 1.0


def percent(value):
    # Never rounded up: 100.0 means all.
    return f"{int(value * 1000) / 10:.1f}"


def outcome(label, judged):
    """How a mail was judged, seen from its label."""
    verdict = judged["verdict"]
    if verdict in ("accepted", "prepared"):
        if label.verdict != "accepted" or judged["request"] != label.request:
            return "wrongly accepted"
        return "right"
    if label.verdict == "accepted":
        return "turned away"
    if label.verdict == "notaccepted":
        return "right"
    if label.verdict != verdict:
        return "wrong reason"
    if label.verdict == "incomplete":
        failing = {rule for rule, result in judged["rules"].items() if result == "fail"}
        if judged["request"] != label.request or (label.failing and failing != set(label.failing)):
            return "wrong reason"
    return "right"


def judge(program, folder, corpus, registry):
    """What `postern check` says of each mail, by its name."""
    (folder / "registry.jsonl").write_text(registry, encoding="utf-8")
    box = folder / "mails"
    box.mkdir()
    for mail in corpus:
        (box / f"{mail.name}.eml").write_bytes(mail.octets())
    done = subprocess.run(
        [*program, "--json", "--registry", folder / "registry.jsonl", "--authserv-id", mails.BORDER,
         "--support", mails.SUPPORT, "--at", mails.NOW, box],
        capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"accuracy: postern check: {done.stderr}")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {pathlib.Path(line["file"]).stem: line for line in lines}


def table(title, rows):
    head = [title, "right mails", "accepted %", "broken", "named %", "wrongly accepted", "turned away", "wrong reason"]
    cells = [head] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        print("  ".join(cell.ljust(widths[0]) if column == 0 else cell.rjust(widths[column])
                        for column, cell in enumerate(row)))
    print()


def score(name, program, work, every):
    """Prints the tables of one set; the bounds that it breaks."""
    folder = HERE / name
    files = sorted(folder.glob("*.mails"))
    corpus = [mail for file in files for mail in mails.read(file)]
    if not corpus:
        sys.exit(f"accuracy: no mails in {folder}")
    if len({mail.name for mail in corpus}) != len(corpus):
        sys.exit(f"accuracy: {name}: a mail's name is used twice")
    registry = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.registry.jsonl")))
    place = pathlib.Path(work) / name
    place.mkdir()
    judged = judge(program, place, corpus, registry)

    languages, faults, whole = collections.defaultdict(Tally), collections.defaultdict(Tally), Tally()
    wrong = []
    for mail in corpus:
        result = outcome(mail.label, judged[mail.name])
        for tally in (languages[mail.language], faults[mail.fault], whole):
            tally.add(mail.label, result)
        if result != "right":
            wrong.append((OUTCOMES.index(result), mail, judged[mail.name], result))

    print(f"{name}: {len(corpus)} mails\n")
    table("language", [[key, *languages[key].cells()] for key in sorted(languages)] + [["all", *whole.cells()]])
    table("fault", [[key, *faults[key].cells()] for key in sorted(faults)])
    wrong.sort(key=lambda entry: (entry[0], entry[1].name))
    print(f"{'all' if every else 'the worst ten'} of {len(wrong)} judged otherwise than labelled:")
    for _, mail, line, result in wrong if every else wrong[:10]:
        failing = " ".join(rule for rule, value in line["rules"].items() if value == "fail")
        print(f"  {mail.name}: {result}: labelled {mail.label}; judged {line['verdict']} {line['reason']}"
              f" {line['request'] or '-'}{': ' + failing if failing else ''}"
              f"{' (' + mail.fields['note'] + ')' if 'note' in mail.fields else ''}")
    print()

    broken = []
    if whole.wrongly_accepted:
        broken.append(f"{whole.wrongly_accepted} mails wrongly accepted")
    broken += [f"{key}: only {percent(tally.accepted)} % of right mails accepted"
               for key, tally in sorted(languages.items()) if tally.accepted < LEAST_ACCEPTED]
    if whole.named < LEAST_NAMED:
        broken.append(f"only {percent(whole.named)} % of broken mails with the right reason")
    return broken


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--postern", required=True, help="the program to measure")
    parser.add_argument("--config", help="settings, for instance with a config_folder of other words")
    parser.add_argument("--work", help="keep the mails in this folder, which must be empty")
    parser.add_argument("--all", action="store_true", help="name every mail judged otherwise, not just ten")
    parser.add_argument("--strict", action="store_true", help="status 1 where a bound is broken")
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    sets = options.sets or sorted(path.name for path in HERE.iterdir() if any(path.glob("*.mails")))
    program = [options.postern, "check"] + (["--config", options.config] if options.config else [])
    try:
        with tempfile.TemporaryDirectory() as scratch:
            work = options.work or scratch
            broken = [f"{name}: {words}" for name in sets for words in score(name, program, work, options.all)]
    except mails.Fault as fault:
        sys.exit(f"accuracy: {fault}")
    for words in broken:
        print(f"bound broken: {words}")
    sys.exit(1 if broken and options.strict else 0)


if __name__ == "__main__":
    main()
