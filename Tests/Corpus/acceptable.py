#!/usr/bin/env python3
"""Writes some of the corpus's acceptable mails as files, for tests that change them.

    acceptable.py FOLDER COUNT SEED SET...

FOLDER gets `SET.registry.jsonl` and `SET/NAME.eml`, and `list`, a line `SET NAME REQUEST` for each mail.
"""

import pathlib
import random
import sys

import mails

HERE = pathlib.Path(__file__).parent


def main():
    folder, count, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    found = []
    for name in sys.argv[4:]:
        registry = "".join(path.read_text(encoding="utf-8") for path in sorted((HERE / name).glob("*.registry.jsonl")))
        (folder / f"{name}.registry.jsonl").write_text(registry, encoding="utf-8")
        (folder / name).mkdir()
        found += [(name, mail) for file in sorted((HERE / name).glob("*.mails")) for mail in mails.read(file)
                  if mail.label.verdict == "accepted"]
    chosen = random.Random(seed).sample(found, min(count, len(found)))
    for name, mail in chosen:
        (folder / name / f"{mail.name}.eml").write_bytes(mail.octets())
    (folder / "list").write_text("".join(f"{name} {mail.name} {mail.label.request}\n" for name, mail in chosen),
                                 encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except mails.Fault as fault:
        sys.exit(f"acceptable: {fault}")
