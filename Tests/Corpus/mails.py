"""Labelled mails in a form that people can write and read, and the real mails that they stand for.

A file `xx.mails` holds mails of one language, each from a line `### NAME` to the next:

    ### de-01
    expect: incomplete R-DE-1: cc
    note: what is special about it
    program: outlook
    from: Jürgen Weiß <weiss@holz-de.example>
    cc: flegt@amt-de.example
    subject: Freischaltung

    The body, as it is.

Keys: `expect` (see `Label`), `note`, `program` (the mail program whose habits it has), `format` (text, html, both, flowed),
`charset`, `from`, `to` (default: the support mailbox), `cc`, `bcc`, `reply-to`, `subject`.
"""

import dataclasses
import email.header
import email.message
import email.policy
import html
import pathlib
import re

SUPPORT = "traces-support@postern.example"
BORDER = "mx.postern.example"
# When the mails are read: after all requests were made.
NOW = "2026-11-20T12:00:00Z"

RULES = ["from", "to", "cc", "kind", "names"]
VERDICTS = ["accepted", "incomplete", "ambiguous", "answered", "unmatched", "held", "notaccepted"]
PROGRAMS = ["text", "phone", "outlook", "gmail", "apple", "thunderbird", "notes", "webmail", "form"]
FORMATS = ["text", "html", "both", "flowed"]
KEYS = ["expect", "note", "program", "format", "charset", "from", "to", "cc", "bcc", "reply-to", "subject", "fault"]

# How each program writes the octets of a text: the transfer encoding.
ENCODINGS = {
    "text": "8bit", "phone": "base64", "outlook": "quoted-printable", "gmail": "quoted-printable", "apple": "quoted-printable",
    "thunderbird": "8bit", "notes": "quoted-printable", "webmail": "base64", "form": "8bit",
}


class Fault(Exception):
    """A file that does not keep to the form; says where."""


@dataclasses.dataclass(frozen=True)
class Label:
    """What a mail must come to: `VERDICT [REQUEST][: RULES]`.

    `incomplete R-1: cc names` names the rules that fail, and no other does. `notaccepted`: any verdict but accepted and
    prepared.
    """

    verdict: str
    request: str | None
    failing: tuple[str, ...]

    @staticmethod
    def parse(text):
        head, colon, tail = text.partition(":")
        words = head.split()
        failing = tuple(tail.split())
        if not words or words[0] not in VERDICTS or len(words) > 2:
            raise Fault(f"expect: not understood: {text}")
        if any(rule not in RULES for rule in failing) or bool(colon) != (words[0] == "incomplete" and bool(failing)):
            raise Fault(f"expect: rules are named for incomplete, and only there: {text}")
        if (words[0] in ("accepted", "incomplete")) != (len(words) == 2):
            raise Fault(f"expect: accepted and incomplete name the request: {text}")
        return Label(words[0], words[1] if len(words) == 2 else None, failing)

    def __str__(self):
        return self.verdict + (f" {self.request}" if self.request else "") + (
            ": " + " ".join(self.failing) if self.failing else "")


@dataclasses.dataclass(frozen=True)
class Mail:
    """One labelled mail."""

    name: str
    label: Label
    fields: dict
    body: str

    @property
    def language(self):
        return self.name.split("-")[0]

    @property
    def program(self):
        return self.fields.get("program", "text")

    @property
    def fault(self):
        """What is wrong with it, for the table: the generator's word, else the rules that fail, else the verdict."""
        return self.fields.get("fault") or " ".join(self.label.failing) or self.label.verdict

    def octets(self):
        """The mail as it lies in the support mailbox."""
        return _octets(self)

    def source(self):
        """The mail in the form of the file."""
        lines = [f"### {self.name}", f"expect: {self.label}"]
        lines += [f"{key}: {self.fields[key]}" for key in KEYS if key != "expect" and key in self.fields]
        return "\n".join(lines) + "\n\n" + self.body.rstrip("\n") + "\n\n"


def read(path):
    """The mails of a file."""
    blocks = re.split(r"^### ", pathlib.Path(path).read_text(encoding="utf-8"), flags=re.MULTILINE)
    if blocks[0].strip():
        raise Fault(f"{path}: text before the first mail")
    return [_mail(path, block) for block in blocks[1:]]


