"""An .xls workbook (Excel 97 to 2003, WPS .et), read in one pass over its records. [MS-XLS]

Own reader, as for xlsx: the limits hold while reading, and formulas, hidden rows, merged cells and number formats are
seen. Excel 95 and before (``Book``) is refused with advice, and so is what Excel only runs: macro sheets.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from zhaoshang.common.sheets.biff import BOF, EOF, Pieces, Record, continued, records, shared_strings
from zhaoshang.common.sheets.compound import CompoundFile
from zhaoshang.common.sheets.limits import MAX_MERGED, MAX_SHEET_ELEMENTS, MAX_SHEETS, MAX_STYLES, refusal
from zhaoshang.common.sheets.model import BLANK, Cell, Kind, Range, Row, Sheet, Workbook
from zhaoshang.common.sheets.strings import Budget, text_cell
from zhaoshang.common.sheets.styles import GENERAL, Style, number_cell, style_of

_BIFF8 = 0x0600
_FILEPASS, _DATEMODE, _FORMAT, _XF, _BOUNDSHEET, _SST, _SUPBOOK = 0x2F, 0x22, 0x041E, 0xE0, 0x85, 0xFC, 0x01AE
_WORKSHEET, _MACRO_SHEETS = 0, (1, 6)
_SELF, _ADD_IN = 0x0401, 0x3A01
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 1
_OUTSIDE_SHEETS = "Workbook"


@dataclass(slots=True)
class _Book:
    """What the sheets of one workbook share, and where each begins."""

    stream: bytes
    budget: Budget = field(default_factory=Budget)
    strings: list[Cell] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    date1904: bool = False
    places: list[tuple[Sheet, int]] = field(default_factory=list)


def read_xls(content: bytes) -> Workbook:
    """The workbook in ``content``. Raises :class:`Refused`."""
    file = CompoundFile(content)
    stream = file.stream("Workbook")
    if stream is None:
        raise refusal("old_xls" if file.stream("Book") is not None else "not_a_workbook")
    book = _Book(stream)
    try:
        _read_globals(book)
        for sheet, place in book.places:
            _SheetReader(book, sheet).read(place)
    except (struct.error, IndexError):
        raise refusal("damaged", where="Workbook") from None
    sheets = [sheet for sheet, _ in book.places]
    return Workbook("xls", sheets, book.date1904, elements=MAX_SHEET_ELEMENTS - book.budget.elements)


def _read_globals(book: _Book) -> None:
    found: list[Record] = []
    for kind, inside in records(book.stream, 0, book.budget, _OUTSIDE_SHEETS):
        if not found and (kind != BOF or _whole(inside, 0) != _BIFF8):
            raise refusal("old_xls" if kind & 0xFF == BOF & 0xFF else "damaged", where=_OUTSIDE_SHEETS)
        found.append((kind, inside))
        if kind == _FILEPASS:
            raise refusal("encrypted")
        if kind == EOF:
            break
    codes: dict[int, str] = {}
    formats: list[int] = []
    for place, (kind, inside) in enumerate(found):
        if kind == _FORMAT:
            codes[_whole(inside, 0)] = Pieces([inside[2:]]).text()
        elif kind == _XF and len(formats) < MAX_STYLES:
            formats.append(_whole(inside, 2))
        elif kind == _DATEMODE:
            book.date1904 = bool(_whole(inside, 0))
        elif kind == _SST:
            book.strings = shared_strings(continued(found, place), book.budget)
        elif kind == _BOUNDSHEET:
            _note_sheet(book, inside)
        elif kind == _SUPBOOK and _whole(inside, 2) not in (_SELF, _ADD_IN, 1):
            raise refusal("external_link", where="SUPBOOK")
    made = {number: style_of(number, codes) for number in set(formats)}
    book.styles = [made[number] for number in formats]
    if not book.places:
        raise refusal("no_sheet")


def _note_sheet(book: _Book, inside: bytes) -> None:
    place, state, kind = struct.unpack_from("<LBB", inside)
    name = Pieces([inside[6:]]).text("<B")
    if kind in _MACRO_SHEETS:
        raise refusal("macros", where=name)
    if kind != _WORKSHEET:
        return
    if len(book.places) >= MAX_SHEETS:
        raise refusal("too_many_sheets", count=len(book.places) + 1, limit=MAX_SHEETS)
    book.places.append((Sheet(name[:64], [], bool(state & 3)), place))


def _whole(inside: bytes, place: int) -> int:
    return int(struct.unpack_from("<H", inside, place)[0])


class _SheetReader:
    """Fills a sheet from its records."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._rows: dict[int, dict[int, Cell]] = {}
        self._hidden: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._awaited: tuple[int, int] | None = None
        self._readers: dict[int, Callable[[bytes], None]] = {
            0xFD: self._shared_text, 0x0203: self._double, 0x027E: self._packed, 0xBD: self._packed_run,
            0x06: self._formula, 0x0207: self._formula_text, 0x0204: self._own_text, 0xD6: self._own_text,
            0x0205: self._truth, 0x0208: self._row, 0x7D: self._columns, 0xE5: self._merged,
        }  # fmt: skip

    def read(self, place: int) -> None:
        """Every record of the sheet at ``place``; charts within it stand between a beginning and an end of their own."""
        depth = 0
        for kind, inside in records(self._book.stream, place, self._book.budget, self._sheet.name):
            if kind == BOF:
                depth += 1
            elif kind == EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1 and (reader := self._readers.get(kind)):
                reader(inside)
        self._sheet.hidden_columns = frozenset(self._hidden_columns)
        self._sheet.rows = [
            Row(number, cells, number in self._hidden) for number, cells in sorted(self._rows.items()) if cells
        ]

    def _keep(self, row: int, column: int, cell: Cell) -> None:
        if cell is not BLANK:
            self._book.budget.take_cell(self._sheet.name)
            self._rows.setdefault(row + 1, {})[column + 1] = cell

    def _number(self, style: int, text: str) -> Cell:
        styles = self._book.styles
        return number_cell(text, styles[style] if style < len(styles) else GENERAL, self._book.date1904)

    def _shared_text(self, inside: bytes) -> None:
        row, column, _style, place = struct.unpack_from("<HHHL", inside)
        self._keep(row, column, self._book.strings[place])

    def _double(self, inside: bytes) -> None:
        row, column, style, value = struct.unpack_from("<HHHd", inside)
        self._keep(row, column, self._number(style, _written(value)))

    def _packed(self, inside: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<HHHL", inside)
        self._keep(row, column, self._number(style, _unpacked(packed)))

    def _packed_run(self, inside: bytes) -> None:
        row, first = struct.unpack_from("<HH", inside)
        for column, (style, packed) in enumerate(struct.iter_unpack("<HL", inside[4:-2]), first):
            self._keep(row, column, self._number(style, _unpacked(packed)))

    def _formula(self, inside: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", inside)
        result = inside[6:14]
        self._awaited = None
        if result[6:8] != b"\xff\xff":
            cell = self._number(style, _written(struct.unpack("<d", result)[0]))
        elif result[0] == 0:
            self._awaited = row, column
            cell = text_cell("")
        else:
            cell = _truth_cell(result[2], result[0] == 2) if result[0] in (1, 2) else text_cell("")
        if cell is BLANK:
            cell = Cell(Kind.TEXT, "", "")
        self._keep(row, column, cell._replace(formula=True))

    def _formula_text(self, inside: bytes) -> None:
        """The text that the formula before it came to."""
        if self._awaited:
            text = Pieces([inside]).text()
            self._book.budget.take_text(len(text), self._sheet.name)
            self._keep(*self._awaited, text_cell(text)._replace(formula=True))
            self._awaited = None

    def _own_text(self, inside: bytes) -> None:
        row, column, _style = struct.unpack_from("<HHH", inside)
        text = Pieces([inside[6:]]).text()
        self._book.budget.take_text(len(text), self._sheet.name)
        self._keep(row, column, text_cell(text))

    def _truth(self, inside: bytes) -> None:
        row, column, _style, value, is_error = struct.unpack_from("<HHHBB", inside)
        self._keep(row, column, _truth_cell(value, bool(is_error)))

    def _row(self, inside: bytes) -> None:
        number, height, flags = struct.unpack_from("<H4xH4xH", inside)
        if flags & _HIDDEN_ROW or height & 0x7FFF == 0:
            self._hidden.add(number + 1)

    def _columns(self, inside: bytes) -> None:
        first, last, flags = struct.unpack_from("<HH4xH", inside)
        if flags & _HIDDEN_COLUMN:
            self._hidden_columns.update(range(first + 1, min(last, 255) + 2))

    def _merged(self, inside: bytes) -> None:
        for top, bottom, left, right in struct.iter_unpack("<HHHH", inside[2 : 2 + 8 * _whole(inside, 0)]):
            if len(self._sheet.merged) >= MAX_MERGED:
                raise refusal("too_many_cells", where=self._sheet.name, limit=MAX_MERGED)
            self._sheet.merged.append(Range(top + 1, left + 1, bottom + 1, right + 1))


def _truth_cell(value: int, is_error: bool) -> Cell:
    if is_error:
        return Cell(Kind.ERROR, None, _ERRORS.get(value, "#ERR"))
    return Cell(Kind.BOOL, bool(value), "TRUE" if value else "FALSE")


def _written(value: float) -> str:
    """A double as xlsx would write it: the shortest digits that mean it."""
    return str(int(value)) if abs(value) < 1e15 and value.is_integer() else repr(value)


def _unpacked(packed: int) -> str:
    """An RK number: a whole one of 30 bits or the upper half of a double, perhaps a hundredfold. [MS-XLS] 2.5.217"""
    if packed & 2:
        value: float = (packed >> 2) - (1 << 30 if packed & 0x80000000 else 0)
    else:
        value = struct.unpack("<d", b"\0\0\0\0" + (packed & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return _written(value / 100 if packed & 1 else float(value))
