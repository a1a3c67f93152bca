#!/usr/bin/env python3
"""Does what a person does with a mail program, for the walkthrough.

    by-hand.py write FROM LINK       the mail that a mailto: link opens (RFC 6068), sent from the address FROM, as the
                                     receiving server stores it: with its Received and its DMARC result
    by-hand.py link SINK ADDRESS     the mailto: link in the newest mail that smtp-sink took for ADDRESS; waits for one
    by-hand.py read SINK ADDRESS     the text of that mail
"""

import email
import email.message
import email.policy
import email.utils
import pathlib
import re
import sys
import time
import urllib.parse

SERVER = "mx.postern.example"


def write(sender, link):
    target, _, query = link.removeprefix("mailto:").partition("?")
    fields = {name.lower(): urllib.parse.unquote(value)
              for name, _, value in (pair.partition("=") for pair in query.split("&") if pair)}
    domain = sender.partition("@")[2]
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["Return-Path"] = f"<{sender}>"
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={domain}"
    mail["Received"] = f"from mail.{domain} by {SERVER} with ESMTPS id {time.time_ns():x}; {email.utils.formatdate()}"
    mail["From"] = sender
    mail["To"] = urllib.parse.unquote(target)
    if fields.get("cc"):
        mail["Cc"] = fields["cc"]
    mail["Subject"] = fields.get("subject", "")
    mail["Date"] = email.utils.formatdate()
    mail["Message-ID"] = email.utils.make_msgid(domain=domain)
    mail.set_content(fields.get("body", "").replace("\r\n", "\n") + "\n")
    sys.stdout.buffer.write(mail.as_bytes())


def newest(sink, address):
    """The last mail for the address; smtp-sink writes one file a mail, with the envelope above the header."""
    for _ in range(300):
        found = []
        for path in pathlib.Path(sink).iterdir():
            data = path.read_bytes()
            envelope, _, rest = data.partition(b"\nReceived:")
            if f"<{address}>".encode() in envelope and rest.rstrip().endswith(b"--"):
                found.append((path.stat().st_mtime_ns, path.name, b"Received:" + rest))
        if found:
            return email.message_from_bytes(max(found)[2], policy=email.policy.default)
        time.sleep(0.1)
    sys.exit(f"by-hand.py: no mail for {address} within half a minute")


def text(mail):
    return mail.get_body(preferencelist=("plain",)).get_content()


def main():
    match sys.argv[1:]:
        case ["write", sender, link]:
            write(sender, link)
        case ["link", sink, address]:
            found = re.search(r"<?(mailto:[^\s>]+)", text(newest(sink, address)))
            print(found[1] if found else sys.exit("by-hand.py: that mail holds no link"))
        case ["read", sink, address]:
            print(text(newest(sink, address)))
        case _:
            sys.exit(__doc__)


main()
