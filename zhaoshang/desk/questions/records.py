"""The records behind a cell: a list to walk and a file to keep, in the words that the subject gives."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.queries import ruling
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import month_text
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import sheet
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.questions.subjects.base import Field, Source
from zhaoshang.ui.filters import clause, wan, with_note

MOST_EXPORTED = 20_000
_KINDS = {"money": "number", "date": "date", "month": "date"}
_FORMS = {"money": "amount", "date": "date"}


def columns(source: Source, version: IndicatorVersion | None) -> list[dict[str, Any]]:
    """What each record says; with a version, what counts of it."""
    found: list[dict[str, Any]] = [
        {"key": one.code, "label": _(one.label), "kind": _KINDS.get(one.form, "text"), "head": place == 0}
        | ({"unit": _("万元")} if one.form == "money" else {})
        for place, one in enumerate(source.fields)
    ]
    if version is not None:
        found.insert(1, {"key": "counted", "label": _("计入"), "unit": _("万元"), "kind": "number"})
    return found


def rows(source: Source, version: IndicatorVersion | None, found: Iterable[Any]) -> list[dict[str, Any]]:
    """One line a record; each opens its page."""
    return [_row(source, version, record) for record in found]


def _row(source: Source, version: IndicatorVersion | None, record: Any) -> dict[str, Any]:
    href = reverse(f"desk:{source.page}", args=[source.key(record)])
    line: dict[str, Any] = {one.code: _shown(one, record) for one in source.fields}
    first = source.fields[0].code
    line |= {"_href": href, first: {"text": line[first], "href": href}}
    if version is not None:
        said = ruling(version.rule_set, record)
        why = [_("第%(no)s条 %(text)s") % {"no": clause(step.number), "text": step.text} for step in said.steps]
        line |= {"counted": wan(said.counted_fen), "_kind": "" if said.counts else "muted"}
        line[first]["note"] = _("；").join(why)
    return line


def _shown(one: Field, record: Any) -> Any:
    value = one.read(record)
    if value in (None, ""):
        return None
    match one.form:
        case "money":
            return wan(value)
        case "date":
            return value.isoformat()
        case "month":
            return month_text(value)
        case "unit":
            return named(value)
        case "word":
            return _(value)
    return value


def as_sheet(
    source: Source, version: IndicatorVersion | None, found: Iterable[Any], title: str, conditions: list[str]
) -> HttpResponse:
    """The records as a file, amounts in 万元 to the fen."""
    heads = [
        Column(with_note(_(one.label), _("万元")) if one.form == "money" else _(one.label), _FORMS.get(one.form, "text"),
               6 if one.form == "money" else None, 20)
        for one in source.fields
    ]  # fmt: skip
    if version is not None:
        heads.append(Column(with_note(_("计入"), _("万元")), "amount", 6, 20))
    lines = [_line(source, version, record) for record in found]
    notes = [(_("所问"), title), (_("条件"), _("；").join(conditions) or _("全部"))]
    if len(lines) == MOST_EXPORTED:
        notes.append((_("注意"), _("只导出前 %(count)s 条。请缩小范围分次导出。") % {"count": MOST_EXPORTED}))
    return sheet(heads, lines, title[:60], notes)


def _line(source: Source, version: IndicatorVersion | None, record: Any) -> list[Value]:
    line: list[Value] = [_kept(one, record) for one in source.fields]
    if version is not None:
        line.append(in_unit(ruling(version.rule_set, record).counted_fen, "万元"))
    return line


def _kept(one: Field, record: Any) -> Value:
    """As the file keeps it: money exact, a date as a date."""
    if one.form == "money":
        return in_unit(one.read(record), "万元")
    kept: Value = one.read(record) if one.form == "date" else _shown(one, record)
    return kept
