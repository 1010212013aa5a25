"""What is wrong with the store when a write or a connection fails: whether who asks should wait, or somebody must make room."""

import errno
from enum import StrEnum

from django.db import DatabaseError, InterfaceError


class Trouble(StrEnum):
    """Why nothing could be kept, or nothing asked."""

    FULL = "full"
    READ_ONLY = "read_only"
    BUSY = "busy"
    AWAY = "away"


_OF_FILES = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EMFILE: Trouble.BUSY,
    errno.ENFILE: Trouble.BUSY,
}
# https://www.sqlite.org/rescode.html; by the first words of the name, which extended codes continue.
_OF_SQLITE = {
    "SQLITE_FULL": Trouble.FULL,
    "SQLITE_READONLY": Trouble.READ_ONLY,
    "SQLITE_BUSY": Trouble.BUSY,
    "SQLITE_LOCKED": Trouble.BUSY,
    "SQLITE_CANTOPEN": Trouble.AWAY,
    "SQLITE_IOERR": Trouble.AWAY,
}
# PostgreSQL, appendix A: disk full, read-only transaction, too many connections, lock not available, query cancelled, deadlock,
# another's change since the first question.
_OF_POSTGRES = {
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "53300": Trouble.BUSY,
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "40001": Trouble.BUSY,
}


_NO_ROOM = ("too many connections", "too many clients", "remaining connection slots")


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What trouble of the store the error tells of, if any: of a file, of SQLite or of PostgreSQL."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _OF_FILES:
            return _OF_FILES[error.errno]
        if isinstance(error, DatabaseError | InterfaceError) and (found := _of_database(error.__cause__ or error)):
            return found
        error = error.__cause__ or error.__context__
    return None


def _of_database(told: BaseException) -> Trouble | None:
    name, state = getattr(told, "sqlite_errorname", None), getattr(told, "sqlstate", None)
    if name:
        return next((trouble for start, trouble in _OF_SQLITE.items() if name.startswith(start)), None)
    if state:
        gone = state[:2] == "08" or state in ("57P01", "57P02", "57P03")
        return Trouble.AWAY if gone else _OF_POSTGRES.get(state)
    # A line that was never there or was cut has no state, nor has one that the server or our own pool had no room for.
    if type(told).__name__ == "PoolTimeout" or any(words in str(told) for words in _NO_ROOM):
        return Trouble.BUSY
    return Trouble.AWAY if type(told).__name__ in ("OperationalError", "InterfaceError") else None
