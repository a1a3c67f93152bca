#!/usr/bin/env python3
"""A server that misbehaves around TLS, for tests of the transport. Speaks the first words of IMAP or SMTP, says yes to
STARTTLS with `--inject` text in the same packet (CVE-2021-22947, CVE-2011-0411), secures the connection with any certificate
and version of TLS, and writes every line that it reads, before and behind TLS, to `--log`. Prints its port, then serves until
it is ended."""

import argparse
import socket
import ssl
import sys
import threading

OPENING = {"imap": b"* OK ready\r\n", "smtp": b"220 ready ESMTP\r\n"}
CAPABLE = {
    "imap": b"* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR\r\n",
    "smtp": b"250-server.example\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n",
}


def secured_by(connection, given):
    """The connection behind the handshake; None when that fails."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(given.tls + "/server.pem", given.tls + "/server.key")
    if given.version:
        # Old versions want signatures that OpenSSL refuses by default.
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, given.version)
    try:
        return context.wrap_socket(connection, server_side=True)
    except (ssl.SSLError, OSError):
        return None


def serve(connection, given, log):
    secured = given.implicit
    if secured:
        connection = secured_by(connection, given)
        if not connection:
            return
    lines = connection.makefile("rb")
    connection.sendall(given.greeting.encode().decode("unicode_escape").encode() or OPENING[given.protocol])
    while line := lines.readline():
        print(("tls " if secured else "plain ") + line.decode("latin-1").strip(), file=log, flush=True)
        words = line.split()
        tag, verb = (words + [b"", b""])[:2] if given.protocol == "imap" else (b"", (words or [b""])[0])
        done = tag + b" OK done\r\n" if given.protocol == "imap" else b"250 fine\r\n"
        verb = verb.upper()
        if verb == b"STARTTLS":
            yes = tag + b" OK begin\r\n" if given.protocol == "imap" else b"220 begin\r\n"
            injected = given.inject.encode().decode("unicode_escape").encode().replace(b"TAG", tag)
            connection.sendall(yes + injected)
            connection = secured_by(connection, given)
            if not connection:
                return
            lines, secured = connection.makefile("rb"), True
        elif verb in (b"CAPABILITY", b"EHLO"):
            connection.sendall(CAPABLE[given.protocol] + (done if given.protocol == "imap" else b""))
        elif verb == b"AUTH" or verb == b"AUTHENTICATE":
            if given.protocol == "smtp" and len(words) < 3:
                connection.sendall(b"334 \r\n")
                lines.readline()
            connection.sendall(tag + b" OK in\r\n" if given.protocol == "imap" else b"235 in\r\n")
        elif verb in (b"LOGOUT", b"QUIT"):
            return
        elif verb == b"SELECT":
            connection.sendall(b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] v\r\n" + done)
        else:
            connection.sendall(done)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--protocol", choices=["imap", "smtp"], required=True)
    options.add_argument("--tls", required=True, help="folder with server.pem and server.key")
    options.add_argument("--log", required=True)
    options.add_argument("--greeting", default="")
    options.add_argument("--inject", default="", help="sent behind the yes to STARTTLS; TAG is the command's tag")
    options.add_argument("--implicit", action="store_true", help="TLS from the first octet")
    options.add_argument("--version", default="", help="speak this version alone: TLSv1, TLSv1_1, TLSv1_2, TLSv1_3")
    given = options.parse_args()
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    with open(given.log, "a", encoding="utf-8") as log:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, given, log), daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
