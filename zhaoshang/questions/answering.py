"""The answer to a question: one grouped query, and constant look-ups for the names of what it found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from zhaoshang.common.periods import Period
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import base_of
from zhaoshang.figures.rules import Refusal
from zhaoshang.projects.models import Project
from zhaoshang.questions.grid import Grid, Group, largest, lay_out
from zhaoshang.questions.rules import EMPTY, OTHER, Dimension, Key, Question, Unanswerable, span_text
from zhaoshang.questions.subjects import SOURCES, counted
from zhaoshang.questions.subjects.base import SIZE, Column, Parts, Within, of_units
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Region, ReportingUnit

MOST_ROWS, MOST_COLUMNS = 100, 24
Units = Mapping[str, ReportingUnit]
PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of open values by their codes: units in their order, provinces by two digits, projects."""

    units: Units
    regions: Mapping[str, Region]
    projects: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """``growth_refused``: why the two periods may not be compared under the version; ``warned``: what a reader must know (marked)."""

    question: Question
    grid: Grid
    names: Names
    version: IndicatorVersion | None = None
    growth_refused: Refusal | None = None
    warned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: the value of each dimension that it stands under, and which of two periods; nothing for a total."""

    values: tuple[tuple[Dimension, str], ...] = ()
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What groups are made of: filtered rows, and what dimensions and measures are there."""

    rows: "QuerySet[Any]"
    columns: Mapping[str, Column]
    parts: Parts
    within: Within
    banded: bool = False
    units: Units = field(default_factory=dict)


def answer(question: Question, viewer: Viewer, most_rows: int = MOST_ROWS, most_columns: int = MOST_COLUMNS) -> Answer:
    """The answer as far as the viewer may see. Raises ``Unanswerable``."""
    units, version = _units(viewer), _version(question, viewer)
    groups = _groups(question, _ledger(question, viewer, units, version))
    grid = lay_out(question, groups, _order(units), most_rows, most_columns)
    refused = None
    if version is not None and question.compare is not None:
        basis = base_of(version, question.compare)
        refused = basis if isinstance(basis, Refusal) else None
    return Answer(question, grid, names_of(_values(question, grid), viewer, units), version, refused, _warned(question))


def records(question: Question, viewer: Viewer, place: Place) -> tuple["QuerySet[Any]", IndicatorVersion | None]:
    """The records behind one cell that the viewer may see, in no order, with the version that counts them. Raises ``Unanswerable``."""
    source, units, version = SOURCES[question.subject.code], _units(viewer), _version(question, viewer)
    if version is not None:
        counted.check_kept(question, version)
    columns = source.columns_for(viewer)
    rows = _held(source.rows(viewer), question, columns, source.within, units)
    rows = counted.behind(rows, version) if version is not None else rows
    if place.period is not None:
        rows = rows.filter(source.within(place.period))
    for dimension, value in place.values:
        if value == OTHER:
            kept = tuple(largest(question, _groups(question, _ledger(question, viewer, units, version))))
            rows = _held_to(rows, dimension, kept, columns, units, but=True)
        else:
            rows = _held_to(rows, dimension, (value,), columns, units)
    return rows.select_related(*source.related), version


def _units(viewer: Viewer) -> Units:
    return {unit.code: unit for unit in ReportingUnit.objects.of(viewer.city)}


def _version(question: Question, viewer: Viewer) -> IndicatorVersion | None:
    return counted.version_of(viewer.city, question.version) if question.measure.counted else None


def _ledger(question: Question, viewer: Viewer, units: Units, version: IndicatorVersion | None) -> Ledger:
    if version is None:
        source = SOURCES[question.subject.code]
        columns = source.columns_for(viewer)
        rows = _held(source.rows(viewer), question, columns, source.within, units)
        return Ledger(rows, columns, source.parts[question.measure.code], source.within, units=units)
    facet = counted.check_kept(question, version)
    held = tuple(pair for pair in question.filters if pair[0].code not in ("standing", "size"))
    rows = counted.cells(viewer, version, facet)
    rows = _held(rows, replace(question, filters=held), counted.COLUMNS, counted.within, units)
    parts = counted.PARTS[question.measure.code]
    return Ledger(rows, counted.COLUMNS, parts, counted.within, facet == "size", units)


def _held(
    rows: "QuerySet[Any]", question: Question, columns: Mapping[str, Column], within: Within, units: Units
) -> "QuerySet[Any]":
    """Only what the filters and the period let through."""
    if question.period is not None:
        wanted = within(question.period)
        rows = rows.filter(wanted | within(question.compare) if question.compare is not None else wanted)
    for dimension, values in question.filters:
        rows = _held_to(rows, dimension, values, columns, units)
    return rows


def _held_to(
    rows: "QuerySet[Any]",
    dimension: Dimension,
    values: Key,
    columns: Mapping[str, Column],
    units: Units,
    but: bool = False,
) -> "QuerySet[Any]":
    """Only records with one of the values, or with ``but`` none of them. Raises ``Unanswerable`` for a unit that there is not."""
    if dimension.names == "unit":
        _known(dimension, values, units)
        condition = of_units(units, values)
    elif given := columns[dimension.code].condition:
        condition = given(values)
    else:
        name = f"held_{dimension.code}"
        rows = rows.alias(**{name: columns[dimension.code].expression})
        condition = Q(**{f"{name}__in": ["" if value == EMPTY else value for value in values]})
    return rows.exclude(condition) if but else rows.filter(condition)


