#!/usr/bin/env python3
"""Makes N mails of about 2 KB and the registry that they belong to: each mail from an account of its own with one
pending request. Same N, same files.

    generate.py --mails N --folder DIR      writes DIR/mails/*.eml, DIR/registry.jsonl and DIR/expected.json
"""

import argparse
import base64
import collections
import json
import pathlib
import quopri
import random

SUPPORT = "traces-support@postern.example"
BORDER = "mx.postern.example"

# Country, language, authority, people (first names, last names), companies (word, trade, legal form).
COUNTRIES = [
    {
        "country": "IE", "language": "en", "authority": "Forest Service", "mailbox": "flegt@forest-service.example",
        "first": ["Aoife", "Conor", "Niamh", "Eoin", "Ciara"], "last": ["Byrne", "Gallagher", "Doyle", "Kavanagh"],
        "company": "{} Timber Ltd",
        "subject": "Role request for FLEGT timber importer",
        "text": "Dear TRACES Support Team,\n\nI have asked for a role in TRACES and send you this mail as described in"
        " the guide. It is a role request for a FLEGT timber importer.\n\nFirst name: {first}\nLast name: {last}\n"
        "Operator company: {company}\n",
        "filler": "We import sawn timber and plywood from several countries and expect our first shipment with a"
        " licence next month. Our customs agent has the papers. ",
        "closing": "Kind regards,\n{first} {last}",
    },
    {
        "country": "DE", "language": "de", "authority": "Bundesanstalt für Holzhandel",
        "mailbox": "flegt@holzhandel-amt.example",
        "first": ["Jürgen", "Anke", "Björn", "Käthe", "Sören"], "last": ["Müller", "Großmann", "Schäfer", "Köhler"],
        "company": "{} Hölzer GmbH",
        "subject": "Rollenantrag FLEGT Holzimporteur",
        "text": "Sehr geehrte Damen und Herren,\n\nhiermit sende ich Ihnen meinen Rollenantrag als FLEGT-Holzimporteur,"
        " wie in der Anleitung beschrieben.\n\nVorname: {first}\nNachname: {last}\nUnternehmen: {company}\n",
        "filler": "Wir führen Schnittholz und Sperrholz aus mehreren Ländern ein und erwarten die erste Sendung mit"
        " Lizenz im nächsten Monat. Die Papiere liegen unserem Spediteur vor. ",
        "closing": "Mit freundlichen Grüßen\n{first} {last}",
    },
    {
        "country": "HR", "language": "hr", "authority": "Ministarstvo šumarstva", "mailbox": "flegt@sumarstvo.example",
        "first": ["Željko", "Đurđa", "Ana", "Krešimir", "Šime"], "last": ["Šarić", "Horvat", "Čavlović", "Đurić"],
        "company": "{} drvo d.o.o.",
        "subject": "Zahtjev za ulogu: FLEGT uvoznik drva",
        "text": "Poštovani,\n\nšaljem zahtjev za ulogu FLEGT uvoznika drva kako je opisano u uputama.\n\nIme: {first}\n"
        "Prezime: {last}\nTvrtka: {company}\n",
        "filler": "Uvozimo piljenu građu i šperploču iz više zemalja i prvu pošiljku s dozvolom očekujemo sljedeći"
        " mjesec. Dokumenti su kod našeg otpremnika. ",
        "closing": "Srdačan pozdrav,\n{first} {last}",
    },
    {
        "country": "FR", "language": "fr", "authority": "Direction des forêts", "mailbox": "flegt@forets.example",
        "first": ["Élodie", "François", "Jérôme", "Zoé", "Hélène"], "last": ["Lefèvre", "Béranger", "Noël", "Dupont"],
        "company": "{} Frères SARL",
        "subject": "Demande de rôle : importateur de bois FLEGT",
        "text": "Madame, Monsieur,\n\nje vous adresse ma demande de rôle d'importateur de bois FLEGT, comme l'indique"
        " le guide.\n\nPrénom : {first}\nNom : {last}\nEntreprise : {company}\n",
        "filler": "Nous importons des sciages et du contreplaqué de plusieurs pays et attendons le premier envoi sous"
        " licence le mois prochain. Notre transitaire dispose des documents. ",
        "closing": "Cordialement,\n{first} {last}",
    },
]

# What each mail is made to be, out of a hundred. The first word is the verdict.
MIX = (
    ["accepted"] * 70
    + ["incomplete cc"] * 8 + ["incomplete names"] * 6 + ["incomplete to"] * 4 + ["incomplete kind"] * 2
    + ["unmatched"] * 4
    + ["held"] * 3
    + ["ignored"] * 3
)
REPLIES = {"accepted", "incomplete", "unmatched"}


def folded_subject(text):
    if text.isascii():
        return text
    return "=?utf-8?B?" + base64.b64encode(text.encode()).decode() + "?="


def encoded(text, number):
    """A body part's transfer encoding and bytes, one of the three in use."""
    lines = text.replace("\n", "\r\n")
    if number % 3 == 0:
        return "quoted-printable", quopri.encodestring(text.encode()).decode().replace("\n", "\r\n")
    if number % 3 == 1:
        return "8bit", lines
    data = base64.b64encode(lines.encode()).decode()
    return "base64", "\r\n".join(data[at:at + 76] for at in range(0, len(data), 76)) + "\r\n"


