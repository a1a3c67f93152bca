#!/usr/bin/env python3
"""What Postern's import is measured against: a registry loader of Python's standard library that makes the same checks and
keeps the same tables, in one transaction.

    import_yardstick.py --database FILE registry.jsonl      prints {"lines": N, "added": …, "seconds": S, "cpu": S, "peakKiB": K}
"""

import argparse
import datetime
import json
import re
import resource
import sqlite3
import sys
import time
import unicodedata

SCHEMA = """
CREATE TABLE account (id TEXT PRIMARY KEY NOT NULL, mailbox TEXT NOT NULL, entry TEXT NOT NULL, changed INTEGER NOT NULL,
    state TEXT NOT NULL) STRICT;
CREATE INDEX account_mailbox ON account(mailbox);
CREATE TABLE former_mailbox (mailbox TEXT NOT NULL, account TEXT NOT NULL REFERENCES account(id),
    PRIMARY KEY (mailbox, account)) STRICT, WITHOUT ROWID;
CREATE INDEX former_mailbox_account ON former_mailbox(account);
CREATE TABLE operator (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, country TEXT NOT NULL,
    entry TEXT NOT NULL, changed INTEGER NOT NULL) STRICT;
CREATE TABLE authority (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL, name TEXT NOT NULL,
    country TEXT NOT NULL, entry TEXT NOT NULL, changed INTEGER NOT NULL) STRICT;
CREATE INDEX authority_role ON authority(role, country);
CREATE TABLE request (id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL REFERENCES account(id),
    operator TEXT REFERENCES operator(id), authority TEXT REFERENCES authority(id), kind TEXT NOT NULL,
    status TEXT NOT NULL, entry TEXT NOT NULL, changed INTEGER NOT NULL, since INTEGER NOT NULL) STRICT;
CREATE INDEX request_account ON request(account);
CREATE INDEX request_waiting ON request(since) WHERE status IN ('requested', 'prepared');
CREATE TABLE role (key TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL REFERENCES account(id), role TEXT NOT NULL,
    authority TEXT REFERENCES authority(id), operator TEXT REFERENCES operator(id), status TEXT NOT NULL,
    entry TEXT NOT NULL) STRICT;
CREATE INDEX role_account ON role(account);
CREATE TABLE eori (number TEXT PRIMARY KEY NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT, entry TEXT NOT NULL) STRICT;
CREATE TABLE mandate (key TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL REFERENCES account(id),
    economic_operator TEXT NOT NULL, entry TEXT NOT NULL) STRICT;
CREATE INDEX mandate_account ON mandate(account);
CREATE TABLE delegation (key TEXT PRIMARY KEY NOT NULL, economic_operator TEXT NOT NULL, entry TEXT NOT NULL) STRICT;
CREATE INDEX delegation_economic_operator ON delegation(economic_operator);
CREATE VIRTUAL TABLE operator_search USING fts5(words, content='', columnsize=0, tokenize="ascii tokenchars '=@#!'");
CREATE VIRTUAL TABLE authority_search USING fts5(words, content='', columnsize=0, tokenize="ascii tokenchars '=@#!'");
"""
MEMBERS = {
    "account": ("type", "id", "firstName", "lastName", "mailbox", "formerMailboxes", "language", "state"),
    "operator": ("type", "id", "name", "country", "activities", "identifiers", "address", "contact"),
    "authority": ("type", "id", "role", "code", "name", "country", "mailbox", "formerMailboxes"),
    "request": ("type", "id", "account", "kind", "operator", "authority", "actingAs", "additional", "status",
                "requestedAt"),
    "role": ("type", "account", "role", "authority", "operator", "status"),
    "eori": ("type", "number", "validFrom", "validTo"),
    "mandate": ("type", "account", "economicOperator", "profile", "representative"),
    "delegation": ("type", "economicOperator", "representative", "level", "kind", "scope", "validFrom", "validTo"),
}
KEY_COLUMN = {"account": "id", "operator": "id", "authority": "id", "request": "id", "role": "key", "eori": "number",
              "mandate": "key", "delegation": "key"}
STATUSES = {"requested", "prepared", "confirmed", "granted", "refused", "withdrawn", "expired"}
COUNTRY = re.compile(r"[A-Z]{2}")
EORI = re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}")
OFFICE = re.compile(r"[A-Z]{2}[A-Z0-9]{6}")
MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                     r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
WORD = re.compile(r"[^\W_]+")
NOT_COMPARED = re.compile(r"[\W_]+")
LEGAL = set("gmbh mbh ag kg ohg ek e co bv nv sa sc оод еоод ад ет d o j ltd s r z a as oy oyj ab sarl eurl sas αε επε ικε "
            "οε α ε kft zrt dac plc l p n c spa snc uab mb v f sp k b hb kb srl sl slu".split())


