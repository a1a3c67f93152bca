#!/usr/bin/env python3
"""A receiving border for tests of `postern doctor --probe`: takes mail by SMTP, adds what such a server adds (Received,
Authentication-Results, Return-Path), strips forged fields or not, and puts the mail into a Dovecot mailbox.

Prints its port, then serves until it is ended. It is no mail server: one mail a connection, no queue."""

import argparse
import pathlib
import re
import socket
import ssl
import sys
import threading

from deliver import Session, quoted


def fields(header):
    """The header's fields, each with its folds."""
    found = []
    for line in header.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and found:
            found[-1] += b"\r\n" + line
        elif line:
            found.append(line)
    return found


def is_results(field):
    return field.split(b":", 1)[0].strip().lower() == b"authentication-results"


def stripped(found, given):
    """What the border lets in of the fields that came with the mail."""
    if given.strip == "none":
        return found
    if given.strip == "plain":
        plain = b"Authentication-Results: " + given.id.encode()
        return [field for field in found if not field.startswith(plain)]
    return [field for field in found if not is_results(field)]


def trace(given):
    """What the border writes, topmost first."""
    received = f"Received: from out.sender.example (out.sender.example [192.0.2.7])\r\n\tby {given.host} with ESMTPS"
    rows = []
    if given.results:
        rows.append(f"Authentication-Results: {given.results_id or given.id}; {given.results}")
    if given.host:
        rows.append(received + "; Sat, 21 Nov 2026 12:00:00 +0000")
    return [row.encode() for row in rows]


def arranged(mail, given):
    header, _, body = mail.partition(b"\r\n\r\n")
    came, ours = stripped(fields(header), given), trace(given)
    if given.place == "below":
        # A server that writes its trace fields beneath what came with the mail.
        results = [field for field in came if is_results(field)]
        rows = results + ours + [field for field in came if not is_results(field)]
    else:
        rows = ours + came
    inner = [b"Received: from mx by inner.traces.example with LMTP; Sat, 21 Nov 2026 12:00:01 +0000"]
    return b"\r\n".join([b"Return-Path: <>"] + inner + rows) + b"\r\n\r\n" + body


def deliver(mail, given):
    session = Session(given.imap_port, given.ca)
    password = pathlib.Path(given.password_file).read_text().strip()
    session.command(b"LOGIN ", quoted(given.user), b" ", quoted(password))
    session.command(b"APPEND ", quoted(given.folder), b" {%d+}\r\n" % len(mail), mail)
    session.command(b"LOGOUT")


def serve(connection, given):
    lines = connection.makefile("rb")

    def say(text):
        connection.sendall(text.encode() + b"\r\n")

    say("220 border.example ESMTP")
    while True:
        line = lines.readline()
        if not line:
            return
        word = line[:4].upper()
        if word == b"EHLO":
            if given.tls:
                say("250-border.example")
                say("250 STARTTLS")
            else:
                say("250 border.example")
        elif word == b"STAR":
            say("220 go ahead")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(given.tls + "/server.pem", given.tls + "/server.key")
            connection = context.wrap_socket(connection, server_side=True)
            lines = connection.makefile("rb")
        elif word == b"DATA":
            if given.refuse:
                say("550 5.7.1 " + given.refuse)
                continue
            say("354 go ahead")
            mail = b""
            while (line := lines.readline()) not in (b".\r\n", b""):
                mail += line[1:] if line.startswith(b".") else line
            if given.folder:
                deliver(arranged(mail, given), given)
            say("250 2.0.0 taken")
        elif word == b"QUIT":
            say("221 bye")
            return
        elif word == b"AUTH":
            say("535 no logins here")
        else:
            say("250 fine")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--imap-port", type=int, required=True)
    options.add_argument("--ca", required=True)
    options.add_argument("--user", default="traces-support")
    options.add_argument("--password-file", required=True)
    options.add_argument("--folder", default="INBOX", help="empty: the mail is lost")
    options.add_argument("--host", default="mx.traces.example", help="stands after `by`; empty: no Received")
    options.add_argument("--id", default="mx.traces.example", help="the authserv-id whose fields are stripped")
    options.add_argument("--results-id", default="", help="the authserv-id of its own field, where it is another")
    options.add_argument("--results", default="dmarc=fail header.from=traces.example", help="empty: none written")
    options.add_argument("--strip", choices=["all", "plain", "none"], default="all")
    options.add_argument("--place", choices=["above", "below"], default="above")
    options.add_argument("--tls", default="", help="folder with server.pem and server.key: STARTTLS is offered")
    options.add_argument("--refuse", default="", help="refuse every mail with this text")
    given = options.parse_args()
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, given), daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
