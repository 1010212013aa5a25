"""A disk as it can be after a power cut, from what was done to it: what was flushed is there, of the rest any part."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from faults.watching import Act

_TORN_BYTES = 256  # half a sector: not even a sector is taken to be written whole


@dataclass(eq=False, slots=True)
class File:
    """``sure``: flushed content; ``open``: writes (place, bytes) and truncations (length, None) since, in their order."""

    sure: bytearray = field(default_factory=bytearray)
    open: list[tuple[int, bytes | None]] = field(default_factory=list)

    def flush(self) -> None:
        """What was written is sure."""
        for at, content in self.open:
            apply(self.sure, at, content)
        self.open.clear()


Names = dict[str, File | None]  # None: a folder


class Disk:
    """``sure`` are the names that are on the disk for certain, ``now`` those that a running system sees.

    ``changes`` is the way from one to the other: the folder, what came to be named in it, and what went.
    """

    def __init__(self, root: Path) -> None:
        """What is below ``root`` now is sure."""
        found = [root, *root.parents, *root.rglob("*")]
        self.sure: Names = {str(path): File(bytearray(path.read_bytes())) if path.is_file() else None for path in found}
        self.now: Names = dict(self.sure)
        self.changes: list[tuple[str, Names, list[str]]] = []

    def do(self, act: Act) -> None:
        """Follow what was done."""
        match act.verb:
            case "W" | "C":
                self._file(act.path).open.append((act.at, act.content if act.verb == "W" else None))
            case "S":
                self._sync(act.path)
            case "D":
                self._delete(act.path, folder_too=bool(act.at))
            case "F":
                self._file(act.path).sure = bytearray(act.content)
            case "N":
                self._settle(act.path)
            case "M" if act.path not in self.now:
                self._change(act.path, {act.path: None}, [])
            case "I":
                old = act.content.decode()
                self._change(act.path, {act.path: self._file(old)}, [old])

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Every file that is found when the power is back."""
        there = dict(self.sure)
        for _folder, came, went in self.changes[
            : _some(chance, len(self.changes))
        ]:  # a file system keeps names in their order
            _rename(there, came, went)
        files = {path: one for path, one in there.items() if one is not None}
        return {path: _content(one, chance) for path, one in files.items() if _reached(path, there)}

    def _change(self, path: str, came: Names, went: list[str]) -> None:
        self.changes.append((str(Path(path).parent), came, went))
        _rename(self.now, came, went)

    def _file(self, path: str) -> File:
        found = self.now.get(path)
        if found is None:
            found = File()
            self._change(path, {path: found}, [])
        return found

    def _sync(self, path: str) -> None:
        """SQLite flushes the folder with the first flush of a file that it made."""
        file = self._file(path)
        file.flush()
        if self.sure.get(path) is not file:
            self._settle(str(Path(path).parent))

    def _delete(self, path: str, folder_too: bool) -> None:
        if path in self.now:
            self._change(path, {}, [path])
        if folder_too:
            self._settle(str(Path(path).parent))

    def _settle(self, folder: str) -> None:
        for _folder, came, went in (one for one in self.changes if one[0] == folder):
            _rename(self.sure, came, went)
        self.changes = [one for one in self.changes if one[0] != folder]


def apply(content: bytearray, at: int, written: bytes | None) -> None:
    """One write, or a truncation."""
    if written is None:
        del content[at:]
    else:
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(written)] = written


def _rename(names: Names, came: Names, went: list[str]) -> None:
    for path in went:
        names.pop(path, None)
    names.update(came)


def _some(chance: random.Random, most: int) -> int:
    """None, all or any number: the two ends are where the faults are."""
    return chance.choice((0, most, chance.randint(0, most)))


def _content(file: File, chance: random.Random) -> bytes:
    """The file with a part of its open writes: the first so many, or any of them; the last one of these perhaps torn."""
    content, first = bytearray(file.sure), file.open[: _some(chance, len(file.open))]
    kept = first if chance.random() < 0.5 else [one for one in first if chance.random() < 0.7]
    for number, (at, written) in enumerate(kept, start=1):
        if number == len(kept) and written and chance.random() < 0.5:
            written = written[: _TORN_BYTES * chance.randint(0, len(written) // _TORN_BYTES)]
        apply(content, at, written)
    return bytes(content)


def _reached(path: str, there: Names) -> bool:
    """Whether every folder above is there too."""
    return all(str(above) in there for above in Path(path).parents)
