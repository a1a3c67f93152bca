#!/usr/bin/env python3
"""Holds a lock on a SQLite database until it is ended, for tests: hold-database.py FILE exclusive|shared. Prints 1 once it has it."""

import sqlite3
import sys
import time

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
if sys.argv[2] == "exclusive":
    connection.execute("BEGIN EXCLUSIVE")
else:
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
print(1, flush=True)
while True:
    time.sleep(3600)
