#!/usr/bin/env python3
"""The yardstick: Postern's job in the way one would write it with Python's standard library, with care but without art.

One mail after the other: fetch it (BODY.PEEK, nothing marked), parse it, judge it by the five rules, store mail,
verdict, request and rendered reply in one commit (synchronous=EXTRA), send the reply over a connection that is kept,
move the mail to its folder. That a reply went out is written down with the next mail's commit. Moves are
grouped by a hundred, since one by one they take Dovecot most of the time (--moves each shows it). Rules, registry and
replies are simpler than Postern's; nothing that makes the job safe is left out to make it fast, nor slowed down.

    yardstick.py --env DIR/env --registry FILE --database FILE [--moves grouped|each]

Prints one JSON object: mails, seconds, verdicts, peak resident memory.
"""

import argparse
import collections
import email
import email.message
import email.policy
import email.utils
import hashlib
import html
import html.parser
import imaplib
import json
import pathlib
import re
import resource
import smtplib
import sqlite3
import ssl
import time
import unicodedata

SUPPORT = "traces-support@postern.example"
AUTHSERV_ID = "mx.postern.example"
KIND_TERMS = [
    "timber importer", "holzimporteur", "uvoznik drva", "uvoznika drva", "importateur de bois",
]
GROUP = 100

SCHEMA = """
CREATE TABLE authority (country TEXT NOT NULL, mailbox TEXT NOT NULL) STRICT;
CREATE TABLE operator (id TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL) STRICT;
CREATE TABLE account (id TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, mailbox TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE request (id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account, operator TEXT NOT NULL
    REFERENCES operator, status TEXT NOT NULL) STRICT;
CREATE INDEX request_account ON request (account);
CREATE TABLE mail (id INTEGER PRIMARY KEY, uidvalidity INTEGER NOT NULL, uid INTEGER NOT NULL, sha256 BLOB NOT NULL UNIQUE,
    raw BLOB NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, request TEXT, UNIQUE (uidvalidity, uid)) STRICT;
CREATE TABLE outbox (mail INTEGER PRIMARY KEY REFERENCES mail, recipient TEXT NOT NULL, bytes BLOB NOT NULL,
    state TEXT NOT NULL) STRICT;
"""


class TextOfHTML(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.pieces = []

    def handle_data(self, data):
        self.pieces.append(data)


def folded(text):
    """Tokens without case and accents, joined by single spaces with one around."""
    plain = "".join(
        mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark))
    return " " + " ".join(re.findall(r"\w+", plain)) + " "


def new_text(message):
    """The readable text of the mail: plain parts, else HTML without its tags; quoted lines dropped."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = part.get_content()
    if part.get_content_type() == "text/html":
        reader = TextOfHTML()
        reader.feed(text)
        text = "\n".join(reader.pieces)
    return "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def is_automatic(message):
    return (
        message.get("Return-Path", "").strip() == "<>"
        or message.get("Auto-Submitted", "no").lower() != "no"
        or message.get("Precedence", "").lower() in ("bulk", "junk", "list", "auto_reply")
        or any(name.lower().startswith("list-") for name in message.keys()))


def authentication(message, domain):
    """pass, fail or none, from the Authentication-Results above the border's Received."""
    results = []
    for name, value in message.raw_items():
        if name.lower() == "received" and f"by {AUTHSERV_ID} " in " ".join(value.split()) + " ":
            break
        if name.lower() == "authentication-results" and value.split(";")[0].strip().lower() == AUTHSERV_ID:
            results += re.findall(r"dmarc=(\w+)[^;]*header\.from=([^\s;]+)", " ".join(value.split()))
    else:
        return "none"
    if len(results) == 1 and results[0] == ("pass", domain):
        return "pass"
    return "fail" if any(result == "fail" for result, _ in results) else "none"


def addresses(message, field):
    return {entry.addr_spec.lower() for value in message.get_all(field, []) for entry in value.addresses}


class Judge:
    def __init__(self, database):
        self.database = database

    def judge(self, message):
        """Verdict, reason, request, recipient, findings and the account's names."""
        if is_automatic(message):
            return "ignored", "automatic", None, None, {}, None
        senders = message.get_all("From", [])
        if len(senders) != 1 or len(senders[0].addresses) != 1:
            return "held", "structure.from", None, None, {}, None
        sender = senders[0].addresses[0]
        result = authentication(message, sender.domain.lower())
        if result != "pass":
            return ("refused" if result == "fail" else "held"), "sender." + result, None, None, {}, None
        row = self.database.execute(
            "SELECT account.first, account.last, request.id, operator.name, operator.country FROM account"
            " JOIN request ON request.account = account.id JOIN operator ON operator.id = request.operator"
            " WHERE account.mailbox = ? AND request.status = 'requested'", (sender.addr_spec.lower(),)).fetchone()
        if row is None:
            return "unmatched", "no-request", None, sender.addr_spec, {}, None
        first, last, request, company, country = row
        official = {mailbox for (mailbox,) in self.database.execute(
            "SELECT mailbox FROM authority WHERE country = ?", (country,))}
        text = folded(new_text(message))
        whole = folded(message.get("Subject", "")) + text
        rules = {
            "from": True,
            "to": SUPPORT in addresses(message, "To"),
            "cc": bool(official & addresses(message, "Cc")),
            "kind": any(folded(term) in whole or folded(term)[:-1] in whole for term in KIND_TERMS),
            "names": all(folded(name) in text for name in (first, last, company)),
        }
        failed = [rule for rule, holds in rules.items() if not holds]
        verdict = "incomplete" if failed else "accepted"
        return verdict, failed[0] if failed else "complete", request, sender.addr_spec, rules, (first, last, company)


