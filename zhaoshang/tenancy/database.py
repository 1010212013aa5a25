"""The database address of an installation, as Django wants it."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SQLITE_OPTIONS = {
    # IMMEDIATE: without it a read that becomes a write fails at once under a second writer. FULL: no acknowledged row is lost.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # The log grows while a long report reads beside writers; the limit gives the room back afterwards.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
    "PRAGMA journal_size_limit=67108864;",
}


class BadDatabaseAddress(ValueError):
    """``DATABASE_URL`` names neither SQLite nor PostgreSQL."""


def database_from(url: str, data_dir: Path) -> dict[str, Any]:
    """Settings for ``url``; empty: SQLite in the data folder. ``?partitions=4`` partitions tenant tables by city.

    ``?pool=8`` keeps at most so many connections a process; ``?bouncer=1`` is for pgbouncer in transaction mode."""
    parts = urlsplit(url or f"sqlite:///{data_dir / 'zhaoshang.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "zhaoshang.tenancy.sqlite",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            # Opening one takes longer than a small page; the last to close would also empty the log and remove it.
            "CONN_MAX_AGE": 60,
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadDatabaseAddress(f"DATABASE_URL: {parts.scheme}:// is not known; use sqlite:/// or postgresql://")
    query = parse_qs(parts.query)
    pool, bouncer = int(query.get("pool", ["0"])[0]), query.get("bouncer") == ["1"]
    return {
        "ENGINE": "zhaoshang.tenancy.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if pool or bouncer else 60,
        "DISABLE_SERVER_SIDE_CURSORS": bouncer,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": pool}} if pool else {},
        "PARTITIONS": int(query.get("partitions", ["0"])[0]),
    }
