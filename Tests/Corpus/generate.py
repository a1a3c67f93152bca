#!/usr/bin/env python3
"""Makes `xx.made.mails` from the sentences and the registry of a set: right mails in many dresses, and broken ones.

    generate.py [--check] SET [LANGUAGE...]

Each broken mail is a right one with one thing wrong. The same files give the same mails; `--check` writes nothing and
fails where a file is not what would be written.
"""

import argparse
import html
import pathlib
import random
import re
import sys

import mails
from wording import (
    Wording, applicants, in_capitals, mistyped, other_legal_form, without_accents, without_legal_form)

HERE = pathlib.Path(__file__).parent
CHARSETS = {
    "bg": "windows-1251", "el": "iso-8859-7", "cs": "iso-8859-2", "sk": "windows-1250", "pl": "iso-8859-2", "hu": "iso-8859-2",
    "hr": "windows-1250", "sl": "windows-1250", "ro": "utf-8", "lv": "windows-1257", "lt": "windows-1257", "et": "iso-8859-15",
}


class Draft:
    """A mail in the making: a right one, until something is taken from it."""

    def __init__(self, maker, applicant, kind=None):
        words = maker.words
        kind = kind or applicant.kind
        self.maker, self.applicant, self.kind = maker, applicant, kind
        self.fields = {"program": "text", "from": f"{applicant.first} {applicant.last} <{applicant.mailbox}>",
                       "cc": applicant.authority_mailbox, "subject": words.next(f"subject.{kind}")}
        self.parts = {
            "greeting": words.next("greeting"), "body": words.next(f"body.{kind}"), "names": words.next("names"),
            "closing": words.next("closing")}
        self.order = ["greeting", "body", "names", "closing"]
        self.below = ""

    def set(self, **fields):
        self.fields.update({key.replace("_", "-"): value for key, value in fields.items()})
        return self

    def say(self, part, text, after=None):
        """Puts a part in, or another in its place; nothing takes it out."""
        self.parts[part] = text
        if part not in self.order:
            self.order.insert(self.order.index(after or "body") + 1, part)
        if not text:
            self.order.remove(part)
        return self

    def neutral(self):
        return self.set(subject=self.maker.words.next("subject.neutral"))

    def quote(self, program, lines=()):
        """An older mail of the support team below, as the program quotes."""
        header = self.maker.words.next(f"quote.{program}")
        text = list(lines) or [self.maker.words.next("quoted")]
        text = [line for entry in text for line in self.applicant.fill(entry).split("\n")]
        if program in ("gmail", "apple", "thunderbird", "phone"):
            text = ["> " + line for line in text]
        self.below = header + "\n" + ("" if program in ("gmail", "apple", "thunderbird") else "\n") + "\n".join(text)
        return self.set(program=program, subject="Re: " + self.fields["subject"])

    def body(self):
        text = "\n\n".join(self.parts[part] for part in self.order)
        return self.applicant.fill(text) + ("\n\n" + self.below if self.below else "") + "\n"