def reply(message, verdict, rules, names, recipient, number):
    """The rendered reply: text and HTML, threaded."""
    if names:
        first, last, company = names
        opening = f"Dear {first} {last},\n\nyour role request for {company} was looked at."
    else:
        opening = "Good day,\n\nno pending role request belongs to the mailbox that you write from."
    lines = [f"{rule}: {'in order' if holds else 'missing or wrong; please correct it'}" for rule, holds in rules.items()]
    closing = "It is complete and was confirmed." if verdict == "accepted" else "Please send a corrected mail."
    answer = email.message.EmailMessage(policy=email.policy.SMTP)
    answer["From"] = f"TRACES Support Team <{SUPPORT}>"
    answer["To"] = recipient
    answer["Subject"] = "Re: " + message.get("Subject", "")
    answer["Date"] = email.utils.formatdate()
    answer["Message-ID"] = f"<{number}.{hashlib.sha256(str(number).encode()).hexdigest()[:24]}@postern.example>"
    answer["In-Reply-To"] = answer["References"] = message.get("Message-ID", "")
    answer["Auto-Submitted"] = "auto-replied"
    answer["X-Auto-Response-Suppress"] = "All"
    answer.set_content("\n".join([opening, "", *lines, "", closing, "", "TRACES Support Team"]))
    answer.add_alternative(
        f"<html><body><p>{html.escape(opening)}</p><ul>"
        + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + f"</ul><p>{closing}</p></body></html>",
        subtype="html")
    return answer.as_bytes()


def take_up(database, registry):
    with open(registry, encoding="utf-8") as lines, database:
        for entry in map(json.loads, lines):
            match entry["type"]:
                case "authority":
                    database.execute("INSERT INTO authority VALUES (?, ?)", (entry["country"], entry["mailbox"]))
                case "operator":
                    database.execute(
                        "INSERT INTO operator VALUES (?, ?, ?)", (entry["id"], entry["name"], entry["country"]))
                case "account":
                    database.execute("INSERT INTO account VALUES (?, ?, ?, ?)", (
                        entry["id"], entry["firstName"], entry["lastName"], entry["mailbox"].lower()))
                case "request":
                    database.execute("INSERT INTO request VALUES (?, ?, ?, ?)", (
                        entry["id"], entry["account"], entry["operator"], entry["status"]))


def answer_of(result):
    status, data = result
    if status != "OK":
        raise SystemExit(f"yardstick.py: the server says {status} {data}")
    return data


def drain(env, database, moves):
    context = ssl.create_default_context(cafile=env["CA_FILE"])
    mailbox = imaplib.IMAP4_SSL("localhost", int(env["IMAPS_PORT"]), ssl_context=context)
    mailbox.login(env["USER_NAME"], pathlib.Path(env["PASSWORD_FILE"]).read_text().strip())
    mailbox.create("Processed")
    mailbox.create("Ignored")
    answer_of(mailbox.select("INBOX"))
    validity = int(mailbox.response("UIDVALIDITY")[1][0])
    submission = smtplib.SMTP("localhost", int(env["SMTP_PORT"]))
    judge, verdicts, waiting = Judge(database), collections.Counter(), collections.defaultdict(list)

    def move(folder, uids):
        answer_of(mailbox.uid("MOVE", ",".join(uids), folder))

    sent = None
    for uid in answer_of(mailbox.uid("SEARCH", "ALL"))[0].split():
        raw = answer_of(mailbox.uid("FETCH", uid, "(BODY.PEEK[])"))[0][1]
        message = email.message_from_bytes(raw, policy=email.policy.default)
        verdict, reason, request, recipient, rules, names = judge.judge(message)
        verdicts[verdict] += 1
        outgoing = None
        with database:
            if sent is not None:
                database.execute("UPDATE outbox SET state = 'sent' WHERE mail = ?", (sent,))
                sent = None
            number = database.execute(
                "INSERT INTO mail (uidvalidity, uid, sha256, raw, verdict, reason, request) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (validity, int(uid), hashlib.sha256(raw).digest(), raw, verdict, reason, request)).lastrowid
            if verdict == "accepted":
                database.execute(
                    "UPDATE request SET status = 'confirmed' WHERE id = ? AND status = 'requested'", (request,))
            if recipient is not None:
                outgoing = reply(message, verdict, rules, names, recipient, number)
                database.execute("INSERT INTO outbox VALUES (?, ?, ?, 'queued')", (number, recipient, outgoing))
        if outgoing is not None:
            submission.sendmail("", [recipient], outgoing)
            sent = number
        folder = {"held": None, "refused": None, "ignored": "Ignored"}.get(verdict, "Processed")
        if folder is not None:
            waiting[folder].append(uid.decode())
            if len(waiting[folder]) >= (GROUP if moves == "grouped" else 1):
                move(folder, waiting.pop(folder))
    for folder, uids in waiting.items():
        move(folder, uids)
    if sent is not None:
        with database:
            database.execute("UPDATE outbox SET state = 'sent' WHERE mail = ?", (sent,))
    submission.quit()
    mailbox.logout()
    return verdicts


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--env", required=True)
    options.add_argument("--registry", required=True)
    options.add_argument("--database", required=True)
    options.add_argument("--moves", choices=["grouped", "each"], default="grouped")
    given = options.parse_args()
    env = dict(line.split("=", 1) for line in pathlib.Path(given.env).read_text().split("\n") if "=" in line)
    database = sqlite3.connect(given.database)
    database.execute("PRAGMA synchronous = EXTRA")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(SCHEMA)
    take_up(database, given.registry)
    started = time.monotonic()
    verdicts = drain(env, database, given.moves)
    print(json.dumps({
        "mails": sum(verdicts.values()), "seconds": round(time.monotonic() - started, 3), "verdicts": dict(verdicts),
        "peakKiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }))


if __name__ == "__main__":
    main()
