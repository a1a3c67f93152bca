"""What the generator builds mails from: the sentences of one language and the people and companies of its registry."""

import dataclasses
import json
import pathlib
import random
import re
import unicodedata

import mails

# Letters that lose nothing but a stroke or a ligature when typed without accents.
PLAIN = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i",
    "ħ": "h", "Ħ": "H", "ð": "d", "þ": "th", "„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "…": "...",
})
# ELOT 743 and the Bulgarian law of 2009, without their rules for pairs of letters but the commonest.
GREEK_PAIRS = [("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("γχ", "nch"), ("ντ", "nt"), ("μπ", "mp")]
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψως", "a v g d e z i th i k l m n x o p r s t y f ch ps o s".split()))
BULGARIAN = dict(zip(
    "абвгдежзийклмнопрстуфхцчшщъьюя", "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya".split()))

LEGAL_FORMS = [
    # As they stand at a name's end, and a form of the same country that is another one.
    (r" GmbH & Co\. KG$", " AG"), (r" GmbH$", " AG"), (r" AG$", " GmbH"), (r" KG$", " GmbH"), (r" UG$", " AG"), (r",? s\.r\.o\.$", " a.s."),
    (r",? spol\. s r\.o\.$", " a.s."), (r",? a\.s\.$", " s.r.o."), (r" d\.o\.o\.$", " d.d."), (r" d\.d\.$", " d.o.o."), (r" j\.d\.o\.o\.$", " d.d."),
    (r" Sp\. z o\.o\.$", " S.A."), (r" sp\. z o\.o\.$", " S.A."), (r" S\.A\.$", " XX"), (r" Kft\.$", " Zrt."), (r" Zrt\.$", " Kft."), (r" Bt\.$", " Kft."),
    (r",? S\.L\.$", " S.A."), (r",? Lda\.?$", " S.A."), (r" SARL$", " SA"), (r" SAS$", " SARL"), (r" S\.r\.l\.$", " S.p.A."), (r" S\.p\.A\.$", " S.r.l."),
    (r" SRL$", " SA"), (r" B\.V\.$", " N.V."), (r" BV$", " NV"), (r" N\.V\.$", " B.V."), (r" Oy$", " Ky"), (r" ApS$", " A/S"), (r" A/S$", " ApS"), (r" AB$", " HB"),
    (r" OÜ$", " AS"), (r" AS$", " OÜ"), (r" ООД$", " АД"), (r" ЕООД$", " АД"), (r" АД$", " ООД"), (r" ΕΠΕ$", " ΙΚΕ"), (r" ΙΚΕ$", " ΕΠΕ"), (r" Ltd\.?$", " plc"), (r" plc$", " Ltd"),
    (r" DAC$", " plc"), (r" Teo\.?$", " cpt"),
]
FORMS_BEFORE = [(r"^SIA ", "AS "), (r"^UAB ", "AB "), (r"^AS ", "SIA "), (r"^MB ", "UAB "), (r"^AB ", "UAB ")]


@dataclasses.dataclass(frozen=True)
class Applicant:
    """An account with its one pending request, and whom it concerns."""

    request: str
    kind: str
    first: str
    last: str
    mailbox: str
    organisation: str
    authority: str
    authority_mailbox: str

    def fill(self, text):
        return text.replace("{first}", self.first).replace("{last}", self.last).replace(
            "{org}", self.organisation).replace("{authority}", self.authority)


class Wording:
    """The sections of an `xx.sentences` file. Each section is used up before one of its entries comes again."""

    def __init__(self, path):
        self.sections, self.turns = {}, {}
        section = None
        for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").splitlines(), 1):
            line = line.strip()
            if re.fullmatch(r"\[[a-z.-]+\]", line):
                section = self.sections.setdefault(line[1:-1], [])
            elif line and section is not None:
                section.append("\n".join(part.strip() for part in line.split(" | ")))
            elif line:
                raise mails.Fault(f"{path}:{number}: no section yet")

    def next(self, section):
        entries = self.sections.get(section)
        if not entries:
            raise mails.Fault(f"no sentences: [{section}]")
        turn = self.turns.get(section, 0)
        self.turns[section] = turn + 1
        return entries[turn % len(entries)]

    def all(self, section):
        return list(self.sections.get(section, []))


def applicants(path):
    """The accounts of a registry that have one pending request, in the order of their requests; and every operator's name."""
    entries = [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    known = {entry["id"]: entry for entry in entries if "id" in entry}
    competent = next(entry for entry in entries if entry["type"] == "authority" and entry["role"] == "FMSCA")
    mailbox = competent["mailbox"] if isinstance(competent["mailbox"], str) else competent["mailbox"][0]
    found = []
    for entry in entries:
        if entry["type"] != "request" or entry["status"] != "requested":
            continue
        account = known[entry["account"]]
        kind = "additional" if entry.get("additional") else "agent" if entry.get("actingAs") == "agent" else entry["kind"]
        found.append(Applicant(
            entry["id"], kind, account["firstName"], account["lastName"], account["mailbox"],
            known[entry.get("operator") or entry.get("authority")]["name"], competent["name"], mailbox))
    return found, [entry["name"] for entry in entries if entry["type"] == "operator"]


def without_accents(text):
    """As people type who have no other keys: accents off, Greek and Bulgarian in Latin letters."""
    result = unicodedata.normalize("NFD", text.translate(PLAIN))
    result = "".join(letter for letter in result if not unicodedata.combining(letter))
    for pair, latin in GREEK_PAIRS:
        result = result.replace(pair, latin).replace(pair.upper(), latin.upper()).replace(pair.capitalize(), latin.capitalize())
    return "".join(_latin(letter) for letter in result)


def _latin(letter):
    for table in (GREEK, BULGARIAN):
        if letter.lower() in table:
            latin = table[letter.lower()]
            return latin if letter.islower() else latin.capitalize()
    return letter


def in_capitals(text):
    """Upper case as typed: Greek capitals bear no accents."""
    if any("\u0370" <= letter <= "\u03ff" for letter in text):
        bare = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", "".join(letter for letter in bare if letter != "\u0301"))
    return text.upper()


def mistyped(name, seed):
    """One typing error inside the longest word of a name: two letters swapped, one left out, doubled or another."""
    chance = random.Random(seed)
    word = max(re.findall(r"\w+", name), key=len)
    for _ in range(50):
        place = chance.randrange(1, len(word) - 1)
        wrong = chance.choice([
            word[:place] + word[place + 1] + word[place] + word[place + 2:], word[:place] + word[place + 1:],
            word[:place] + word[place] + word[place:], word[:place] + chance.choice("bkmqx") + word[place + 1:]])
        if without_accents(wrong).lower() != without_accents(word).lower():
            return name.replace(word, wrong, 1)
    raise mails.Fault(f"no typing error found for {name}")


def without_legal_form(name):
    """The name without its legal form, or nil where the table knows none."""
    for pattern, _ in LEGAL_FORMS + FORMS_BEFORE:
        bare = re.sub(pattern, "", name)
        if bare != name and len(bare) > 4:
            return bare
    return None


def other_legal_form(name):
    """The name with another legal form of its country, or nil."""
    for pattern, other in LEGAL_FORMS + FORMS_BEFORE:
        if re.search(pattern, name) and "XX" not in other:
            return re.sub(pattern, other, name)
    return None
