"""An answer as the table on the page and as a file."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period
from zhaoshang.common.rounding import round_half_even
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.lists import sheet
from zhaoshang.desk.questions.menus import held_to
from zhaoshang.desk.questions.words import (
    key_words,
    records_address,
    title_words,
    unit_words,
    value_shown,
    value_words,
)
from zhaoshang.desk.shown import refusal_shown, titled
from zhaoshang.figures.rules import growth_percent
from zhaoshang.questions.answering import Answer, Place
from zhaoshang.questions.rules import OTHER, Key, Money, Question, Share
from zhaoshang.ui.filters import number, percent, period, with_note

Row = Key | None  # None: the line of totals


def columns(found: Answer) -> list[dict[str, Any]]:
    """The table's columns: the rows' names, one for each column's key, the total, and what is reckoned from them."""
    question = found.question
    heads: list[dict[str, Any]] = [
        {"key": f"head{place or ''}", "label": _(one.label), "kind": "link", "head": place == 0, "sortable": place == 0}
        for place, one in enumerate(question.rows)
    ] or [{"key": "head", "label": "", "head": True}]
    cells = [
        {"key": "|".join(key), "label": _column_words(found, key), **_form(question), "sortable": True}
        for key in found.grid.columns
    ]
    if question.compare is not None:
        return [*heads, *cells, *_compared(found)]
    total = {
        "key": "total",
        "label": _("合计") if cells else _(question.measure.label),
        **_form(question),
        "sortable": True,
    }
    return [*heads, *cells, total, *([_SHARE | {"label": _("占总计")}] if _gives_share(question) else [])]


_SHARE = {"key": "share", "unit": "%", "kind": "percent"}


def _gives_share(question: Question) -> bool:
    """A column of shares stands beside plain totals."""
    return question.measure.adds_up and not question.columns and question.share == Share.NONE


def _form(question: Question) -> dict[str, Any]:
    return {"kind": "figure", "unit": "%" if question.share else unit_words(question)}


def _compared(found: Answer) -> list[dict[str, Any]]:
    if found.growth_refused is not None:
        return []
    return [
        {"key": "difference", "label": _("增减"), "unit": unit_words(found.question), "kind": "number"},
        {"key": "growth", "label": _("增长"), "unit": "%", "kind": "percent"},
    ]


def _column_words(found: Answer, key: Key) -> str:
    if found.question.compare is not None:
        return period(key[0])
    return key_words(found.question.columns, key, found.names)


def rows(found: Answer) -> list[dict[str, Any]]:
    """The table's lines with the totals last; a name holds the question to its value, a cell opens its records."""
    lines = [_line(found, row) for row in found.grid.rows]
    if not lines or found.question.rows:
        lines += [_line(found, None)] if lines else []
    return lines


def _line(found: Answer, row: Row) -> dict[str, Any]:
    question = found.question
    line: dict[str, Any] = {} if row else {"_kind": "total", "head": {"text": _("合计")}}
    for place, (dimension, value) in enumerate(zip(question.rows, row or (), strict=False)):
        words = value_words(dimension, value, found.names)
        href = None if value == OTHER else held_to(question, dimension, value)
        line[f"head{place or ''}"] = {"text": words, "href": href}
    for column in (*found.grid.columns, None):
        line["total" if column is None else "|".join(column)] = _cell(found, row, column)
    if _gives_share(question):
        line["share"] = _share(found, row, None, Share.TOTAL)
    if question.compare is not None:
        line |= _growth(found, row)
    return line


def _cell(found: Answer, row: Row, column: Key | None) -> dict[str, Any]:
    question = found.question
    value = found.grid.values.get((row, column))
    if value is None:
        return {"text": ""}
    text = _share(found, row, column, question.share) if question.share else value_shown(question, value)
    return {"text": text, "href": records_address(question, place_of(question, row, column)), "state": _state(found)}


def _share(found: Answer, row: Row, column: Key | None, of: Share) -> str:
    return percent(found.grid.share(row, column, of), unit=False)


def _state(found: Answer) -> str:
    """An amount counted by a version in months for which it was not official is one restated."""
    period_ = found.question.period
    late = found.version is not None and period_ is not None and not found.version.official_for(period_)
    return "restated" if late else "live"


def place_of(question: Question, row: Row, column: Key | None) -> Place:
    """Where a cell stands."""
    values = list(zip(question.rows, row or (), strict=False))
    if question.compare is not None:
        return Place(tuple(values), Period.parse(column[0]) if column else None)
    return Place((*values, *zip(question.columns, column or (), strict=False)))


