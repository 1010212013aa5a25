"""How trips stand on the desk's pages: their rows, their columns, their files, and what the room refuses in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.touches_shown import warnings
from zhaoshang.enterprises.groups import group_of
from zhaoshang.enterprises.merging import families
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.touches import met_recently, touch_rule
from zhaoshang.outreach.actions import refusals
from zhaoshang.outreach.models import Meeting, Member, Trip
from zhaoshang.outreach.queries import Party, Results, planned_with
from zhaoshang.outreach.rules import STANDINGS, OutreachRules, TripStanding
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import date_, english, named, named_short, number, wan, yi

REFUSED: dict[type[Exception], str] = {
    refusals.CodeTaken: N_("这个编号已有人使用，请换一个。"),
    refusals.ReasonMissing: N_("请写明原因。"),
    refusals.Empty: N_("内容是空的，没有保存。请填写后再提交。"),
    refusals.NotYet: N_("日期还没有到；没有发生的事不能先记。"),
    refusals.WrongState: N_("它的状态已变，不能这样办理。请看下面的最新情况。"),
    refusals.SamePerson: N_("自己报的计划不能由自己批准，须由另一人办理。"),
    refusals.UnknownRank: N_("现行办法里没有这个职级，请重新选择。"),
    refusals.NobodyLeads: N_("请写明由谁带队、去哪里。"),
    refusals.OutsideTrip: N_("日期不在这次外出的起止日之内。"),
    refusals.MetAlready: N_("这家单位刚见过，或已排在本次日程里；确要再见，请确认后再排。"),
    refusals.SeatTaken: N_("这个座位已有人。"),
    refusals.LinkClosed: N_("链接已关闭或已过期。"),
    refusals.Full: N_("名额已满，或报名过于集中，请稍后再试。"),
}
REFUSALS = tuple(REFUSED)


def refused(refusal: Exception) -> str:
    """The sentence for a refusal of the room."""
    return _(REFUSED[type(refusal)])


def whose(trip: Any) -> str:
    """The unit, or the whole city."""
    return named_short(trip.unit) if trip.unit else _("全市")


def rank_words(rules: OutreachRules) -> Callable[[str], str]:
    """A rank's name in the language of the page; one of an older ladder by its code."""
    names = {one.code: one.name_en if english() else one.name for one in rules.ranks}
    return lambda code: names.get(code, code)


def people_text(members: Sequence[Member], most: int = 3) -> str:
    """Names, the first few."""
    names = [one.name for one in members]
    told = _("、").join(names[:most])
    return told if len(names) <= most else _("%(names)s等%(count)s人") % {"names": told, "count": len(names)}


def places_text(party: Party) -> str:
    """Where it went."""
    return _("、").join(one.name for one in party.destinations)


def days_text(first: date, last: date) -> str:
    """``2023-02-20 – 02-23``."""
    return f"{first}" if first == last else f"{first} – {last:%m-%d}"


def standing_cell(standing: TripStanding) -> dict[str, str]:
    """The pill."""
    label, pill = STANDINGS[standing]
    return {"text": _(label), "pill": pill}


def columns() -> list[dict[str, Any]]:
    """Of the list."""
    return [
        {"key": "title", "label": _("外出"), "kind": "link", "head": True},
        {"key": "unit", "label": _("组团单位")},
        {"key": "leaders", "label": _("带队")},
        {"key": "places", "label": _("目的地")},
        {"key": "days", "label": _("日期"), "kind": "date"},
        {"key": "meetings", "label": _("会见"), "unit": _("场"), "kind": "number"},
        {"key": "projects", "label": _("关联项目"), "unit": _("个"), "kind": "number"},
        {"key": "standing", "label": _("状态"), "kind": "pill"},
    ]


def rows(
    trips: Sequence[Trip],
    parties: Mapping[UUID, Party],
    standings: Mapping[UUID, TripStanding],
    results: Mapping[UUID, Results],
) -> list[dict[str, Any]]:
    """Of the list."""
    found = []
    for one in trips:
        href = reverse("desk:trip", args=[one.code])
        party, result = parties[one.pk], results[one.pk]
        found.append(
            {
                "_href": href,
                "title": {"text": one.title, "href": href, "note": one.code},
                "unit": whose(one),
                "leaders": people_text(party.leaders),
                "places": places_text(party),
                "days": days_text(one.first_day, one.last_day),
                "meetings": number(result.meetings),
                "projects": number(result.projects),
                "standing": standing_cell(standings[one.pk]),
            }
        )
    return found


