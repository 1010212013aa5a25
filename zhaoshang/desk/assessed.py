"""How scores, lights and what they rest on are written on the desk's pages and on paper."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.assessments.models import Assessment
from zhaoshang.assessments.queries import Result
from zhaoshang.assessments.rules.scheme import (
    ASPECT_LABELS,
    COLOUR_LABELS,
    Aspect,
    Colour,
    Line,
    LineKind,
    Scheme,
    indicator_and_aspect,
)
from zhaoshang.assessments.rules.states import INPUT_STATE_LABELS, STATE_LABELS, InputState, State
from zhaoshang.common.periods import Period
from zhaoshang.desk.context import named
from zhaoshang.desk.shown import figure_address, titled
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.rules import Unit
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import clause, number, period

STATE_PILLS = {State.DRAFT: "todo", State.SHOWN: "wait", State.FINAL: "ok"}
COLOUR_PILLS = {Colour.GREEN: "ok", Colour.YELLOW: "warn", Colour.RED: "stop", Colour.NONE: "off"}
INPUT_PLACES = 2


def said(note: Mapping[str, Any] | None) -> str:
    """A kept sentence in the language of the page."""
    if note is None:
        return ""
    words = {name: _kept(value) for name, value in note["params"].items()}
    return _(note["template"]).format(**words)


def _kept(value: object) -> object:
    if not isinstance(value, dict):
        return _("、").join(map(clause, value.split("、"))) if isinstance(value, str) else value
    if "period" in value:
        return period(value["period"])
    return value["en"] if (get_language() or "").startswith("en") and value.get("en") else value["zh"]


def state_pill(assessment: Assessment) -> dict[str, str]:
    """Where an assessment stands."""
    state = State(assessment.state)
    return {"text": _(STATE_LABELS[state]), "pill": STATE_PILLS[state]}


def colour_pill(colour: str) -> dict[str, str]:
    """A light: word, shape and hue."""
    return {"text": _(COLOUR_LABELS[Colour(colour)]), "pill": COLOUR_PILLS[Colour(colour)]}


class Names:
    """What inputs are called, in the language of the page. One query."""

    def __init__(self, city: City, scheme: Scheme) -> None:
        self.scheme = scheme
        self.indicators = {one.code: one for one in Indicator.objects.of(city)}

    def name(self, key: str) -> str:
        """到位内资 完成年度目标, or the entered number's name."""
        if entered := self.scheme.entered_by(key):
            return entered.name
        code, aspect = indicator_and_aspect(key)
        indicator = self.indicators.get(code)
        parts = {"indicator": titled(indicator) if indicator else code, "aspect": _(ASPECT_LABELS[aspect])}
        return _("%(indicator)s：%(aspect)s") % parts

    def unit(self, key: str) -> str:
        """亿元, 个, %, or the entered number's unit."""
        if entered := self.scheme.entered_by(key):
            return entered.unit if entered.unit != "—" else ""
        code, aspect = indicator_and_aspect(key)
        if aspect == Aspect.AHEAD:
            return _("个百分点")
        if aspect not in (Aspect.VALUE, Aspect.SHARED):
            return "%"
        indicator = self.indicators.get(code)
        return _("亿元") if indicator and indicator.unit_of_value == Unit.FEN else _("个")


def with_unit(value: str, unit: str) -> str:
    """A value with its unit, written as people read it."""
    shown = number(Decimal(value), INPUT_PLACES)
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"{shown}{unit}" if unit in ("", "%") else f"{shown} {unit}"


def points_shown(points: str | None, places: int) -> str | None:
    """Points at the places of a published score."""
    return None if points is None else number(Decimal(points), places)


def input_row(names: Names, key: str, given: Mapping[str, Any], unit: ReportingUnit, settled: bool) -> dict[str, Any]:
    """One input as a row: what it is, its value with its seal and address, and where it comes from."""
    state = InputState(given["state"])
    value: dict[str, Any] = {"text": None}
    if given["value"] is not None:
        seals = {InputState.FIGURE: "frozen" if settled else "live"}
        value = {"text": with_unit(given["value"], names.unit(key)), "state": seals.get(state, "external")}
        if "figure" in given:
            value["href"] = _address(given["figure"], unit)
    before = given.get("before")
    told = [said(given.get("note")), given.get("document", ""), given.get("detail", "")]
    told += [said(one) for one in given.get("shares", [])]
    if before is not None:
        told.append(
            _("原为 %(value)s") % {"value": with_unit(before["value"], names.unit(key)) if before["value"] else "—"}
        )
    source: dict[str, Any] = {"text": _(INPUT_STATE_LABELS[state]), "note": _("；").join(filter(None, told))}
    if "objection" in given:
        source["href"] = reverse("desk:objection_open", args=[given["objection"]])
    return {"what": f"　{names.name(key)}", "value": value, "source": source, "_kind": "muted"}


