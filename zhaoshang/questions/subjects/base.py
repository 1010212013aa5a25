"""How a subject stands in the database: what its dimensions and measures are there, and what its records say of themselves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import ExtractMonth, ExtractQuarter, ExtractYear, Left

from zhaoshang.capital.rules import YI_FEN
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period, month_text
from zhaoshang.common.problems import N_
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.questions.rules import EMPTY, Dimension, Subject, span_number
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit

Within = Callable[[Period], Q]
SIZES = {"below": N_("1亿元以下"), "yi": N_("1亿元至10亿元"), "ten_yi": N_("10亿元及以上")}

UNIT = Dimension("unit", N_("地区"), names="unit")
INDUSTRY = Dimension("industry", N_("行业门类"), INDUSTRIES)
PROVINCE = Dimension("province", N_("来源省份"), names="region")
SIZE = Dimension("size", N_("合同额档次"), SIZES)


@dataclass(frozen=True, slots=True)
class Column:
    """A dimension in the database: what is grouped by and, where an index can serve, the condition for some of its values."""

    expression: Any
    condition: Callable[[Iterable[str]], Q] | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What a measure asks of a group: a sum of fen, a number of records, or the key that is counted once."""

    fen: Any = None
    count: Any = None
    member: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a record says of itself. ``form``: ``text word unit month date money``; a ``word`` is marked for translation."""

    code: str
    label: str
    form: str
    read: Callable[[Any], Any]

    def plain(self, record: Any) -> str | None:
        """As JSON has it: money in yuan, a month as ``2023-03``, a unit by its code, words in Chinese."""
        value = self.read(record)
        if value is None:
            return None
        forms: dict[str, Callable[[Any], str]] = {
            "money": yuan_text,
            "month": month_text,
            "unit": lambda unit: unit.code,
        }
        return forms.get(self.form, str)(value)


@dataclass(frozen=True, slots=True)
class Source:
    """A subject with its records. ``page`` and ``key``: the desk's page of one record and what names the record there."""

    subject: Subject
    rows: Callable[[Viewer], "QuerySet[Any]"]
    within: Within
    columns: Mapping[str, Column]
    parts: Mapping[str, Parts]
    page: str
    key: Callable[[Any], str]
    fields: tuple[Field, ...]
    related: tuple[str, ...] = ()
    by_month: bool = False
    warned: Mapping[str, tuple[frozenset[str], str]] = field(default_factory=dict)
    veiled: Mapping[str, Callable[[Viewer], Any]] = field(default_factory=dict)

    def columns_for(self, viewer: Viewer) -> Mapping[str, Column]:
        """The columns as the viewer may read them: in a city with secrets ``veiled`` ones are grouped and filtered as they are told."""
        if not viewer.city.keeps_secrets:
            return self.columns
        return {**self.columns, **{code: Column(told(viewer)) for code, told in self.veiled.items()}}


def one_of(name: str) -> Callable[[Iterable[str]], Q]:
    """The condition of a plain column."""

    def condition(values: Iterable[str]) -> Q:
        return Q(**{f"{name}__in": ["" if value == EMPTY else value for value in values]})

    return condition


def in_spans(span: int, within: Within, absent: Q | None = None) -> Callable[[Iterable[str]], Q]:
    """The condition of a dimension of time, as ranges that an index can serve; ``absent`` where there is no date."""

    def condition(values: Iterable[str]) -> Q:
        found = []
        for value in values:
            if value == EMPTY:
                found.append(absent if absent is not None else Q(pk__in=[]))
            else:
                number = span_number(value, span)
                found.append(within(Period(number * span, number * span + span - 1)))
        return reduce(or_, found)

    return condition


def of_units(units: Mapping[str, ReportingUnit], values: Iterable[str]) -> Q:
    """The condition of the reporting unit, by its id: no join."""
    return Q(unit_id__in=[units[value].pk for value in values if value in units])


def province_of(name: str) -> Column:
    """The first two digits of a six-digit code."""
    return Column(Left(name, 2))


def size_of(name: str) -> Column:
    """The band of a contract."""
    bands = (
        When(**{f"{name}__gte": 10 * YI_FEN}, then=Value("ten_yi")),
        When(**{f"{name}__gte": YI_FEN}, then=Value("yi")),
    )
    return Column(Case(*bands, default=Value("below")))


def months(name: str) -> dict[int, Any]:
    """A month number by spans of one month, a quarter and a year; whole numbers divide whole in every database here."""
    return {1: F(name), 3: F(name) / 3, 12: F(name) / 12}


def days(name: str) -> dict[int, Any]:
    """A date by the same spans."""
    year = ExtractYear(name)
    return {1: year * 12 + ExtractMonth(name) - 1, 3: year * 4 + ExtractQuarter(name) - 1, 12: year}
