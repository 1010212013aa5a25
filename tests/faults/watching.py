"""Writes down what a process does to its disk: each write, sync, truncation and deletion of SQLite's, and each file that Python flushes.

SQLite tells by its own interface to the operating system (its VFS), reached by ctypes in the very library that the application uses: no
compiler, no tracer and no rights are needed. All processes append to one file. A line is written after the act and before SQLite gives
up the lock under which it acted, so the order of the lines is an order in which it can have happened.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from ctypes import CFUNCTYPE, c_int, c_int64, c_void_p, cast, string_at
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysqlite3._sqlite3

_HEAD = struct.Struct("<cIqI")
_OK = 0
# Places in sqlite3_vfs and sqlite3_io_methods, as sqlite.org gives them: five fields stand before the functions of the one, one before
# those of the other.
_OPEN, _DELETE = 5, 6
_WRITE, _TRUNCATE, _SYNC, _METHODS = 3, 4, 5, 19
# SQLite keeps more beside a name than its characters: it gets back the very pointer.
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done. ``verb``: Write, Truncate, Sync, Delete (of SQLite, ``at`` 1: the folder is flushed too); Flushed file
    with its content, Names of a folder flushed, Made folder, renamed (Into); or Told, what a writer says is done."""

    verb: str
    path: str
    at: int = 0
    content: bytes = b""


def acts(log: Path) -> Iterator[Act]:
    """What was written down, in its order."""
    said, place = log.read_bytes(), 0
    while place < len(said):
        verb, names, at, size = _HEAD.unpack_from(said, place)
        place += _HEAD.size
        path, content = said[place : place + names], said[place + names : place + names + size]
        place += names + size
        yield Act(verb.decode(), path.decode(), at, content)


class Watch:
    """Watches the process that makes it, from then on until its end; for a forked child, which ends by itself."""

    def __init__(self, log: Path) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._names: dict[int, str] = {}
        self._methods: dict[int, Any] = {}
        self._kept: list[Any] = []  # what C calls must live as long as the process
        self._watch_sqlite()
        self._watch_python()

    def note(self, verb: str, path: str, at: int = 0, content: bytes = b"") -> None:
        """One line, whole: the kernel appends one call's bytes together."""
        name = path.encode()
        os.write(self._log, _HEAD.pack(verb.encode(), len(name), at, len(content)) + name + content)

    def tell(self, said: str) -> None:
        """What a writer says."""
        self.note("T", "", content=f"{said}\n".encode())

    def _watch_sqlite(self) -> None:
        library = ctypes.CDLL(pysqlite3._sqlite3.__file__)
        library.sqlite3_vfs_find.restype = c_void_p
        vfs = cast(library.sqlite3_vfs_find(None), ctypes.POINTER(c_void_p))
        opened, deleted = _Open(vfs[_OPEN]), _Delete(vfs[_DELETE])

        def on_open(place: int, name: int | None, file: int, flags: int, out: int) -> int:
            code: int = opened(place, name, file, flags, out)
            if code == _OK and name:
                self._names[file] = string_at(name).decode()
                self._put_between(file)
            return code

        def on_delete(place: int, name: int, folder: int) -> int:
            code: int = deleted(place, name, folder)
            if code == _OK:
                self.note("D", string_at(name).decode(), folder)
            return code

        vfs[_OPEN] = self._called(_Open(on_open))
        vfs[_DELETE] = self._called(_Delete(on_delete))

    def _put_between(self, file: int) -> None:
        """Let the file's methods be a copy of which three are ours."""
        methods = cast(file, ctypes.POINTER(c_void_p))
        theirs = methods[0]
        if theirs is None:
            return
        if theirs not in self._methods:
            copied = (c_void_p * _METHODS).from_buffer_copy(string_at(theirs, 8 * _METHODS))
            self._watch_file(copied)
            self._methods[theirs] = copied
        methods[0] = ctypes.addressof(self._methods[theirs])

    def _watch_file(self, methods: Any) -> None:
        write, truncate, sync = _Write(methods[_WRITE]), _Truncate(methods[_TRUNCATE]), _Sync(methods[_SYNC])

        def on_write(file: int, content: int, size: int, at: int) -> int:
            code: int = write(file, content, size, at)
            self.note("W", self._names[file], at, string_at(content, size))
            return code

        def on_truncate(file: int, size: int) -> int:
            code: int = truncate(file, size)
            self.note("C", self._names[file], size)
            return code

        def on_sync(file: int, flags: int) -> int:
            code: int = sync(file, flags)
            self.note("S", self._names[file])
            return code

        methods[_WRITE] = self._called(_Write(on_write))
        methods[_TRUNCATE] = self._called(_Truncate(on_truncate))
        methods[_SYNC] = self._called(_Sync(on_sync))

    def _called(self, function: Any) -> int | None:
        self._kept.append(function)
        return cast(function, c_void_p).value

    def _watch_python(self) -> None:
        flush = os.fsync

        def fsync(fd: Any) -> None:
            flush(fd)
            path = Path(f"/proc/self/fd/{fd}").readlink()
            if path.is_dir():
                self.note("N", str(path))
            else:
                self.note("F", str(path), content=path.read_bytes())

        def happens(event: str, given: tuple[Any, ...]) -> None:
            if event == "os.rename":
                self.note("I", os.fspath(given[1]), content=os.fsencode(given[0]))
            elif event == "os.mkdir":
                self.note("M", os.fspath(given[0]))

        os.fsync = fsync
        sys.addaudithook(happens)
