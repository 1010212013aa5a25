"""Makes a table's cells ready to print: one shape for all cells, decimals padded so that points stand under points."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
MISSING: Mapping[str, str] = {"text": ""}
NUMERIC = frozenset({"figure", "number", "percent"})
_DECIMAL = re.compile(r"[-+−]?[\d,]+(?:\.(\d+))?")

Column = Mapping[str, Any]
Row = Mapping[str, Any]
Cell = dict[str, Any]


def lay_out(columns: Sequence[Column], rows: Iterable[Row]) -> list[tuple[Row, list[tuple[Column, Cell]]]]:
    """Each row with its cells in the columns' order.

    A cell is a dict with ``text`` and, as its kind wants, ``href state pill change values value label note``. What is
    ``None`` is written as a dash (not known, not held); a key that the row lacks leaves its cell blank.
    """
    laid = [(row, [(column, _cell(row.get(column["key"], MISSING))) for column in columns]) for row in rows]
    for place, column in enumerate(columns):
        if column.get("kind") in NUMERIC:
            _pad([cells[place][1] for _, cells in laid])
    return laid


def _cell(given: object) -> Cell:
    cell: Cell = dict(given) if isinstance(given, Mapping) else {"text": given}
    text = cell.get("text")
    cell["empty"] = text is None or text == ""
    cell["text"] = "—" if text is None else str(text)
    cell["pad"] = ""
    return cell


def _pad(cells: Sequence[Cell]) -> None:
    """Spaces as wide as the missing decimals; cells that are no plain decimals stay as they are."""
    found = [(cell, match) for cell in cells if (match := _DECIMAL.fullmatch(cell["text"]))]
    most = max((len(match[1] or "") for _, match in found), default=0)
    for cell, match in found:
        places = len(match[1] or "")
        if places < most:
            spaces = ("" if places else POINT_SPACE) + FIGURE_SPACE * (most - places)
            cell["pad"] = Markup('<span class="pad">{}</span>').format(spaces)


def next_sort(column: Column, sort: str | None) -> str:
    """What a click on the column's head asks for: figures largest first, words in order, then the other way round."""
    key = str(column["key"])
    if sort in (key, f"-{key}"):
        return key if sort == f"-{key}" else f"-{key}"
    return f"-{key}" if column.get("kind") in NUMERIC else key


def direction(column: Column, sort: str | None) -> str:
    """ARIA's word for how the table is sorted by this column now."""
    if sort == column["key"]:
        return "ascending"
    return "descending" if sort == f"-{column['key']}" else "none"
