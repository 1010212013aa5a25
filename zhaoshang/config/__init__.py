"""Settings from the environment, addresses, and the server's entry points."""

import sys

import pysqlite3

# Debian's SQLite (3.40.1) can corrupt a WAL database under several connections (fixed in 3.51.3); the wheel carries a
# fixed one. It must stand in before Django loads.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
