"""One server a data folder: a lock that ends with its process, however that ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotLocked(Exception):
    """Another process holds the folder."""


@contextmanager
def alone(folder: Path, name: str = "serve.lock") -> Iterator[None]:
    """Hold the folder, or what ``name`` stands for. Raises :class:`NotLocked`. Children must not inherit the lock: it is closed on exec."""
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotLocked(str(folder)) from error
        yield
    finally:
        os.close(descriptor)