def _known(dimension: Dimension, values: Key, units: Units) -> None:
    for value in values:
        if value not in units:
            raise Unanswerable("unknown_value", "“{label}”没有“{value}”这个值。", label=dimension.label, value=value)


def _groups(question: Question, ledger: Ledger) -> list[Group]:
    """The one query, its values as texts."""
    dimensions = list(question.dimensions)
    size = next((place for place, one in enumerate(dimensions) if one.code == SIZE.code), None)
    if ledger.banded and size is None:
        size = len(dimensions)
        dimensions.append(SIZE)
    expressions = [ledger.columns[one.code].expression for one in dimensions]
    if question.compare is not None:
        assert question.period is not None
        now = When(ledger.within(question.period), then=Value(str(question.period)))
        expressions.append(Case(now, default=Value(str(question.compare))))
    raw = _raw(ledger.rows, expressions, ledger.parts)
    if ledger.banded:
        assert size is not None
        bands = question.values(SIZE.code)
        raw = [line for line in counted.banded(raw, size) if not bands or line[size] in bands]
    return [_group(question, dimensions, line, ledger.units) for line in raw]


def _raw(rows: "QuerySet[Any]", expressions: Sequence[Any], parts: Parts) -> list[list[Any]]:
    """Values of the expressions with fen, count and member of each combination."""
    named = {f"by{place}": F(one) if isinstance(one, str) else one for place, one in enumerate(expressions)}
    sums = {name: one for name, one in (("fen", parts.fen), ("count", parts.count)) if one is not None}
    rows = rows.order_by()
    if parts.member:
        found = rows.values(**named, member=F(parts.member)).values_list(*named, "member").distinct()
        return [[*values, 0, 0, member] for *values, member in found]
    if not named:
        whole = rows.aggregate(**sums)
        return [[whole.get("fen"), whole.get("count"), None]]
    grouped = rows.values(**named).annotate(**sums).values_list(*named, *sums)
    width = len(named)
    told = [(list(line[:width]), dict(zip(sums, line[width:], strict=True))) for line in grouped]
    return [[*values, said.get("fen"), said.get("count"), None] for values, said in told]


def _group(question: Question, dimensions: Sequence[Dimension], line: Sequence[Any], units: Units) -> Group:
    *values, fen, count, member = line
    codes = {unit.pk: code for code, unit in units.items()} if any(one.names == "unit" for one in dimensions) else {}
    texts = [_text(one, value, codes) for one, value in zip(dimensions, values, strict=False)]
    rows, columns = len(question.rows), len(question.columns)
    column = (str(values[-1]),) if question.compare is not None else tuple(texts[rows : rows + columns])
    return Group(tuple(texts[:rows]), column, fen or 0, count or 0, member)


def _text(dimension: Dimension, value: Any, codes: Mapping[Any, str]) -> str:
    """A value as the address writes it."""
    if value is None or value == "":
        return EMPTY
    if dimension.span:
        return span_text(int(value), dimension.span)
    return codes[value] if dimension.names == "unit" else str(value)


def _order(units: Units) -> Any:
    """The natural place of a value: a unit's position, a fixed value's place, else its own text."""
    places = {code: place for place, code in enumerate(units)}

    def place(dimension: Dimension, value: str) -> Any:
        if dimension.names == "unit":
            return (places.get(value, -1), "")
        fixed = list(dimension.values)
        return (fixed.index(value) if value in fixed else -1, "" if fixed else value)

    return place


def names_of(found: Iterable[tuple[Dimension, Iterable[str]]], viewer: Viewer, units: Units | None = None) -> Names:
    """Names of these values, as far as the viewer may see them."""
    wanted: dict[str, set[str]] = {"region": set(), "project": set()}
    for dimension, values in found:
        wanted.get(dimension.names, set()).update(values)
    codes = [f"{value}0000" for value in wanted["region"]]
    regions = Region.objects.filter(code__in=codes).order_by("valid_from") if codes else []
    projects = Project.objects.visible_to(viewer).filter(code__in=wanted["project"])
    named = projects.values_list("code", "name") if wanted["project"] else []
    return Names(units or _units(viewer), {region.code[:2]: region for region in regions}, dict(named))


def _values(question: Question, grid: Grid) -> Iterator[tuple[Dimension, Iterable[str]]]:
    """What is shown and what is filtered by."""
    yield from question.filters
    for dimensions, keys in ((question.rows, grid.rows), (question.columns, grid.columns)):
        yield from ((dimension, [key[place] for key in keys]) for place, dimension in enumerate(dimensions))


def _warned(question: Question) -> tuple[str, ...]:
    """What a subject wants said when a filter is not set as it should be."""
    if question.measure.counted:
        return ()
    return tuple(
        words
        for code, (right, words) in SOURCES[question.subject.code].warned.items()
        if not question.values(code) or not set(question.values(code)) <= right
    )