def _growth(found: Answer, row: Row) -> dict[str, Any]:
    now, before = _two(found, row)
    rate = growth_percent(now, before)
    return {
        "difference": value_shown(found.question, now - before),
        "growth": None if rate is None else percent(rate, sign=True, unit=False),
    }


def _two(found: Answer, row: Row) -> tuple[int, int]:
    now, before = found.grid.columns
    return found.grid.values.get((row, now)) or 0, found.grid.values.get((row, before)) or 0


def notes(found: Answer) -> list[str]:
    """What a reader must know to read the numbers rightly, and what is left out."""
    question, grid = found.question, found.grid
    said = [_(words) for words in found.warned]
    if grid.more_rows:
        said.append(
            _("只列出前 %(shown)s 行，另有 %(more)s 行未列出；合计含全部。") % _counts(len(grid.rows), grid.more_rows)
        )
    if grid.more_columns:
        said.append(
            _("只列出 %(shown)s 列，另有 %(more)s 列未列出；合计含全部。")
            % _counts(len(grid.columns), grid.more_columns)
        )
    if question.measure.code == "projects":
        said.append(_("项目不重复计：一个项目出现在几格时，各格之和大于合计。"))
    if question.measure.code == "average":
        said.append(_("平均金额＝金额合计 ÷ 笔数合计；各格不能相加。"))
    if question.measure.code in ("payments", "average", "counted_payments"):
        said.append(_("冲减减少金额，不另计笔数。"))
    if question.measure.code == "amount":
        said.append(_("申报金额是到账单上的金额，未按统计规则折算；排名和通报用的是计入金额。"))
    if found.version is not None:
        said.append(_("计入金额取自汇总，与排名表同源：%(definition)s") % {"definition": titled(found.version)})
    if found.growth_refused is not None:
        said.append(_("增减：没有给出。%(reason)s") % {"reason": refusal_shown(found.growth_refused)})
    return said


def _counts(shown: int, more: int) -> dict[str, str]:
    return {"shown": number(shown), "more": number(more)}


def as_sheet(found: Answer, conditions: Sequence[str]) -> HttpResponse:
    """The answer as it is shown, as a file: amounts in 万元 to the fen."""
    question = found.question
    heads = [Column(_(one.label), width=24) for one in question.rows] or [Column("", width=12)]
    lines = [_sheet_line(found, row) for row in (*found.grid.rows, *([None] if question.rows else []))]
    said = [(_("所问"), title_words(question, found.version)), (_("条件"), _("；").join(conditions) or _("全部"))]
    said += [(_("说明"), note) for note in notes(found)]
    return sheet([*heads, *_sheet_columns(found)], lines, title_words(question, found.version)[:60], said)


def _sheet_columns(found: Answer) -> list[Column]:
    question = found.question
    form, places = (
        ("percent", 2) if question.share else (("amount", 6) if question.measure.is_money else ("integer", 0))
    )
    unit = "%" if question.share else unit_words(question)
    words = [_column_words(found, key) for key in found.grid.columns]
    words += [] if question.compare is not None else [_("合计") if words else _(question.measure.label)]
    made = [Column(with_note(one, unit), form, places, 18) for one in words]
    if question.compare is not None and found.growth_refused is None:
        made += [Column(with_note(_("增减"), unit), form, places, 18), Column(with_note(_("增长"), "%"), "percent", 2)]
    return made


def _sheet_line(found: Answer, row: Row) -> list[Value]:
    question = found.question
    names: list[Value] = [
        value_words(one, value, found.names) for one, value in zip(question.rows, row or (), strict=False)
    ]
    names += [_("合计") if not names else None] * (max(len(question.rows), 1) - len(names))
    cells: list[Value] = [_sheet_cell(found, row, column) for column in found.grid.columns]
    if question.compare is None:
        return [*names, *cells, _sheet_cell(found, row, None)]
    if found.growth_refused is not None:
        return [*names, *cells]
    now, before = _two(found, row)
    rate = growth_percent(now, before)
    return [*names, *cells, _exact(question, now - before), None if rate is None else round_half_even(rate, 2)]


def _sheet_cell(found: Answer, row: Row, column: Key | None) -> Value:
    question = found.question
    if question.share:
        share = found.grid.share(row, column, question.share)
        return None if share is None else round_half_even(share, 2)
    value = found.grid.values.get((row, column))
    return None if value is None else _exact(question, value)


def _exact(question: Question, value: int) -> Decimal | int:
    if not question.measure.is_money:
        return value
    return in_unit(value, "亿元" if question.money == Money.YI else "万元")
