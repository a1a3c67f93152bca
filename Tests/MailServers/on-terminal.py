#!/usr/bin/env python3
"""Runs a command on a terminal of its own and answers its question, for tests of what asks.

    on-terminal.py ANSWER COMMAND...   prints what the terminal showed; ends with the command's status
"""

import os
import pty
import select
import sys
import time


def main():
    answer, command = sys.argv[1], sys.argv[2:]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    shown, is_answered, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other side is closed.
            break
        if not piece:
            break
        shown += piece
        if not is_answered and b"[y/N]" in shown:
            os.write(terminal, answer.encode() + b"\n")
            is_answered = True
    sys.stdout.buffer.write(shown)
    sys.stdout.flush()
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status))


main()