def sheet_columns() -> list[Column]:
    """Of the file."""
    return [
        Column(_("编号"), width=12),
        Column(_("组团单位"), width=16),
        Column(_("带队"), width=20),
        Column(_("成员"), width=36),
        Column(_("目的地"), width=20),
        Column(_("首日"), "date"),
        Column(_("末日"), "date"),
        Column(_("天数"), "integer", width=8),
        Column(_("事由"), width=36),
        Column(_("会见（场）"), "integer", width=10),
        Column(_("有纪要（场）"), "integer", width=12),
        Column(_("线索（条）"), "integer", width=12),
        Column(_("关联项目（个）"), "integer", width=14),
        Column(_("其后签约（个）"), "integer", width=14),
        Column(_("其后签约合同额（元）"), "amount", 2, 22),
        Column(_("其后到位（元）"), "amount", 2, 22),
        Column(_("状态"), width=14),
    ]


def sheet_row(one: Trip, party: Party, standing: TripStanding, result: Results) -> list[Value]:
    """Of the file."""
    return [
        one.code,
        named(one.unit) if one.unit else _("全市"),
        people_text(party.leaders, 9),
        people_text(party.members, 30),
        places_text(party),
        one.first_day,
        one.last_day,
        one.days,
        one.purpose,
        result.meetings,
        result.minuted,
        result.leads,
        result.projects,
        result.signed,
        in_unit(result.contract_fen, "元"),
        in_unit(result.arrived_fen, "元"),
        _(STANDINGS[standing][0]),
    ]


def result_facts(result: Results) -> list[dict[str, Any]]:
    """What came of a trip, for the page's figures."""
    return [
        {
            "label": _("会见"),
            "value": number(result.meetings),
            "unit": _("场"),
            "note": _("有纪要 %(count)s 场") % {"count": result.minuted},
        },
        {"label": _("线索"), "value": number(result.leads), "unit": _("条"), "note": ""},
        {"label": _("关联项目"), "value": number(result.projects), "unit": _("个"), "note": ""},
        {
            "label": _("其后签约"),
            "value": number(result.signed),
            "unit": _("个"),
            "note": _("合同额 %(yi)s 亿元") % {"yi": yi(result.contract_fen, 2)},
        },
        {"label": _("其后到位"), "value": wan(result.arrived_fen), "unit": _("万元"), "note": ""},
    ]


def again_words(viewer: Viewer, trip: Trip, held: Sequence[Meeting]) -> list[str]:
    """What is known of meetings with a firm that is to be met again: of another unit's, that it was."""
    told = []
    for one in held:
        own = one.trip_id == trip.pk
        words = {"unit": whose(one.trip), "on": date_(one.day), "firm": one.party, "trip": one.trip.title}
        if own:
            told.append(_("本次日程 %(on)s 已排了%(firm)s") % words)
        elif viewer.sees_all_units or (one.trip.unit_id and viewer.sees_unit(one.trip.unit_id)):
            told.append(_("%(unit)s %(on)s 已见过%(firm)s，有纪要（%(trip)s）") % words)
        else:
            told.append(_("%(unit)s %(on)s 已见过%(firm)s") % words)
    return list(dict.fromkeys(told))


def clash_words(viewer: Viewer, enterprise: Enterprise | None, day: date, today: date) -> list[str]:
    """Which other units met this firm's group just before the day on which somebody means to go, or mean to meet it about then."""
    if enterprise is None:
        return []
    firms = list(families([node.enterprise for node in group_of(enterprise)]))
    own = (None,) if viewer.sees_all_units else tuple(viewer.unit_ids)
    told = warnings(met_recently(viewer.city, firms, day, but=own), day)
    rule = touch_rule(viewer.city, day)
    if rule is None:
        return told
    around = timedelta(days=rule.days)
    planned = planned_with(viewer.city, firms, max(day - around, today), day + around, but=own)
    for on, unit in dict.fromkeys(planned):
        words = {"unit": named(unit) if unit else _("市局"), "on": date_(on), "firm": enterprise.name}
        told.append(_("%(unit)s计划 %(on)s 见%(firm)s或其集团，先通个气") % words)
    return told
