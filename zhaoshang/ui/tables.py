"""Makes a table's rows ready to print: every cell in one shape, decimals padded so that points stand under points.

Long tables are made of thousands of cells, so all that can be looked up once is looked up here and not in the template.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from zhaoshang.ui.filters import with_note

FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"  # as wide as a digit, as a point
_PAD = Markup('<span class="pad">{}</span>')
NUMERIC = frozenset({"figure", "number", "percent"})
PLAIN = frozenset({"text", "number", "percent", "date", "link"})
_DECIMAL = re.compile(r"[-+−]?[\d,]+(?:\.(\d+))?")
_ABSENT = {"text": ""}

Column = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(slots=True)
class Cell:
    """A cell that the template writes, between ``opening`` and ``closing``; what its kind does not use stays empty."""

    opening: Markup
    closing: Markup
    kind: str
    name: str
    text: str
    empty: bool
    pad: Markup
    href: str = ""
    state: str = "live"
    pill: str = "todo"
    change: int | None = None
    ranked: bool = False
    values: Sequence[Any] = ()
    value: Any = None
    label: str = ""
    note: str = ""
    drawer: bool = False


def lay_out(columns: Sequence[Column], rows: Iterable[Row]) -> list[tuple[Markup, list[Cell | Markup]]]:
    """Each row's attributes and its cells in the columns' order; cells of plain text are ready as they are.

    ``None`` is written as a dash (not known, not held); a key that the row lacks leaves its cell blank.
    """
    rows = list(rows)
    laid = [_column(column, [row.get(column["key"], _ABSENT) for row in rows]) for column in columns]
    return [(_attributes(row), [cells[place] for cells in laid]) for place, row in enumerate(rows)]


def _column(column: Column, given: Sequence[object]) -> list[Cell | Markup]:
    kind, name = column.get("kind", "text"), column.get("name", column["key"])
    tag = 'th scope="row"' if column.get("head") else "td"
    align = f" is-{escape(column['align'])}" if column.get("align") else ""
    label = with_note(column["label"], column["unit"]) if column.get("unit") else column["label"]
    opening = Markup(f'<{tag} class="col-{escape(kind)}{align}" data-label="{escape(label)}">')  # noqa: S704  # nosec B704
    closing = Markup("</th>") if column.get("head") else Markup("</td>")
    found = [one if isinstance(one, Mapping) else {"text": one} for one in given]
    texts = [one.get("text") for one in found]
    words = [escape("—" if text is None else text) for text in texts]
    pads = _pads(words) if kind in NUMERIC else [Markup()] * len(words)
    return [
        opening + word + pad + closing
        if kind in PLAIN and word and text is not None and len(one) == 1
        else Cell(opening, closing, kind, name, word, not word or text is None, pad, **_rest(one))
        for one, text, word, pad in zip(found, texts, words, pads, strict=True)
    ]


def _rest(given: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in given.items() if key != "text" and value is not None}
    return rest | {"ranked": True} if "change" in given else rest


def _attributes(row: Row) -> Markup:
    names = {"id": row.get("_id"), "class": row.get("_kind") and f"row-{row['_kind']}", "data-href": row.get("_href")}
    return Markup("".join(f' {name}="{escape(value)}"' for name, value in names.items() if value))  # noqa: S704  # nosec B704


def _pads(words: Sequence[str]) -> list[Markup]:
    """Spaces as wide as the decimals that each is short of; what is no plain decimal stays as it is."""
    found = [_DECIMAL.fullmatch(word) for word in words]
    most = max((len(match[1] or "") for match in found if match), default=0)
    widths = [most if match is None else len(match[1] or "") for match in found]
    return [
        Markup() if width == most else _PAD.format(POINT_SPACE * (not width) + FIGURE_SPACE * (most - width))
        for width in widths
    ]


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
