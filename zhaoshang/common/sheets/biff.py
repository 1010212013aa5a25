"""The records of an .xls, and the texts in them. [MS-XLS] 2.1.4, 2.5.293

A record is a number, a length and that many bytes; one that is too long goes on in CONTINUE records, where a text may
change between one and two bytes a letter.
"""

import struct
from collections.abc import Iterator

from zhaoshang.common.sheets.limits import MAX_SHARED_STRINGS, MAX_TEXT_CHARACTERS, refusal
from zhaoshang.common.sheets.model import Cell
from zhaoshang.common.sheets.strings import Budget, text_cell

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
_WIDE, _PHONETIC, _RICH = 1, 4, 8
Record = tuple[int, bytes]


def records(stream: bytes, start: int, budget: Budget, where: str) -> Iterator[Record]:
    """The records from ``start`` on. Raises :class:`Refused` ``zip_bomb`` when there are more than a workbook has."""
    place, end = start, len(stream) - 4
    while 0 <= place <= end:
        budget.elements -= 1
        if budget.elements < 0:
            raise refusal("zip_bomb", where=where)
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def continued(found: list[Record], place: int) -> list[bytes]:
    """The bytes of the record at ``place`` and of those that go on with it."""
    pieces = [found[place][1]]
    for kind, inside in found[place + 1 :]:
        if kind != CONTINUE:
            break
        pieces.append(inside)
    return pieces


class Pieces:
    """Bytes that lie in one record and its continuations."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._piece, self._place = pieces, 0, 0

    def number(self, form: str) -> int:
        """One whole number; ``form`` is that of :mod:`struct`."""
        raw = self.take(struct.calcsize(form))
        return int(struct.unpack(form, raw)[0])

    def take(self, count: int) -> bytes:
        """``count`` bytes. Raises ``struct.error`` where there are fewer."""
        taken = b""
        while True:
            here = self._pieces[self._piece][self._place : self._place + count - len(taken)]
            taken, self._place = taken + here, self._place + len(here)
            if len(taken) == count:
                return taken
            self._turn()

    def _turn(self) -> None:
        self._piece, self._place = self._piece + 1, 0
        if self._piece >= len(self._pieces):
            raise struct.error("the record ends")

    def text(self, count_form: str = "<H") -> str:
        """A text with its length before it, without its runs of fonts and its phonetic hints."""
        count, flags = self.number(count_form), self.number("<B")
        runs = self.number("<H") if flags & _RICH else 0
        hints = self.number("<L") if flags & _PHONETIC else 0
        if count > MAX_TEXT_CHARACTERS:
            raise refusal("too_much_text", where="SST")
        text = self._letters(count, flags & _WIDE)
        self._pass(4 * runs + hints)
        return text

    def _letters(self, left: int, wide: int) -> str:
        found = b""
        while left:
            size = 2 if wide else 1
            raw = self._pieces[self._piece][self._place : self._place + left * size]
            found += raw if wide else raw.decode("latin-1").encode("utf-16-le")
            left, self._place = left - len(raw) // size, self._place + len(raw)
            if left:
                self._turn()
                wide = self.number("<B") & _WIDE
        return found.decode("utf-16-le", "replace")

    def _pass(self, count: int) -> None:
        while count > (left := len(self._pieces[self._piece]) - self._place):
            count -= left
            self._turn()
        self._place += count


def shared_strings(pieces: list[bytes], budget: Budget) -> list[Cell]:
    """The cells of the table of texts (SST). Raises :class:`Refused` ``too_much_text``."""
    reader = Pieces(pieces)
    reader.take(4)
    count = reader.number("<L")
    if count > MAX_SHARED_STRINGS:
        raise refusal("too_much_text", where="SST")
    cells = []
    for _turn in range(count):
        text = reader.text()
        budget.take_text(len(text), "SST")
        cells.append(text_cell(text))
    return cells