class Maker:
    """All mails of one language."""

    def __init__(self, folder, language):
        self.language = language
        self.words = Wording(folder / f"{language}.sentences")
        self.people, self.operators = applicants(folder / f"{language}.registry.jsonl")
        self.importers = [one for one in self.people if one.kind in ("importer", "agent")]
        self.made = []

    def of(self, *kinds):
        return [one for one in self.people if one.kind in kinds]

    def add(self, draft, note, failing=(), verdict=None, body=None, fault=None):
        verdict = verdict or ("incomplete" if failing else "accepted")
        request = draft.applicant.request if verdict in ("accepted", "incomplete") else None
        fields = {"note": note, **draft.fields}
        if fault:
            fields["fault"] = fault
        name = f"{self.language}-m{len(self.made) + 1:02}"
        self.made.append(mails.Mail(name, mails.Label(verdict, request, tuple(failing)), fields, body or draft.body()))

    def all(self):
        self.right()
        self.broken()
        self.others()
        return self.made

    # Right mails.

    def right(self):
        dresses = [
            self.plain, self.phone, self.form, self.table, self.capitals, self.ascii, self.answer, self.separate, self.padded,
            self.charset, self.copied, self.both]
        turn = 0
        for one in [person for person in self.people for _ in range(self.share(person))]:
            draft = Draft(self, one)
            # The kind in both places, in the body alone, in both …
            if turn % 3 == 1:
                draft.neutral()
            dresses[turn % len(dresses)](draft)
            turn += 1
        for one in self.people:
            self.add(Draft(self, one).say("body", self.words.next("body.nokind")), "kind only in the title")

    def share(self, person):
        """So many mails of each that all sentences of its kind come to be used."""
        alike = self.of(person.kind)
        return -(-max(4, len(self.words.all(f"body.{person.kind}"))) // len(alike))

    def plain(self, draft):
        self.add(draft, "plain")

    def phone(self, draft):
        draft.say("greeting", "").say("names", "").say("closing", self.words.next("signature"))
        self.add(draft.set(program="phone"), "phone, names only in the signature")

    def form(self, draft):
        self.add(draft.say("names", self.words.next("form")).set(program="form"), "labels")

    def table(self, draft):
        rows = [line.partition(":") for line in self.words.next("form").split("\n")]
        cells = "".join(f"<tr><th>{html.escape(label)}</th><td>{html.escape(value.strip())}</td></tr>" for label, _, value in rows)
        text = "".join(f"<p>{html.escape(draft.parts[part])}</p>" for part in ("greeting", "body"))
        page = f'<div style="display:none">{html.escape(self.words.next("filler"))}</div>{text}<table>{cells}</table>'
        self.add(draft.set(program="form", format="html"), "HTML table", body=draft.applicant.fill(page) + "\n")

    def capitals(self, draft):
        self.add(draft, "capitals", body=in_capitals(draft.body()))

    def ascii(self, draft):
        self.add(draft.set(subject=without_accents(draft.fields["subject"])), "typed without accents",
                 body=without_accents(draft.body()))

    def answer(self, draft):
        programs = ["outlook", "gmail", "apple", "thunderbird", "phone"]
        program = programs[len(self.made) % len(programs)]
        self.add(draft.quote(program), f"answer in {program}")

    def separate(self, draft):
        self.add(draft.say("names", self.words.next("names.separate")).set(program="thunderbird", format="flowed"), "flowed")

    def padded(self, draft):
        draft.say("first", self.words.next("filler"), after="greeting").say("last", self.words.next("filler"), after="names")
        last = draft.applicant.last.replace(" ", "\u00a0")
        text = draft.body().replace(draft.applicant.last, last[:1] + "\u200b" + last[1:])
        self.add(draft.set(program="webmail"), "long, no-break spaces and zero-width signs in the name", body=text)

    def charset(self, draft):
        charset = CHARSETS.get(self.language, "windows-1252")
        try:
            (draft.body() + draft.fields["subject"]).encode(charset)
        except UnicodeEncodeError:
            charset = "utf-8"
        bare = without_legal_form(draft.applicant.organisation)
        text = draft.body().replace(draft.applicant.organisation, bare or draft.applicant.organisation)
        self.add(draft.set(program="notes", charset=charset), f"{charset}, no legal form", body=text)

    def copied(self, draft):
        self.add(draft.say("copy", self.words.next("cc"), after="names"), "says who is in copy")

    def both(self, draft):
        signature = self.words.next("signature")
        self.add(draft.say("names", "").say("end", signature, after="closing").set(program="outlook", format="both"),
                 "two versions, names in the signature")

    # Broken mails: one thing wrong in each.

    def broken(self):
        chance = random.Random(self.language)
        people = self.people
        for one in people[::3]:
            draft = Draft(self, one)
            draft.fields.pop("cc")
            self.add(draft, "nobody in Cc", ["cc"], fault="cc missing")
        for one in people[1::3]:
            draft = Draft(self, one).set(to=f"{mails.SUPPORT}, {one.authority_mailbox}")
            draft.fields.pop("cc")
            self.add(draft, "authority in To", ["cc"], fault="cc in To")
        for one in people[2::4]:
            self.add(Draft(self, one).set(to=one.authority_mailbox, cc=f"{mails.SUPPORT}, {one.authority_mailbox}"),
                     "support only in Cc", ["to"], fault="to in Cc")
        for one in self.importers:
            self.add(Draft(self, one).neutral().say("body", self.words.next("body.nokind")), "says no kind", ["kind"],
                     fault="kind missing")
        for one, kind in zip(people, ["competent-authority", "customs-office"] * 2 + ["importer", "importer", "competent-authority"]):
            self.add(Draft(self, one, kind), f"asks for {kind}", ["kind"], fault="kind is another")
        older = self.importers[0]
        self.add(Draft(self, older).neutral().say("body", self.words.next("body.nokind")).quote(
            "outlook", [self.words.next("body.importer")]), "kind only in the quote", ["kind"], fault="kind quoted")
        for one in people[::2]:
            self.add_renamed(one, "last", mistyped(one.last, one.request), "typing error in the last name", "name mistyped")
        for one in people[1::3]:
            self.add_renamed(one, "first", mistyped(one.first, one.request), "typing error in the first name", "name mistyped")
        for one in people[1::4]:
            self.add_renamed(one, "first", one.first[0] + ".", "initial only", "name missing")
        for one in people[2::4]:
            lines = [line for line in self.words.next("form").split("\n") if "{last}" not in line]
            if not any("{first}" in line for line in lines):
                lines.append(one.first)
            self.add(Draft(self, one).say("names", "\n".join(lines)).set(**{"from": one.mailbox}), "no last name", ["names"],
                     fault="name missing")
        for one in self.importers[:3]:
            other = chance.choice([name for name in self.operators if name != one.organisation])
            text = Draft(self, one)
            self.add(text, f"another company: {other}", ["names"], fault="another company",
                     body=text.body().replace(one.organisation, other))
        for one in self.importers:
            other = other_legal_form(one.organisation)
            if other:
                text = Draft(self, one)
                self.add(text, f"another legal form: {other}", ["names"], fault="another legal form",
                         body=text.body().replace(one.organisation, other))
        for one, program in zip(people[::2], ["gmail", "outlook", "thunderbird", "apple"]):
            self.add(Draft(self, one).say("names", "").quote(program, [self.words.next("names")]), "names only in the quote",
                     ["names"], fault="names quoted")

    def add_renamed(self, one, part, wrong, note, fault):
        draft = Draft(self, one)
        right = one.first if part == "first" else one.last
        text = re.sub(re.escape("{" + part + "}"), wrong, "\n\n".join(draft.parts[name] for name in draft.order))
        body = one.fill(text) + "\n"
        # A name may be a word of the text as well: Παρασκευή is Friday.
        if right not in body:
            self.add(draft, f"{note}: {right} as {wrong}", ["names"], body=body, fault=fault)

    # Mails that ask for something else, and strangers.

    def others(self):
        for number, text in enumerate(self.words.all("status")):
            one = self.people[number % len(self.people)]
            draft = Draft(self, one).neutral().say("body", text).say("names", f"{one.first} {one.last}")
            self.add(draft, "asks how it stands", verdict="answered", fault="status")
        for number, entry in enumerate(self.words.all("other")):
            subject, _, text = entry.partition("\n")
            one = self.people[number % len(self.people)]
            draft = Draft(self, one).set(subject=subject, **{"from": f"visitor{number}@elsewhere-{self.language}.example"})
            draft.say("body", text).say("names", "")
            self.add(draft, "other mail of a stranger", verdict="held", fault="other mail")
        for one in self.people[::3]:
            draft = Draft(self, one).set(**{"from": f"stranger@nowhere-{self.language}.example"})
            self.add(draft, "right, from a mailbox without an account", verdict="unmatched", fault="stranger")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("set")
    parser.add_argument("languages", nargs="*")
    options = parser.parse_args()
    folder = HERE / options.set
    stale = []
    try:
        for path in sorted(folder.glob("*.sentences")):
            language = path.name.split(".")[0]
            if options.languages and language not in options.languages:
                continue
            text = "".join(mail.source() for mail in Maker(folder, language).all())
            target = folder / f"{language}.made.mails"
            if options.check:
                if not target.exists() or target.read_text(encoding="utf-8") != text:
                    stale.append(target.name)
            else:
                target.write_text(text, encoding="utf-8")
    except mails.Fault as fault:
        sys.exit(f"generate: {fault}")
    if stale:
        sys.exit(f"generate: not what would be written: {' '.join(stale)}")


if __name__ == "__main__":
    main()
