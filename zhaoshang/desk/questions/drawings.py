"""An answer as bars, lines or a map; the table stands below with the same numbers."""

from typing import Any

from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period
from zhaoshang.desk.questions.tables import place_of
from zhaoshang.desk.questions.words import key_words, records_address, title_words, unit_words, value_shown, value_words
from zhaoshang.figures.overview import whole_districts
from zhaoshang.questions.answering import Answer
from zhaoshang.questions.rules import Key, Money, Show
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts

MOST_BARS, MOST_PARTS, MOST_LINES = 30, 6, 6


def drawings(found: Answer, city: City, when: Period) -> list[dict[str, Any]]:
    """Drawings with their captions; none for a table. ``when``: whose districts a map shows."""
    question = found.question
    if question.show not in question.shows_possible or not found.grid.rows:
        return []
    match question.show:
        case Show.BARS:
            return [_stacks(found)] if found.grid.columns else [_bars(found)]
        case Show.LINES:
            return _lines(found)
        case Show.MAP:
            return [_map(found, city, when)]
    return []


def _size(found: Answer, value: int | None) -> Any:
    if value is None or not found.question.measure.is_money:
        return value
    return in_unit(value, "亿元" if found.question.money == Money.YI else "万元", 2)


def _href(found: Answer, row: Key, column: Key | None = None) -> str:
    return records_address(found.question, place_of(found.question, row, column))


def _title(found: Answer) -> str:
    return title_words(found.question, found.version)


def _row_words(found: Answer, row: Key) -> str:
    return value_words(found.question.rows[0], row[0], found.names)


def _points(found: Answer, column: Key | None) -> list[charts.Point]:
    values = found.grid.values
    return [
        charts.Point(
            _row_words(found, row),
            _size(found, values.get((row, column)) or 0),
            value_shown(found.question, values.get((row, column)) or 0),
            _href(found, row, column),
        )
        for row in found.grid.rows
    ]


def _bars(found: Answer) -> dict[str, Any]:
    points = _points(found, None)
    more = len(points) - MOST_BARS
    note = _("图中只画前 %(count)s 行。") % {"count": MOST_BARS} if more > 0 else None
    return {
        "drawing": charts.responsive(charts.bars, points[:MOST_BARS], title=_title(found)),
        "caption": "",
        "note": note,
    }


def _stacks(found: Answer) -> dict[str, Any]:
    """Parts by column; what is beyond the largest five is one part."""
    values, columns = found.grid.values, found.grid.columns
    if len(columns) > MOST_PARTS or found.grid.more_columns:
        largest = sorted(columns, key=lambda column: -(values.get((None, column)) or 0))[: MOST_PARTS - 1]
        columns = tuple(column for column in columns if column in largest)
    names = [key_words(found.question.columns, column, found.names) for column in columns]
    rest = columns != found.grid.columns
    stacks = []
    for row in found.grid.rows[:MOST_BARS]:
        parts = [values.get((row, column)) or 0 for column in columns]
        whole = values.get((row, None)) or 0
        parts += [whole - sum(parts)] if rest else []
        drawn = [charts.Part(max(_size(found, part), 0), value_shown(found.question, part)) for part in parts]
        stacks.append(
            charts.Stack(_row_words(found, row), drawn, value_shown(found.question, whole), _href(found, row))
        )
    names += [_("其他")] if rest else []
    drawing = charts.responsive(charts.stacked_bars, stacks, names, title=_title(found))
    more = len(found.grid.rows) > MOST_BARS
    return {
        "drawing": drawing,
        "caption": "",
        "note": _("图中只画前 %(count)s 行。") % {"count": MOST_BARS} if more else None,
    }


def _lines(found: Answer) -> list[dict[str, Any]]:
    """One line, or one for each of the first columns, each to its own scale."""
    columns: list[Key | None] = list(found.grid.columns[:MOST_LINES]) or [None]
    drawn = []
    for column in columns:
        words = key_words(found.question.columns, column, found.names) if column else _title(found)
        drawing = charts.responsive(charts.trend, _points(found, column), title=words)
        drawn.append(
            {"drawing": drawing, "caption": f"{words} · {unit_words(found.question)}" if column else "", "note": None}
        )
    if len(columns) > 1:
        drawn[-1]["note"] = _("各图用各自的刻度。")
    return drawn


def _map(found: Answer, city: City, when: Period) -> dict[str, Any]:
    values, regions = found.grid.values, whole_districts(city, when)
    areas = [
        charts.Area(
            _row_words(found, row),
            regions.get(found.names.units[row[0]].pk, ()),
            _size(found, values.get((row, None))),
            value_shown(found.question, values.get((row, None))),
            _href(found, row),
        )
        for row in found.grid.rows
        if row[0] in found.names.units
    ]
    drawing = charts.responsive(
        charts.choropleth,
        city.gb_code,
        areas,
        title=_title(found),
        unit=unit_words(found.question),
        beside=_("不单独成图的地区"),
    )
    return {"drawing": drawing, "caption": "", "note": None}