def body(text, number):
    """Content fields and body: plain text, or plain text with HTML beside it."""
    if number % 5 < 3:
        encoding, data = encoded(text, number)
        return [
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", f"Content-Transfer-Encoding: {encoding}"
        ], data
    boundary = f"=_part_{number:08d}"
    short = text[:700] if len(text) > 900 else text
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in short.split("\n") if line) + "</body></html>\n"
    parts = []
    for kind, content in (("plain", short), ("html", html)):
        encoding, data = encoded(content, number + 1)
        parts.append(
            f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}"
            f"\r\n\r\n{data}\r\n")
    return [
        "MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{boundary}"'
    ], "".join(parts) + f"--{boundary}--\r\n"


def mail(number, shape, place, first, last, company, domain):
    verdict = shape.split()[0]
    sender = f"{chr(97 + number % 26)}{number}@{domain}"
    to, cc, subject = SUPPORT, place["mailbox"], place["subject"]
    text = place["text"]
    named = {"first": first, "last": last, "company": company}
    if shape == "incomplete cc":
        cc = None
    elif shape == "incomplete to":
        to, cc = place["mailbox"], SUPPORT
    elif shape == "incomplete names":
        named["last"] = "" if number % 2 else last[::-1]
    elif shape == "incomplete kind":
        subject, text = "TRACES", "{first} {last}, {company}\n"
    body_text = text.format(**named)
    if shape != "incomplete kind":
        while len(body_text.encode()) < 420:
            body_text += "\n" + place["filler"]
    body_text += "\n\n" + place["closing"].format(**named) + "\n"
    content_fields, content = body(body_text, number)
    selector = base64.b64encode(random.Random(number).randbytes(128)).decode()
    fields = [
        "Return-Path: <>" if verdict == "ignored" else f"Return-Path: <{sender}>",
        *([] if verdict == "held" else [
            f"Authentication-Results: {BORDER};\r\n\tdkim=pass header.d={domain} header.s=mail;\r\n"
            f"\tspf=pass smtp.mailfrom={domain};\r\n\tdmarc=pass (p=reject) header.from={domain}"]),
        f"Received: from out.{domain} (out.{domain} [192.0.2.{number % 250 + 1}])\r\n"
        f"\tby {BORDER} (Postfix) with ESMTPS id {number:08X}\r\n\tfor <{SUPPORT}>; Mon, 2 Nov 2026 09:30:00 +0000",
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain};\r\n\ts=mail; h=from:to:cc:subject:date;\r\n\tb="
        + "\r\n\t ".join(selector[at:at + 70] for at in range(0, len(selector), 70)),
        f"From: {folded_subject(first + ' ' + last)} <{sender}>",
        f"To: {to}",
        *([f"Cc: {cc}"] if cc else []),
        f"Subject: {folded_subject(subject)}",
        "Date: Mon, 2 Nov 2026 10:29:58 +0100",
        f"Message-ID: <{number:08x}.{len(content)}@{domain}>",
        *(["Auto-Submitted: auto-replied"] if verdict == "ignored" else []),
        *content_fields,
    ]
    return sender, "\r\n".join(fields) + "\r\n\r\n" + content


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--mails", type=int, required=True)
    options.add_argument("--folder", type=pathlib.Path, required=True)
    given = options.parse_args()
    mails = given.folder / "mails"
    mails.mkdir(parents=True, exist_ok=True)
    chance = random.Random(20261102)
    counts = collections.Counter()
    with open(given.folder / "registry.jsonl", "w", encoding="utf-8") as registry:
        def entry(**values):
            registry.write(json.dumps(values, ensure_ascii=False) + "\n")

        for place in COUNTRIES:
            entry(type="authority", id=f"CA-{place['country']}", role="FMSCA", code=f"FMSCA-{place['country']}",
                  name=place["authority"], country=place["country"], mailbox=place["mailbox"])
        for number in range(given.mails):
            place = COUNTRIES[chance.randrange(len(COUNTRIES))]
            shape = MIX[chance.randrange(len(MIX))]
            first, last = chance.choice(place["first"]), chance.choice(place["last"])
            company = place["company"].format("Nord" + "".join(chance.choices("abcdeiklmnoprstu", k=6)))
            domain = f"firm{number % 997}.example"
            sender, text = mail(number, shape, place, first, last, company, domain)
            (mails / f"{number:06d}.eml").write_bytes(text.encode())
            counts[shape.split()[0]] += 1
            if shape == "unmatched":
                continue
            entry(type="operator", id=f"OP-{number}", name=company, country=place["country"],
                  activities=["imported-timber-products"],
                  identifiers=[{"scheme": "EORI", "value": f"{place['country']}{number:09d}"}])
            entry(type="account", id=f"A-{number}", firstName=first, lastName=last, mailbox=sender,
                  language=place["language"], state="active")
            entry(type="request", id=f"R-{number}", account=f"A-{number}", kind="importer", operator=f"OP-{number}",
                  actingAs="importer", additional=False, status="requested", requestedAt="2026-11-01T09:00:00Z")
    expected = {"verdicts": dict(counts), "replies": sum(counts[verdict] for verdict in REPLIES)}
    (given.folder / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
