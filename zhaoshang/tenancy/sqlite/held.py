"""A connection of the process itself, which outlives those of its requests: so the log of SQLite stays where it is.

The last connection to close empties the log and removes it with its index, and the next one makes both anew. On a full volume it cannot,
and then nothing can be read either; with both in their place reading goes on.
"""

import sqlite3
from pathlib import Path

from django.conf import settings


def hold_log() -> sqlite3.Connection | None:
    """It, for the installation's database; None on PostgreSQL, and where there is no database yet."""
    given = settings.DATABASES["default"]
    if not given["ENGINE"].endswith("sqlite") or not Path(given["NAME"]).is_file():
        return None
    held = sqlite3.connect(given["NAME"], timeout=given["OPTIONS"]["timeout"], check_same_thread=False)
    held.execute("SELECT count(*) FROM sqlite_master").fetchall()  # opened by the first that asks
    return held
