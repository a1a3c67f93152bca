#!/usr/bin/env python3
"""Reads what `demo.sh` gathered (requests, messages and outbox as JSON Lines, the mails that smtp-sink took) and tells it.

    demo-report.py settled NUMBER   status 0 when NUMBER mails have a verdict and every reply was sent
    demo-report.py table            one line a mail; status 1 when a verdict is not the expected one
    demo-report.py reply FILE       the reply to that sample, decoded
"""

import argparse
import email
import email.policy
import hashlib
import json
import pathlib
import re
import sys
import unicodedata


def json_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def samples(folder):
    """File name by the hash of the mail's bytes as they travel."""
    return {
        hashlib.sha256(re.sub(rb"\r?\n", b"\r\n", path.read_bytes())).hexdigest(): path.name
        for part in ("mails", "later") for path in sorted((folder / part).glob("*.eml"))}


def width(text):
    return sum(0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


def print_table(head, rows):
    widths = [max(width(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, ["-" * size for size in widths], *rows]:
        print("  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths)).rstrip())


class Report:
    def __init__(self, work, folder):
        self.work, self.folder = work, folder
        self.messages = json_lines(work / "messages.jsonl")
        self.outbox = json_lines(work / "outbox.jsonl")
        names = samples(folder)
        self.by_file = {names[row["sha256"]]: row for row in self.messages if row["sha256"] in names}

    def settled(self, number):
        decided = [row for row in self.messages if row.get("verdict")]
        return len(decided) >= number and all(row["state"] == "sent" for row in self.outbox)

    def table(self):
        expected = json.loads((self.folder / "expected.json").read_text())
        before = {row["id"]: row["status"] for row in json_lines(self.work / "requests-before.jsonl")}
        after = {row["id"]: row["status"] for row in json_lines(self.work / "requests-after.jsonl")}
        answered = {row["message"] for row in self.outbox if row["state"] == "sent"}
        rows, wrong = [], []
        for name, verdict in expected.items():
            row = self.by_file.get(name)
            if row is None:
                wrong.append(f"{name}: did not arrive")
                continue
            request = row.get("request")
            change = ""
            if request:
                states = [before.get(request, "?"), after.get(request, "?")]
                change = f"{request}: " + (" → ".join(states) if row["verdict"] in ("accepted", "prepared") else before[request])
            rows.append([
                name.removesuffix(".eml"), row["verdict"], row["reason"], change, "yes" if row["id"] in answered else ""])
            if row["verdict"] != verdict:
                wrong.append(f"{name}: {row['verdict']} ({row['reason']}), expected {verdict}")
        print_table(["mail", "verdict", "reason", "request", "reply"], rows)
        print(f"\n{len(self.messages)} mails, {len(answered)} replies sent, "
              f"{len(list((self.work / 'servers/sink').iterdir()))} received")
        for line in wrong:
            print("not as expected: " + line)
        return not wrong

    def reply(self, name):
        message = self.by_file[name]["id"]
        wanted = {row["messageID"].strip("<>") for row in self.outbox if row["message"] == message}
        for path in (self.work / "servers/sink").iterdir():
            reply = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if reply.get("Message-ID", "").strip().strip("<>") not in wanted:
                continue
            print("Envelope: from " + reply["X-Mail-Args"].split()[0] + " to " + reply["X-Rcpt-Args"].split()[0])
            for field, value in reply.items():
                # What smtp-sink and the submission server put in front is not the reply's own.
                if field not in ("X-Client-Addr", "X-Client-Proto", "X-Helo-Args", "X-Mail-Args", "X-Rcpt-Args", "Received"):
                    print(f"{field}: {value.strip()}")
            for part in reply.walk():
                if part.get_content_type() == "text/plain":
                    print("\n" + part.get_content().rstrip())
                elif part.get_content_type() == "text/html":
                    print(f"\n(and the same as HTML, {len(part.get_content())} characters)")
            return True
        print(f"no reply to {name} reached the mail server")
        return False


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("what", choices=["settled", "table", "reply"])
    options.add_argument("which", nargs="?")
    options.add_argument("--work", type=pathlib.Path, required=True)
    options.add_argument("--samples", type=pathlib.Path, required=True)
    given = options.parse_args()
    report = Report(given.work, given.samples)
    match given.what:
        case "settled":
            done = report.settled(int(given.which))
        case "table":
            done = report.table()
        case "reply":
            done = report.reply(given.which)
    sys.exit(0 if done else 1)


if __name__ == "__main__":
    main()
