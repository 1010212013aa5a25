"""A line before SQLite's one write lock: nobody is passed over for ever.

SQLite lets whoever waits look again after up to a tenth of a second, and who asks in the moment between two writers is first. Under
writers that never pause the lock is never free when a sleeper looks: it is refused after its 20 seconds, whatever the machine
(https://www.sqlite.org/c3ref/busy_timeout.html). Here one thread of a process, and one process of the machine, waits at the head of the
line and looks every millisecond; nobody goes before it, and the kernel takes away the place of whoever dies.
"""

import fcntl
import os
from collections import defaultdict
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import BinaryIO

LOOKS_EVERY_S = 0.001
_THREADS: defaultdict[str, Lock] = defaultdict(Lock)  # of this process, by database
os.register_at_fork(after_in_child=_THREADS.clear)


class Turn:
    """The right to begin writing, until :meth:`end`."""

    def __init__(self, held: BinaryIO | None) -> None:
        self._held = held

    def end(self) -> None:
        """The next one's turn. Nothing happens when it ended before."""
        if self._held is not None:
            self._held.close()
            self._held = None


def wait_for_turn(database: str, seconds: float) -> Turn | None:
    """The turn to write into the file ``database``; None after so many seconds in the line.

    Where no line can be kept (a folder that cannot be written, no descriptor left) there is none: SQLite then says what is wrong."""
    until = monotonic() + seconds
    if not _THREADS[database].acquire(timeout=seconds):
        return None
    try:
        with Path(f"{database}-line").open("ab") as head:
            if not _locked(head, until):
                return None
            turn = Path(f"{database}-turn").open("ab")  # noqa: SIM115 - closed by who writes, at the end of the turn
            if _locked(turn, until):
                return Turn(turn)
            turn.close()
            return None
    except OSError:
        return Turn(None)
    finally:
        _THREADS[database].release()


def _locked(file: BinaryIO, until: float) -> bool:
    """Whether the file's lock was got in time."""
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                return False
            sleep(LOOKS_EVERY_S)
        else:
            return True
