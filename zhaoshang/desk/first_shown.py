"""What the first page begins with: for who supervises, how the city stands; for everybody, the few findings with most at stake."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.findings_shown import label_of, sentence
from zhaoshang.desk.lists import Order, sorted_by
from zhaoshang.desk.shown import (
    address_of,
    growth_shown,
    known_months,
    latest,
    titled,
    unit_shown,
    value_shown,
)
from zhaoshang.duties.queries import rules_on
from zhaoshang.duties.rules import Superior
from zhaoshang.figures.league import league
from zhaoshang.figures.overview import NoIndicators, headline_indicator
from zhaoshang.figures.queries import Figure, NoVersion
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.rules import FindingState
from zhaoshang.ui.filters import named_short, percent, period, wan

SHOWN, LOOKED_AT = 5, 20


def standing(viewer: Viewer) -> dict[str, Any]:
    """The year to date of the dictionary's first indicator with growth and progress, for who supervises; else nothing."""
    if not viewer.can(Can.SUPERVISE):
        return {"headline": None}
    when = latest(known_months(viewer.city))
    try:
        table = league(viewer.city, headline_indicator(viewer.city), when)
    except (NoIndicators, NoVersion):
        return {"headline": None}
    total, indicator = table.total, table.version.indicator
    href = address_of(Figure(table.version, None, when, total.value, total.payments))
    parts: list[dict[str, Any]] = [{"label": _("同比"), "value": growth_shown(total.growth), "unit": "%", "href": href}]
    if done := total.progress:
        parts += [
            {
                "label": _("完成年度目标"),
                "value": percent(done.of_year_percent, unit=False),
                "unit": "%",
                "href": href,
            },
            {
                "label": _("超（欠）时间进度"),
                "value": percent(done.ahead_points, sign=True, unit=False),
                "unit": _("百分点"),
                "href": href,
            },
        ]
    label = f"{titled(indicator)} · {period(when)}"
    shown = {"label": label, "value": value_shown(total.value, indicator, 1), "unit": unit_shown(indicator)}
    return {"headline": shown | {"href": href, "parts": parts}}


def heaviest(viewer: Viewer, today: date) -> list[dict[str, Any]]:
    """The open findings with most at stake, one for each thing that they are about: those that leaders are told of for who
    supervises, else one's own. Two queries."""
    if viewer.role is None:
        return []
    rows = Finding.objects.visible_to(viewer).filter(state=FindingState.OPEN, at_stake_fen__gt=0)
    mine = {"superior": Superior.LEADER} if viewer.can(Can.SUPERVISE) else {"owner": viewer.user}
    ordered = sorted_by(rows.filter(**mine).select_related("unit"), Order("at_stake_fen", falling=True))
    found: dict[Any, Finding] = {}
    for one in ordered[:LOOKED_AT]:
        found.setdefault(one.project_id or one.pk, one)
    rules = rules_on(viewer.city, today) if found else None
    return [_shown(one, rules) for one in list(found.values())[:SHOWN]]


def _shown(one: Finding, rules: Any) -> dict[str, Any]:
    href = reverse("desk:finding", args=[one.pk])
    return {
        "_href": href,
        "subject": {"text": one.subject, "href": href},
        "what": {"text": label_of(one.kind), "note": sentence(one, rules)},
        "unit": named_short(one.unit) if one.unit else _("全市"),
        "stake": wan(one.at_stake_fen, 0),
    }