def _address(figure: Mapping[str, str], unit: ReportingUnit) -> str:
    return figure_address(figure["indicator"], unit, Period.parse(figure["period"]), figure["version"])


def sheet_rows(result: Result, names: Names, code: str) -> list[dict[str, Any]]:
    """A unit's sheet: each article with its formula and points, and below it every input that it rests on."""
    scores = next(row for row in result.last.scores if row["unit"] == code)
    unit, given = result.units[code], result.last.inputs[code]
    settled = result.assessment.state != State.DRAFT
    rows: list[dict[str, Any]] = []
    for line, got in zip(result.scheme.lines, scores["lines"], strict=True):
        rows.append(line_row(line, got, result.scheme.places))
        rows += [input_row(names, key, given[key], unit, settled) for key in line.keys]
    return rows


def line_row(line: Line, got: Mapping[str, Any], places: int) -> dict[str, Any]:
    """An article for a unit."""
    note = said(got["note"])
    if line.kind == LineKind.VETO:
        points: str | None = _("否决") if got["veto"] else _("未触发")
    else:
        points = points_shown(got["points"], places)
    return {
        "what": {"text": f"{clause(line.no)}　{line.name}", "note": line.text},
        "formula": {"text": got["formula"] or "—", "note": note} if note else got["formula"],
        "points": points,
        "_kind": "problem" if got["points"] is None and not got["excluded"] else "",
    }


def table_columns(scheme: Scheme, told: bool) -> list[dict[str, Any]]:
    """Rank, unit, score, then the points of each article; with ``told`` a column of remarks."""
    grouped = scheme.groups is None or bool(scheme.groups)
    return [
        {"key": "rank", "label": _("名次"), "kind": "number"},
        {"key": "unit", "label": _("地区"), "kind": "link", "head": True},
        *([{"key": "group", "label": _("组别")}] if grouped else []),
        {"key": "total", "label": _("总分"), "kind": "number"},
        *(
            {"key": f"line{place}", "label": clause(line.no), "unit": line.name, "kind": "number"}
            for place, line in enumerate(scheme.lines)
        ),
        *([{"key": "told", "label": _("说明")}] if told else []),
    ]


def _told(row: Mapping[str, Any], moved: list[str]) -> dict[str, str]:
    """What a reader of the table must know of a unit's total; the sheet says the rest."""
    striking = row["total"] is None or any(line["veto"] for line in row["lines"])
    words = [*moved, *((said(note) for note in row["notes"]) if striking else ())]
    return {"told": _("；").join(words)} if words else {}


def table_rows(result: Result, own: frozenset[Any]) -> list[dict[str, Any]]:
    """The units by group and rank, those without a rank last; a viewer's own are marked."""
    before = {row["unit"]: row for row in result.first.scores}
    rows = []
    for row in ordered(result):
        unit = result.units[row["unit"]]
        first = before[row["unit"]]["total"]
        moved = [_("公示时 %(points)s") % {"points": first}] if first != row["total"] else []
        address = reverse("desk:unit_sheet", args=[result.assessment.pk, unit.code])
        rows.append(
            {
                "rank": str(row["rank"]) if row["rank"] else None,
                "unit": {"text": named(unit), "href": address},
                "group": _(row["group"]) if row["group"] else "",
                "total": points_shown(row["total"], result.scheme.places),
                **_cells(result, row),
                **_told(row, moved),
                "_href": address,
                "_kind": "own" if unit.pk in own else "",
            }
        )
    return rows


def _cells(result: Result, row: Mapping[str, Any]) -> dict[str, str | None]:
    pairs = enumerate(zip(result.scheme.lines, row["lines"], strict=True))
    return {f"line{place}": _cell(line, got, result.scheme.places) for place, (line, got) in pairs}


def _cell(line: Line, got: Mapping[str, Any], places: int) -> str | None:
    if line.kind == LineKind.VETO:
        return _("否决") if got["veto"] else "" if got["points"] is not None else None
    if got["excluded"]:
        return _("不计")
    return points_shown(got["points"], places)


def ordered(result: Result) -> list[dict[str, Any]]:
    """Score rows by group, in the order of the units, then by rank."""
    positions = {code: unit.position for code, unit in result.units.items()}
    groups: dict[str, int] = {}
    for row in sorted(result.last.scores, key=lambda row: positions[row["unit"]]):
        groups.setdefault(row["group"], len(groups))
    return sorted(
        result.last.scores,
        key=lambda row: (groups[row["group"]], row["rank"] is None, row["rank"] or 0, positions[row["unit"]]),
    )
