"""States of a pair, and the points for which a pair is suggested. Pure: no Django, no clock; the weights are dated data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import Part


class PairState(StrEnum):
    """How far a pair has come."""

    PROPOSED = "proposed"
    INVITED = "invited"
    MET = "met"
    INTERESTED = "interested"
    IN_TALKS = "in_talks"
    PROJECT = "project"
    DECLINED = "declined"


PAIR_STATES: dict[PairState, tuple[str, str]] = {
    PairState.PROPOSED: (N_("拟对接"), "todo"),
    PairState.INVITED: (N_("已邀请"), "wait"),
    PairState.MET: (N_("已会见"), "wait"),
    PairState.INTERESTED: (N_("有意向"), "wait"),
    PairState.IN_TALKS: (N_("洽谈中"), "wait"),
    PairState.PROJECT: (N_("成为项目"), "ok"),
    PairState.DECLINED: (N_("不再跟进"), "off"),
}
"""Label and pill of each state, in the order in which a pair goes through them."""
WAY = (
    PairState.PROPOSED,
    PairState.INVITED,
    PairState.MET,
    PairState.INTERESTED,
    PairState.IN_TALKS,
    PairState.PROJECT,
)
TO_SEAT = (PairState.PROPOSED, PairState.INVITED)


def may_follow(now: PairState, then: PairState) -> bool:
    """Forward by any number of steps, or given up; what became a project or was given up stays so."""
    if now in (PairState.PROJECT, PairState.DECLINED):
        return False
    return then == PairState.DECLINED or WAY.index(then) > WAY.index(now)


def next_state(now: PairState) -> PairState | None:
    """The step after this one."""
    if now in (PairState.PROJECT, PairState.DECLINED):
        return None
    return WAY[WAY.index(now) + 1]


class Ground(StrEnum):
    """For what a pair gets points."""

    INDUSTRY = "industry"
    REGION = "region"
    SCALE = "scale"
    INVESTED = "invested"
    CONTACT = "contact"


GROUND_LABELS = {
    Ground.INDUSTRY: N_("行业"),
    Ground.REGION: N_("地区"),
    Ground.SCALE: N_("规模"),
    Ground.INVESTED: N_("既往投资"),
    Ground.CONTACT: N_("近期联系"),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of each ground, which come to 100, and the limits that they are given by."""

    points: Mapping[Ground, int]
    scale_percent: int
    contact_days: int


def weights_in(content: Part) -> Weights:
    """The weights of a set. Raises ``rulesets.rules.BadRules``."""
    given, limits = content.part("weights"), content.part("limits")
    points = {ground: given.whole(ground, least=0, most=FULL) for ground in Ground}
    if sum(points.values()) != FULL:
        raise content.bad("weights", N_("五项合计要等于 {full}。"), full=FULL)
    return Weights(points, limits.whole("scale_percent", most=1_000), limits.whole("contact_days", most=3_650))


FULL = 100
SET_LABELS = {
    "weights": N_("各项满分"),
    **{f"weights.{ground}": text for ground, text in GROUND_LABELS.items()},
    "limits": N_("得满分的界限"),
    "scale_percent": N_("规模：集团在本市最大一笔合同占条目总投资的百分之几"),
    "contact_days": N_("近期联系：多少天内会面"),
}


@dataclass(frozen=True, slots=True)
class Firm:
    """What is known of a firm with its group: the industries it is in or has projects in, projects in force by unit code, its largest
    contract and its verified money in fen, which units keep it, the last meeting's day."""

    industries: frozenset[str] = frozenset()
    projects: Mapping[str, int] = field(default_factory=dict)
    largest_fen: int = 0
    arrived_fen: int = 0
    kept_by: frozenset[str] = frozenset()
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What an entry is about; ``unit`` empty: the city's own; ``amount_fen`` 0: not said."""

    industry: str = ""
    unit: str = ""
    amount_fen: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Points of a ground out of the most there are, and the facts that they rest on."""

    ground: Ground
    points: int
    most: int
    facts: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """As a pair keeps it."""
        return {"ground": str(self.ground), "points": self.points, "most": self.most, "facts": dict(self.facts)}


def reasons(firm: Firm, offer: Offer, weights: Weights, on: date) -> list[Reason]:
    """One reason a ground, whether it gives points or not: what is unknown gives none, and says so by its facts."""
    most = weights.points
    here = firm.projects.get(offer.unit, 0) if offer.unit else sum(firm.projects.values())
    keeps = bool(offer.unit) and offer.unit in firm.kept_by
    region = most[Ground.REGION] if here else most[Ground.REGION] // 2 if keeps else 0
    wanted = offer.amount_fen * weights.scale_percent // 100
    scale = min(most[Ground.SCALE], most[Ground.SCALE] * firm.largest_fen // wanted) if wanted else 0
    days = (on - firm.met_on).days if firm.met_on and firm.met_on <= on else None
    same = bool(offer.industry) and offer.industry in firm.industries
    facts: dict[Ground, tuple[int, dict[str, Any]]] = {
        Ground.INDUSTRY: (
            most[Ground.INDUSTRY] if same else 0,
            {"industry": offer.industry, "known": sorted(firm.industries)},
        ),
        Ground.REGION: (region, {"unit": offer.unit, "projects": here, "keeps": keeps}),
        Ground.SCALE: (
            scale,
            {"largest_fen": firm.largest_fen, "amount_fen": offer.amount_fen, "percent": weights.scale_percent},
        ),
        Ground.INVESTED: (
            most[Ground.INVESTED] if firm.arrived_fen > 0 else 0,
            {"arrived_fen": firm.arrived_fen, "projects": sum(firm.projects.values())},
        ),
        Ground.CONTACT: (
            most[Ground.CONTACT] if days is not None and days <= weights.contact_days else 0,
            {"days": days, "within": weights.contact_days},
        ),
    }
    return [Reason(ground, facts[ground][0], most[ground], facts[ground][1]) for ground in Ground]