class Problem(Exception):
    pass


def text(entry, name, needed=True):
    value = entry.get(name)
    if value is None:
        if needed:
            raise Problem(f"'{name}' is missing")
        return None
    if not isinstance(value, str):
        raise Problem(f"'{name}' must be a text")
    if not value or len(value) > 1000 or CONTROL.search(value):
        raise Problem(f"'{name}' is empty, too long or holds a control character")
    return value


def shaped(entry, name, shape, needed=True):
    value = text(entry, name, needed)
    if value is not None and not shape.fullmatch(value):
        raise Problem(f"'{name}': '{value}' has not the right shape")
    return value


def word(entry, name, words, standard=None):
    value = text(entry, name, standard is None)
    if value is None:
        return standard
    if value not in words:
        raise Problem(f"'{name}' can't be '{value}'")
    return value


def mailboxes(entry, name):
    value = entry.get(name)
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    for one in values:
        if not isinstance(one, str) or not MAILBOX.fullmatch(one) or len(one) > 320:
            raise Problem(f"'{name}': '{one}' is not a plain mail address")
    return [one.lower() for one in values]


def day(entry, name, needed=False):
    value = text(entry, name, needed)
    if value is not None:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise Problem(f"'{name}': '{value}' is no date") from None
    return value


def unique_members(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Problem("a member stands twice")
    return members


def words(name):
    plain = unicodedata.normalize("NFKD", name)
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return WORD.findall(plain.lower().replace("ß", "ss"))


def compared(value):
    return NOT_COMPARED.sub("", value).lower()


def search_text(name, country, identifiers, marks):
    found = words(name)
    core = [one for one in found if one not in LEGAL] or found
    tokens = found + ["=" + "".join(sorted(core)), "@" + country.lower()]
    tokens += ["#" + compared(one) for one in identifiers] + ["!" + compared(one) for one in marks]
    return " ".join(tokens)


class Loader:
    """Checks each line; rows wait for `flush`, which writes them type by type."""

    def __init__(self, database):
        self.db = database
        self.seen = {}
        self.waiting = []
        self.rows = {kind: [] for kind in MEMBERS}
        self.former = []
        self.found = {"operator": [], "authority": []}
        self.numbers = {
            kind: database.execute(f"SELECT coalesce(max(number), 0) FROM {kind}").fetchone()[0]
            for kind in self.found}
        self.counts = dict.fromkeys(("added", "changed", "unchanged", "rejected"), 0)
        self.unknown = {}
        self.warnings = []
        self.mailboxes = {row[0] for row in database.execute("SELECT mailbox FROM account")}
        self.represented = {}
        self.encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        self.decode = json.JSONDecoder(object_pairs_hook=unique_members).decode

    def reject(self, number, reason):
        self.counts["rejected"] += 1
        print(f"line {number}: {reason}", file=sys.stderr)

    def line(self, number, raw):
        try:
            entry = self.decode(raw.decode("utf-8"))
            kind = word(entry, "type", MEMBERS)
            key, row, references = getattr(self, kind)(entry)
        except (Problem, ValueError) as problem:
            return self.reject(number, problem)
        members = MEMBERS[kind]
        ordered = {name: entry[name] for name in members if name in entry}
        if len(ordered) < len(entry):
            for name in sorted(entry.keys() - ordered.keys()):
                ordered[name] = entry[name]
                self.unknown[kind, name] = self.unknown.get((kind, name), 0) + 1
        written = self.encode(ordered)
        known = self.seen.get((kind, key))
        if known is not None:
            if known[1] != hash(written):
                self.reject(number, f"{kind} '{key}' stands on line {known[0]} already, with other content")
            return None
        self.seen[kind, key] = (number, hash(written))
        if self.missing(references):
            self.waiting.append((number, kind, key, row, references, written, entry))
        else:
            self.write(kind, key, row, written, entry)

    def missing(self, references):
        for kind, key in references:
            if (kind, key) in self.seen:
                continue
            if not self.db.execute(f"SELECT 1 FROM {kind} WHERE id = ?", (key,)).fetchone():
                return f"there is no {kind} '{key}'"
        return None

    def write(self, kind, key, row, written, entry):
        old = self.db.execute(f"SELECT entry FROM {kind} WHERE {KEY_COLUMN[kind]} = ?", (key,)).fetchone()
        if old:
            if old[0] == written:
                self.counts["unchanged"] += 1
                return
            self.counts["changed"] += 1
        else:
            self.counts["added"] += 1
        self.rows[kind].append((*row, written))
        if doubt := self.doubt(kind, entry, row):
            self.warnings.append(doubt)
        if kind == "account":
            self.former += [(mailbox, key) for mailbox in mailboxes(entry, "formerMailboxes")]
        elif kind in self.found and not old:
            self.numbers[kind] += 1
            identifiers = [one["value"] for one in entry.get("identifiers", ())] if kind == "operator" else \
                [entry["code"]] if entry.get("code") else []
            marks = entry.get("activities", ()) if kind == "operator" else [entry["role"]]
            self.found[kind].append(
                (self.numbers[kind], search_text(entry["name"], entry["country"], identifiers, marks)))

    def doubt(self, kind, entry, row):
        if kind == "account":
            if row[1] in self.mailboxes:
                return f"the mailbox {row[1]} is another account's, too"
            self.mailboxes.add(row[1])
        elif kind == "authority" and entry["role"] == "FMSCA" and not entry.get("mailbox"):
            return "the competent authority has no mailbox"
        elif kind == "operator" and all(one in LEGAL for one in words(entry["name"])):
            return f"the name '{entry['name']}' is empty but for the legal form"
        elif kind == "delegation" and entry.get("representative"):
            self.represented.setdefault(row[1], []).append(entry["representative"])
            reached = {entry["representative"]}
            for _ in range(8):
                if row[1] in reached:
                    return "the delegation closes a circle"
                reached = {one for number in reached for one in self.represented.get(number, ())}
        return None

    def flush(self):
        write = self.db.executemany
        write("INSERT INTO account (id, mailbox, state, entry, changed) VALUES (?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE "
              "SET mailbox = excluded.mailbox, entry = excluded.entry, state = excluded.state", self.rows["account"])
        write("INSERT OR IGNORE INTO former_mailbox (mailbox, account) VALUES (?, ?)", self.former)
        write("INSERT INTO operator (id, name, country, entry, changed) VALUES (?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE "
              "SET name = excluded.name, country = excluded.country, entry = excluded.entry", self.rows["operator"])
        write("INSERT INTO authority (id, role, name, country, entry, changed) VALUES (?, ?, ?, ?, ?, 1) "
              "ON CONFLICT (id) DO UPDATE SET role = excluded.role, name = excluded.name, country = excluded.country, "
              "entry = excluded.entry", self.rows["authority"])
        for kind, rows in self.found.items():
            write(f"INSERT INTO {kind}_search (rowid, words) VALUES (?, ?)", rows)
            rows.clear()
        write("INSERT INTO request (id, account, operator, authority, kind, status, since, entry, changed) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, "
              "status = excluded.status", self.rows["request"])
        write("INSERT INTO role (key, account, role, authority, operator, status, entry) VALUES (?, ?, ?, ?, ?, ?, ?) "
              "ON CONFLICT (key) DO UPDATE SET status = excluded.status, entry = excluded.entry", self.rows["role"])
        write("INSERT INTO eori (number, valid_from, valid_to, entry) VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE "
              "SET valid_from = excluded.valid_from, valid_to = excluded.valid_to, entry = excluded.entry",
              self.rows["eori"])
        write("INSERT INTO mandate (key, account, economic_operator, entry) VALUES (?, ?, ?, ?) ON CONFLICT (key) "
              "DO UPDATE SET entry = excluded.entry", self.rows["mandate"])
        write("INSERT INTO delegation (key, economic_operator, entry) VALUES (?, ?, ?) ON CONFLICT (key) "
              "DO UPDATE SET entry = excluded.entry", self.rows["delegation"])
        for rows in (*self.rows.values(), self.former):
            rows.clear()

    def finish(self):
        self.flush()
        for number, kind, key, row, references, written, entry in self.waiting:
            if missing := self.missing(references):
                self.reject(number, missing)
            else:
                self.write(kind, key, row, written, entry)
        self.flush()

    def account(self, entry):
        key = text(entry, "id")
        text(entry, "firstName"), text(entry, "lastName"), text(entry, "language", False)
        mailbox = mailboxes(entry, "mailbox")
        if len(mailbox) != 1:
            raise Problem("'mailbox' is missing")
        mailboxes(entry, "formerMailboxes")
        return key, (key, mailbox[0], word(entry, "state", {"unvalidated", "active", "disabled"}, "active")), ()

    def operator(self, entry):
        key = text(entry, "id")
        for identifier in entry.get("identifiers", ()):
            scheme = text(identifier, "scheme")
            shaped(identifier, "value", EORI) if scheme == "EORI" else text(identifier, "value")
        if not all(isinstance(one, str) and one for one in entry.get("activities", ())):
            raise Problem("'activities' must be a list of texts")
        for name in "street", "postalCode", "city", "region":
            text(entry.get("address") or {}, name, False)
        contact = entry.get("contact") or {}
        text(contact, "name", False), text(contact, "telephone", False), mailboxes(contact, "mailbox")
        return key, (key, text(entry, "name"), shaped(entry, "country", COUNTRY)), ()

    def authority(self, entry):
        key = text(entry, "id")
        role = word(entry, "role", {"FMSCA", "CO"})
        text(entry, "code", False) if role == "FMSCA" else shaped(entry, "code", OFFICE, False)
        mailboxes(entry, "mailbox"), mailboxes(entry, "formerMailboxes")
        return key, (key, role, text(entry, "name"), shaped(entry, "country", COUNTRY)), ()

    def request(self, entry):
        key, account = text(entry, "id"), text(entry, "account")
        operator, authority = text(entry, "operator", False), text(entry, "authority", False)
        if (operator is None) == (authority is None):
            raise Problem("a request names either an 'operator' or an 'authority'")
        word(entry, "actingAs", {"importer", "agent"}, "importer")
        if not isinstance(entry.get("additional", False), bool):
            raise Problem("'additional' must be true or false")
        since = datetime.datetime.fromisoformat(text(entry, "requestedAt").replace("Z", "+00:00"))
        references = [("account", account), ("operator", operator) if operator else ("authority", authority)]
        return key, (key, account, operator, authority, text(entry, "kind"),
                     word(entry, "status", STATUSES, "requested"), int(since.timestamp() * 1000)), references

    def role(self, entry):
        account, role = text(entry, "account"), text(entry, "role")
        operator, authority = text(entry, "operator", False), text(entry, "authority", False)
        key = "\x1f".join((account, role, authority or "", operator or ""))
        references = [("account", account)]
        references += [("operator", operator)] if operator else []
        references += [("authority", authority)] if authority else []
        return key, (key, account, role, authority, operator, word(entry, "status", STATUSES)), references

    def eori(self, entry):
        number, begin, end = shaped(entry, "number", EORI), day(entry, "validFrom", True), day(entry, "validTo")
        if end and end < begin:
            raise Problem("'validTo' lies before 'validFrom'")
        return number, (number, begin, end), ()

    def mandate(self, entry):
        account, operator = text(entry, "account"), shaped(entry, "economicOperator", EORI)
        word(entry, "profile", {"consultation", "administrative", "submission"})
        key = "\x1f".join((account, operator, shaped(entry, "representative", EORI, False) or ""))
        return key, (key, account, operator), [("account", account)]

    def delegation(self, entry):
        operator = shaped(entry, "economicOperator", EORI)
        level = entry.get("level")
        if not isinstance(level, int):
            raise Problem("'level' must be a whole number")
        word(entry, "kind", {"direct", "indirect", "employee"}, "none"), word(entry, "scope", {"full", "partial"}, "none")
        day(entry, "validFrom"), day(entry, "validTo")
        key = "\x1f".join((operator, shaped(entry, "representative", EORI, False) or "", str(level)))
        return key, (key, operator), ()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--database", required=True)
    options.add_argument("registry")
    given = options.parse_args()
    started = time.monotonic()
    database = sqlite3.connect(given.database, isolation_level=None)
    database.executescript("PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536;")
    if not database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        database.executescript(SCHEMA)
    database.execute("BEGIN IMMEDIATE")
    loader = Loader(database)
    count = 0
    with open(given.registry, "rb") as file:
        for count, raw in enumerate(file, 1):
            loader.line(count, raw)
            if count % 10_000 == 0:
                loader.flush()
    loader.finish()
    database.execute("ROLLBACK" if loader.counts["rejected"] else "COMMIT")
    database.close()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"lines": count, **loader.counts, "seconds": time.monotonic() - started,
                      "cpu": usage.ru_utime + usage.ru_stime, "peakKiB": usage.ru_maxrss}))


if __name__ == "__main__":
    main()
