"""Everything on the page that changes the question by one click: each is a link to another address."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.desk.questions.words import address, value_words
from zhaoshang.desk.shown import titled
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.questions.answering import Names
from zhaoshang.questions.rules import (
    MOST_DIMENSIONS,
    SHARE_LABELS,
    SHOW_LABELS,
    Dimension,
    Money,
    Question,
    Share,
    Show,
)
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.ui.filters import period as period_words

Link = dict[str, Any]
TOPS = (5, 10, 20)


def changed(question: Question, **changes: Any) -> str:
    """The address of the question with some parts changed; a way of showing it that it no longer allows goes back to the table."""
    other = replace(question, **changes)
    other = other if other.show in other.shows_possible else replace(other, show=Show.TABLE)
    sort = other.sort if set(changes) <= {"show", "share", "money", "filters", "top", "sort"} else ""
    return address(replace(other, sort=sort))


def subjects(question: Question | None) -> list[Link]:
    """What can be asked about."""
    return [
        {"label": _(one.label), "href": f"?about={one.code}&rows=unit", "current": question and question.subject is one}
        for one in SUBJECTS.values()
    ]


def side(question: Question, name: str) -> dict[str, Any]:
    """Rows or columns: their dimensions to take away, and those that may be added."""
    held: tuple[Dimension, ...] = getattr(question, name)
    chips = [
        {
            "label": _(one.label),
            "href": changed(question, **{name: tuple(other for other in held if other is not one)}),
            "says": _("去掉%(name)s") % {"name": _(one.label)},
        }
        for one in held
    ]
    free = len(held) < MOST_DIMENSIONS and not (name == "columns" and question.compare is not None)
    return {"chips": chips, "choices": _addable(question, name) if free else []}


def _addable(question: Question, name: str) -> list[Link]:
    return [
        {"label": _(one.label), "href": changed(question, **{name: (*getattr(question, name), one)})}
        for one in question.subject.dimensions
        if one not in question.dimensions and not (question.compare is not None and one.span)
    ]


def measures(question: Question, versions: list[IndicatorVersion]) -> list[Link]:
    """What is counted or summed; a counted measure takes the last version that was official, or the one chosen."""
    found = []
    for one in question.subject.measures:
        if one.counted and not versions:
            continue
        version = (question.version or _usual(question, versions)) if one.counted else ""
        found.append(
            {
                "label": _(one.label),
                "href": changed(question, measure=one, version=version),
                "current": one is question.measure,
            }
        )
    return found


def _usual(question: Question, versions: list[IndicatorVersion]) -> str:
    """The first indicator's version that is official for the period, else its last."""
    own = [one for one in versions if one.indicator_id == versions[0].indicator_id]
    fits = [one for one in own if question.period is not None and one.official_for(question.period)]
    return version_code((fits or own)[-1])


def version_code(version: IndicatorVersion) -> str:
    """As the address names it."""
    return f"{version.indicator.code}@{version.code}"


def version_links(question: Question, versions: list[IndicatorVersion]) -> list[Link]:
    """By which version amounts may be counted."""
    return [
        {
            "label": f"{titled(one.indicator)} · {titled(one)}",
            "href": changed(question, version=version_code(one)),
            "current": version_code(one) == question.version,
        }
        for one in versions
    ]


def filters(question: Question, names: Names) -> list[Link]:
    """The conditions in force, each to take away."""
    chips = []
    if question.period is not None:
        words = f"{_(question.subject.period_label)}{_('：')}{period_words(question.period)}"
        chips.append(_chip(words, changed(question, period=None, compare=None)))
    if question.compare is not None:
        words = _("相比：%(period)s") % {"period": period_words(question.compare)}
        chips.append(_chip(words, changed(question, compare=None)))
    for dimension, values in question.filters:
        for value in values:
            words = f"{_(dimension.label)}{_('：')}{value_words(dimension, value, names)}"
            chips.append(_chip(words, changed(question, filters=without(question, dimension, value))))
    if question.top:
        chips.append(_chip(_("前 %(count)s 名") % {"count": question.top}, changed(question, top=0)))
    return chips


def _chip(words: str, href: str) -> Link:
    return {"label": words, "href": href, "says": _("去掉%(name)s") % {"name": words}}


def without(question: Question, dimension: Dimension, value: str) -> tuple[Any, ...]:
    """The filters without one value."""
    kept = [(one, tuple(v for v in values if one is not dimension or v != value)) for one, values in question.filters]
    return tuple(pair for pair in kept if pair[1])


def held_to(question: Question, dimension: Dimension, value: str) -> str:
    """The question of one value only."""
    others = tuple(pair for pair in question.filters if pair[0] is not dimension)
    return changed(question, filters=(*others, (dimension, (value,))))


def ways(question: Question) -> dict[str, list[Link]]:
    """How the answer is shown: as what, in which unit, as which share, how many of the largest."""
    swapped = changed(question, rows=question.columns, columns=question.rows)
    year_before = question.period.year_before() if question.period is not None else None
    timed = any(one.span for one in question.rows)
    may_compare = year_before is not None and question.compare is None and not timed
    may_share = question.measure.adds_up and question.compare is None
    return {
        "shows": [_way(question, "show", one, SHOW_LABELS[one]) for one in question.shows_possible],
        "shares": [_way(question, "share", one, SHARE_LABELS[one]) for one in Share] if may_share else [],
        "money": [_way(question, "money", one, words) for one, words in _money(question).items()],
        "tops": [
            {
                "label": _("前 %(count)s 名") % {"count": one},
                "href": changed(question, top=one),
                "current": one == question.top,
            }
            for one in TOPS
        ]
        if question.rows and not question.rows[0].span
        else [],
        "swap": [{"label": _("行列互换"), "href": swapped}] if question.rows and question.columns else [],
        "compare": [{"label": _("与上年同期相比"), "href": changed(question, compare=year_before, columns=())}]
        if may_compare
        else [],
    }


def _money(question: Question) -> dict[Money, str]:
    return {Money.WAN: _("万元"), Money.YI: _("亿元")} if question.measure.is_money else {}


def _way(question: Question, part: str, value: Any, words: str) -> Link:
    return {"label": _(words), "href": changed(question, **{part: value}), "current": getattr(question, part) == value}


def choosers(question: Question, names: Names, offered: list[Period]) -> dict[str, Any]:
    """The form that adds conditions: the question as it stands, hidden, and a choice for each dimension of few values."""
    kept = [(name, text) for name, text in question.params() if name != "period"]
    found = []
    for one in question.subject.dimensions:
        known = list(names.units) if one.names == "unit" else list(one.values)
        free = [value for value in known if value not in question.values(one.code)]
        if len(free) > 1 and len(known) > 1:
            choices = [("", "—"), *((value, value_words(one, value, names)) for value in free)]
            found.append({"name": one.code, "label": _(one.label), "choices": choices})
    periods = [("", _("全部")), *((str(one), period_words(one)) for one in offered)]
    return {"kept": kept, "choosers": found, "periods": periods}
