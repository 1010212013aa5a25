"""CSV and its relatives, as spreadsheets in China write them: UTF-8 with or without mark, GBK/GB18030, "Unicode
text".
"""

import codecs
import csv
from io import StringIO

from zhaoshang.common.sheets.limits import MAX_COLUMN, MAX_FILLED_CELLS, MAX_ROW, MAX_TEXT_CHARACTERS, refusal
from zhaoshang.common.sheets.model import Cell, Kind, Row, Sheet, Workbook, column_letter

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 50


def read_delimited(content: bytes) -> Workbook:
    """The one sheet of a csv. Every cell is text. Raises :class:`Refused`."""
    encoding, text = _decode(content)
    delimiter = _delimiter_of(text)
    sheet = Sheet("CSV", [])
    filled = 0
    try:
        for number, values in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1):
            cells = _cells(values, number)
            filled += len(cells)
            if filled > MAX_FILLED_CELLS:
                raise refusal("too_many_cells", where=sheet.name, limit=MAX_FILLED_CELLS)
            if cells and number > MAX_ROW:
                raise refusal("too_many_rows", where=sheet.name, row=number, limit=MAX_ROW)
            if cells:
                sheet.rows.append(Row(number, cells))
    except csv.Error as error:
        raise refusal("damaged", where=str(error)) from None
    return Workbook("csv", [sheet], encoding=encoding, delimiter=delimiter)


def _decode(content: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, _strictly(content, encoding)
    for encoding in ("utf-8", "gb18030"):
        try:
            return encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal("unknown_encoding")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise refusal("unknown_encoding") from None


def _delimiter_of(text: str) -> str:
    """The candidate that cuts the most lines into the same number of pieces; a comma when none does."""
    lines = [line for line in text[:100_000].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def evenness(delimiter: str) -> int:
        counts = [len(values) for values in csv.reader(lines, delimiter=delimiter)]
        commonest = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        return counts.count(commonest) * (commonest - 1)

    return max(_DELIMITERS, key=evenness)


def _cells(values: list[str], number: int) -> dict[int, Cell]:
    cells = {}
    for column, value in enumerate(values, start=1):
        if not (text := _unwrapped(value).strip()):
            continue
        if column > MAX_COLUMN:
            raise refusal("too_many_columns", where="CSV", cell=f"{column_letter(column)}{number}", limit=MAX_COLUMN)
        if len(text) > MAX_TEXT_CHARACTERS:
            raise refusal("too_much_text", where=f"CSV {column_letter(column)}{number}")
        cells[column] = Cell(Kind.TEXT, text, text)
    return cells


def _unwrapped(value: str) -> str:
    """Banks write ``="0012"`` to keep Excel from dropping the zeros; the text is what is inside."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value
