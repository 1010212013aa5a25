"""How pairs stand on the desk's pages: the reasons in words, the board's cards, the plan's grid, and what the room refuses."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.industries import INDUSTRIES
from zhaoshang.common.problems import N_
from zhaoshang.matchmaking import actions
from zhaoshang.matchmaking.models import BUREAU, Appointment, Pair, Session
from zhaoshang.matchmaking.rules import GROUND_LABELS, PAIR_STATES, WAY, Ground, PairState, next_state
from zhaoshang.matchmaking.seating import Unserved, Why
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import named, named_short, number, yi

PAIRS_SHOWN = 20
REFUSED: dict[type[Exception], str] = {
    actions.NotOffered: N_("这个条目现在不可选：已落定、撤下、过期或还没有发布。"),
    actions.PairedAlready: N_("这家企业和这个条目已经在本次活动的看板上。"),
    actions.CannotFollow: N_("它的状态已变，不能这样办理。请看下面的最新情况。"),
    actions.ReasonMissing: N_("请写明原因。"),
    actions.ProjectMissing: N_("成为项目的，请填在册项目的编号或名称；其他状态不填。"),
    actions.NotYet: N_("日期还没有到，或早于上一步的日期。"),
    actions.BadSession: N_(
        "时段或桌位不对：每场 5 到 240 分钟，1 到 60 个时段，桌名不能重复；固定的会面也不能落在外面。"
    ),
    actions.NoSession: N_("还没有设时段和桌位。请先设好，再排会。"),
    actions.FixedThere: N_("那个时段有固定的会面。请先取消固定，再登记不能参加。"),
    actions.PlaceTaken: N_("那个时段这张桌、企业或我方已有固定的会面，或不能参加。请换一个时段或桌位。"),
    actions.Over: N_("活动已取消，不能再办理。"),
}
REFUSALS = tuple(REFUSED)


def refused(refusal: Exception) -> str:
    """The sentence for a refusal of the room."""
    return _(REFUSED[type(refusal)])


def state_cell(state: str) -> dict[str, str]:
    """The pill."""
    label, pill = PAIR_STATES[PairState(state)]
    return {"text": _(label), "pill": pill}


def side_name(unit: ReportingUnit | None) -> str:
    """Our side."""
    return named(unit) if unit else _("市级")


def industry_name(code: str) -> str:
    """A sector in words."""
    return _(INDUSTRIES[code]) if code in INDUSTRIES else _("未写明")


def reason_words(told: Mapping[str, Any], units: Mapping[str, str]) -> str:
    """One ground in words, with the facts that its points rest on; ``units``: names by code."""
    facts = told["facts"]
    return _SAY[Ground(told["ground"])](facts, units, told["points"])


def _industry(facts: Mapping[str, Any], _units: Mapping[str, str], points: int) -> str:
    known = _("、").join(industry_name(one) for one in facts["known"]) or _("未登记")
    words = {"entry": industry_name(facts["industry"]), "firm": known}
    if points:
        return _("条目属%(entry)s，集团行业有此项（%(firm)s）") % words
    return _("条目属%(entry)s，集团行业：%(firm)s") % words


def _region(facts: Mapping[str, Any], units: Mapping[str, str], _points: int) -> str:
    unit = units.get(facts["unit"], "") or _("全市")
    if facts["projects"]:
        return _("集团在%(unit)s已有 %(count)s 个项目") % {"unit": unit, "count": number(facts["projects"])}
    if facts["keeps"]:
        return _("集团由%(unit)s负责联系，在当地还没有项目（计一半）") % {"unit": unit}
    return _("集团在%(unit)s还没有项目，也不由其联系") % {"unit": unit}


def _scale(facts: Mapping[str, Any], _units: Mapping[str, str], _points: int) -> str:
    if not facts["amount_fen"]:
        return _("条目没有写明总投资，不计分")
    if not facts["largest_fen"]:
        return _("集团在本市还没有签约项目，无从比较")
    words = {"largest": yi(facts["largest_fen"], 2), "amount": yi(facts["amount_fen"], 2), "percent": facts["percent"]}
    return _("集团在本市最大一笔合同 %(largest)s 亿元；条目总投资 %(amount)s 亿元，达到其 %(percent)s%% 得满分") % words


def _invested(facts: Mapping[str, Any], _units: Mapping[str, str], points: int) -> str:
    words = {"count": number(facts["projects"]), "arrived": yi(facts["arrived_fen"], 2)}
    if points:
        return _("集团在本市有 %(count)s 个项目，已到位 %(arrived)s 亿元") % words
    return _("集团在本市有 %(count)s 个项目，还没有经核验的到位资金") % words


def _contact(facts: Mapping[str, Any], _units: Mapping[str, str], points: int) -> str:
    if facts["days"] is None:
        return _("往来簿里还没有会面记录")
    words = {"days": facts["days"], "within": facts["within"]}
    if points:
        return _("%(days)s 天前会过面（%(within)s 天内算近期）") % words
    return _("最近一次会面在 %(days)s 天前，超过 %(within)s 天") % words


_SAY = {
    Ground.INDUSTRY: _industry,
    Ground.REGION: _region,
    Ground.SCALE: _scale,
    Ground.INVESTED: _invested,
    Ground.CONTACT: _contact,
}


def reason_rows(reasons: Iterable[Mapping[str, Any]], units: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row a ground, with its points of the most there are."""
    return [
        {
            "ground": _(GROUND_LABELS[Ground(one["ground"])]),
            "points": _("%(points)s／%(most)s") % {"points": one["points"], "most": one["most"]},
            "why": reason_words(one, units),
        }
        for one in reasons
    ]


