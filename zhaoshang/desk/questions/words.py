"""Questions, values and refusals in the language of the page."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.desk.context import named
from zhaoshang.desk.shown import titled
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.questions.answering import Names, Place
from zhaoshang.questions.rules import EMPTY, OTHER, Dimension, Key, Money, Question, Unanswerable
from zhaoshang.ui.filters import number, period, wan, with_note, yi


def address(question: Question) -> str:
    """The question's own address; whoever has it may ask the same."""
    return f"{reverse('desk:questions')}?{urlencode(question.params())}"


def records_address(question: Question, place: Place) -> str:
    """Where the records behind a cell are."""
    at = [(f"at.{dimension.code}", value) for dimension, value in place.values]
    at += [("at.period", str(place.period))] if place.period is not None else []
    return f"{reverse('desk:question_records')}?{urlencode([*question.params(), *at])}"


def value_words(dimension: Dimension, value: str, names: Names) -> str:
    """A value's name."""
    if value == OTHER:
        return _("其他")
    if value == EMPTY:
        return _("（无）")
    if dimension.span:
        return period(value)
    if dimension.values:
        return _(dimension.values[value])
    match dimension.names:
        case "unit":
            return named(names.units[value]) if value in names.units else value
        case "region":
            return _region(value, names)
        case "project":
            return names.projects.get(value, value)
    return value


def _region(value: str, names: Names) -> str:
    region = names.regions.get(value)
    if region is None:
        return _("国外") if value == "00" else value
    return named(region)


def key_words(dimensions: Sequence[Dimension], key: Key, names: Names) -> str:
    """A key's name: its values beside each other."""
    return " · ".join(value_words(one, value, names) for one, value in zip(dimensions, key, strict=True))


def measure_words(question: Question, version: IndicatorVersion | None) -> str:
    """The measure, with the version that counts it."""
    name = _(question.measure.label)
    return name if version is None else with_note(name, titled(version))


def unit_words(question: Question) -> str:
    """The unit in which values are shown."""
    if question.measure.is_money:
        return _("亿元") if question.money == Money.YI else _("万元")
    return _("个") if question.measure.code in ("projects", "number") else _("笔")


def value_shown(question: Question, value: int | None) -> str:
    """A value without its unit; nothing where there are no records."""
    if value is None:
        return ""
    if not question.measure.is_money:
        return number(value)
    return yi(value, 2) if question.money == Money.YI else wan(value)


def sides_words(question: Question) -> str:
    """``按地区 × 月份``; empty when nothing is told apart."""
    names = [_(one.label) for one in question.dimensions]
    return _("按%(sides)s") % {"sides": " × ".join(names)} if names else _("合计")


def title_words(question: Question, version: IndicatorVersion | None) -> str:
    """The question as a heading."""
    return _("%(measure)s，%(sides)s") % {"measure": measure_words(question, version), "sides": sides_words(question)}


def refused(refusal: Unanswerable) -> str:
    """Why a question has no answer, and what to do."""
    return refusal.said(_in_words, _(refusal.template))


def _in_words(value: object) -> str:
    if isinstance(value, Period):
        return period(value)
    if isinstance(value, IndicatorVersion):
        return titled(value)
    if isinstance(value, tuple):
        return _("、").join(value)
    return _(str(value)) if value else ""
