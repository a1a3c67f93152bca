#!/usr/bin/env python3
"""Puts mail files into a mailbox with IMAP APPEND, many to a round trip, so that Dovecot numbers
them at once and wakes the clients that idle. Ten thousand small mails take a few seconds."""

import argparse
import pathlib
import re
import socket
import ssl
import sys

BATCH_BYTES = 1_000_000


def mail_files(paths):
    """The files named, and the *.eml files of the folders named, those in order of their names."""
    for path in map(pathlib.Path, paths):
        if path.is_dir():
            yield from sorted(path.glob("*.eml"))
        else:
            yield path


def wire_form(data):
    """The mail as it travels: every line ends with CR LF."""
    return re.sub(rb"\r?\n", b"\r\n", data)


class Session:
    def __init__(self, port, ca):
        context = ssl.create_default_context(cafile=ca)
        plain = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket = context.wrap_socket(plain, server_hostname="localhost")
        self.lines = self.socket.makefile("rb")
        self.tag = 0
        self.lines.readline()

    def command(self, *pieces):
        """Sends one command (the pieces joined) and reads up to its tagged answer."""
        self.tag += 1
        tag = b"d%d" % self.tag
        self.socket.sendall(tag + b" " + b"".join(pieces) + b"\r\n")
        while True:
            line = self.lines.readline()
            if not line:
                sys.exit("deliver.py: the server closed the connection")
            if line.startswith(tag + b" "):
                if not line.startswith(tag + b" OK"):
                    sys.exit("deliver.py: " + line.decode("utf-8", "replace").strip())
                return


def quoted(text):
    return b'"' + text.encode().replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--ca", required=True)
    options.add_argument("--user", required=True)
    options.add_argument("--password-file", required=True)
    options.add_argument("--folder", default="INBOX")
    options.add_argument("paths", nargs="+")
    given = options.parse_args()
    session = Session(given.port, given.ca)
    password = pathlib.Path(given.password_file).read_text().strip()
    session.command(b"LOGIN ", quoted(given.user), b" ", quoted(password))

    pieces, size, count = [], 0, 0
    append = b"APPEND " + quoted(given.folder)
    for path in mail_files(given.paths):
        mail = wire_form(path.read_bytes())
        pieces += [b" {%d+}\r\n" % len(mail), mail]
        size += len(mail)
        count += 1
        if size >= BATCH_BYTES:
            session.command(append, *pieces)
            pieces, size = [], 0
    if pieces:
        session.command(append, *pieces)
    session.command(b"LOGOUT")
    print(f"{count} delivered")


if __name__ == "__main__":
    main()