def _mail(path, block):
    head, _, body = block.partition("\n\n")
    name, *lines = head.split("\n")
    fields = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if not colon or key not in KEYS or key in fields:
            raise Fault(f"{path}: {name}: not a field, or twice: {line}")
        fields[key] = value.strip()
    try:
        for key, known in [("program", PROGRAMS), ("format", FORMATS)]:
            if fields.get(key, known[0]) not in known:
                raise Fault(f"{key}: {fields[key]}")
        if "@" not in fields.get("from", ""):
            raise Fault("no from")
        label = Label.parse(fields.pop("expect", ""))
        mail = Mail(name.strip(), label, fields, body.strip("\n") + "\n")
        mail.octets()
        return mail
    except (Fault, LookupError, UnicodeError) as fault:
        raise Fault(f"{path}: {name}: {fault}") from fault


def _octets(mail):
    fields = mail.fields
    message = email.message.EmailMessage(policy=email.policy.SMTP.clone(utf8=False, max_line_length=76))
    charset = fields.get("charset", "utf-8")
    encoding = ENCODINGS[mail.program]
    form = fields.get("format", "text")
    if form == "html":
        message.set_content(_page(mail.body), subtype="html", charset=charset, cte=encoding)
    else:
        text = _flowed(mail.body) if form == "flowed" else mail.body
        longest = max(len(line.encode(charset)) for line in text.split("\n"))
        if encoding == "8bit" and longest > 900:
            encoding = "quoted-printable"
        message.set_content(text, charset=charset, cte=encoding)
        if form == "flowed":
            message.set_param("format", "flowed")
        if form == "both":
            message.add_alternative(_page(_twin(mail)), subtype="html", charset="utf-8", cte="quoted-printable")
            message.set_boundary(f"twins-of-{mail.name}")
    address = re.search(r"[^\s<>]+@([^\s<>]+)", fields["from"])
    domain = address.group(1)
    lines = [
        f"Return-Path: <{address.group(0)}>",
        f"Authentication-Results: {BORDER};\r\n\tdkim=pass header.d={domain};\r\n\tdmarc=pass header.from={domain}",
        f"Received: from mail.{domain} (mail.{domain} [192.0.2.34])\r\n\tby {BORDER} with ESMTPS"
        f"\r\n\tfor <{SUPPORT}>; Thu, 19 Nov 2026 08:12:44 +0000",
    ]
    for key in ["from", "to", "cc", "bcc", "reply-to"]:
        value = fields.get(key, SUPPORT if key == "to" else "")
        if value:
            lines.append(f"{key.title()}: {_addresses(value)}")
    lines.append("Subject: " + email.header.Header(fields.get("subject", ""), charset=charset).encode(linesep="\r\n"))
    lines += ["Date: Thu, 19 Nov 2026 08:12:41 +0000", f"Message-ID: <{mail.name}@{domain}>"]
    return "\r\n".join(lines).encode("ascii") + b"\r\n" + message.as_bytes()


def _addresses(text):
    """Display names in encoded words, addresses as they are. A comma may stand in a name."""
    entries, pending = [], ""
    for piece in text.split(","):
        pending += "," + piece if pending else piece
        if "@" in pending:
            entries.append(pending.strip())
            pending = ""
    result = []
    for entry in entries + ([pending.strip()] if pending.strip() else []):
        name, opened, address = entry.partition("<")
        name = name.strip().strip('"')
        if not opened:
            result.append(name)
        elif re.fullmatch(r"[A-Za-z0-9 ]*", name):
            result.append(f"{name} <{address}".strip())
        else:
            result.append(f"{email.header.Header(name, 'utf-8').encode(linesep=chr(13) + chr(10))} <{address}")
    return ",\r\n\t".join(result)


def _flowed(text):
    """RFC 3676: long lines are broken after a space that stays at the end of the line."""
    lines = []
    for line in text.split("\n"):
        if line.startswith((" ", "From ")):
            line = " " + line
        while len(line) > 72 and " " in line[:72] and not line.startswith(">"):
            cut = line.rindex(" ", 0, 72) + 1
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line if line == "-- " else line.rstrip())
    return "\n".join(lines)


def _twin(mail):
    """The HTML that a program sends beside a plain text."""
    blocks = []
    quote = 0
    for line in mail.body.rstrip("\n").split("\n"):
        depth = len(re.match(r"(?:> ?)*", line).group(0).replace(" ", ""))
        text = html.escape(re.sub(r"^(?:> ?)*", "", line)) or "<br>"
        while quote < depth:
            blocks.append('<blockquote type="cite">')
            quote += 1
        while quote > depth:
            blocks.append("</blockquote>")
            quote -= 1
        blocks.append(f'<p class="MsoNormal">{text}</p>' if mail.program == "outlook" else f"<div>{text}</div>")
    return "\n".join(blocks + ["</blockquote>"] * quote)


def _page(body):
    return body if "<html" in body else f"<html><head><title>-</title></head><body>\n{body}\n</body></html>\n"