def short_reasons(reasons: Iterable[Mapping[str, Any]]) -> str:
    """The grounds that gave points: «行业 30、规模 12»."""
    told = [f"{_(GROUND_LABELS[Ground(one['ground'])])} {one['points']}" for one in reasons if one["points"]]
    return _("、").join(told)


def unit_names(units: Iterable[ReportingUnit]) -> dict[str, str]:
    """Names by code."""
    return {one.code: named(one) for one in units}


def board_columns(pairs: Sequence[Pair], times: Mapping[UUID, str], may: frozenset[UUID]) -> list[dict[str, Any]]:
    """Columns of ``ui/macros/stages.html``'s board; ``times``: slot and table by pair; ``may``: pairs that the viewer moves."""
    columns = []
    for state in WAY:
        held = [one for one in pairs if one.state == state]
        columns.append(
            {
                "id": f"column-{state}",
                "stage": "" if state == PairState.PROJECT else str(state),
                "next": "",
                "label": _(PAIR_STATES[state][0]),
                "href": f"#column-{state}",
                "count": number(len(held)),
                "sum": _worth(sum(one.opportunity.amount_fen or 0 for one in held)),
                "unit": "",
                "cards": [_card(one, times.get(one.pk, ""), one.pk in may) for one in held],
            }
        )
    return columns


def _worth(fen: int | None) -> str:
    """The investment an entry is about; most land has none."""
    return f"{yi(fen, 2)} {_('亿元')}" if fen else "—"


def _card(pair: Pair, time: str, may: bool) -> dict[str, Any]:
    points = _("%(points)s 分") % {"points": pair.points}
    side = named_short(pair.unit) if pair.unit else _("市级")
    card: dict[str, Any] = {
        "code": str(pair.pk),
        "label": f"{pair.enterprise.name} × {pair.opportunity.title}",
        "href": reverse("desk:pair", args=[pair.pk]),
        "note": " · ".join(filter(None, [points, side, time])),
        "sum": _worth(pair.opportunity.amount_fen),
    }
    follows = next_state(PairState(pair.state))
    if may and follows not in (None, PairState.PROJECT):
        card["move"] = str(follows)
        card["move_label"] = _("记为%(state)s") % {"state": _(PAIR_STATES[follows][0])} if follows else ""
    return card


def hour_text(session: Session, slot: int) -> str:
    """``09:00–09:20``."""
    return "–".join(f"{timezone.localtime(at):%H:%M}" for at in session.hours(slot))


def place_text(session: Session, one: Appointment) -> str:
    """Hours and table."""
    return f"{hour_text(session, one.slot)} {table_name(session, one.table)}"


def table_name(session: Session, table: int) -> str:
    """A table by its name."""
    return str(session.tables[table]) if table < len(session.tables) else str(table + 1)


def why_words(told: Unserved, pair: Pair) -> str:
    """Why a pair found no place, and what to do."""
    words = {
        "firm": pair.enterprise.name,
        "side": side_name(pair.unit),
        "free": told.free,
        "wanted": told.wanted,
    }
    return _(_WHY[told.why]) % words


_WHY = {
    Why.GUEST_AWAY: N_("%(firm)s没有一个时段能到场。请另约时间，或改为会后拜访。"),
    Why.SIDE_AWAY: N_("%(side)s没有一个时段能到场。请换人参加，或改时段。"),
    Why.NEVER_BOTH: N_("%(firm)s和%(side)s没有共同的空闲时段。请调整其中一方不能参加的时段。"),
    Why.GUEST_FULL: N_("%(firm)s只有 %(free)s 个时段，却约了 %(wanted)s 场。请减少组合，或加时段。"),
    Why.SIDE_FULL: N_("%(side)s只有 %(free)s 个时段，却约了 %(wanted)s 场。请分成两组接待，或加时段。"),
    Why.TABLES_FULL: N_("双方能到场的时段桌位都满了（%(free)s 个桌位，共 %(wanted)s 场）。请加桌，或加时段。"),
    Why.NO_COMMON: N_("双方共同的 %(free)s 个空闲时段都已被别的会面占用。请取消一场固定的会面，或加时段。"),
}


def side_label(side: str, units: Mapping[str, ReportingUnit]) -> str:
    """Our side by what the plan calls it."""
    return side_name(None) if side == BUREAU else named(units[side]) if side in units else side


def pairs_shown(viewer: Viewer, firms: Sequence[UUID]) -> list[dict[str, Any]]:
    """With what these firms are or were brought together, latest first: that a pair is there is everybody's to know, so that nobody is
    approached twice; a link follows only what may be seen. One query."""
    rows = Pair.objects.of(viewer.city).filter(enterprise_id__in=list(firms))
    found = []
    for one in rows.select_related("opportunity", "activity", "unit").order_by("-since", "-id")[:PAIRS_SHOWN]:
        seen = one.unit_id is None or viewer.sees_unit(one.unit_id)
        href = reverse("desk:pair", args=[one.pk]) if seen else ""
        entry = {"text": one.opportunity.title, "note": one.activity.title}
        found.append(
            {
                "entry": entry | ({"href": href} if href else {}),
                "side": side_name(one.unit),
                "since": one.since.isoformat(),
                "state": state_cell(one.state),
            }
        )
    return found
