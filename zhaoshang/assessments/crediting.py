"""Shares in scores: what a regulation that asks for ``shared`` credits to each unit; the city's total never moves (domain.md F40)."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from zhaoshang.assessments.rules.scheme import Said
from zhaoshang.common.money import YI
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.by_project import SHAREABLE, values_by_project
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.rules import Unit
from zhaoshang.talks.rules import PARTS
from zhaoshang.talks.sharing import Shared, shared_projects


@dataclass(slots=True)
class Credit:
    """What shares move to a unit, fen or a count, in tenths where it must be (below zero: away from it), with a line for each project."""

    moved: Decimal = Decimal(0)
    told: list[Said] = field(default_factory=list)


Credits = dict[UUID, Credit]
_BY_TRANSFER = N_("项目 {project} 的 {value} 按 {day} 流转（{first} → {second}）{shares} 分享，本地区计 {mine}")
_BY_RULING = N_("项目 {project} 的 {value} 按 {day} 争议裁定（{first}、{second}）{shares} 共享，本地区计 {mine}")
_NEITHER = N_("项目 {project} 的 {value} 不分享：落地地区不在 {first}、{second} 之内")


def credits_of(version: IndicatorVersion, period: Period) -> Credits | None:
    """By unit, from the sharing in force at the period's end; None for an indicator that does not count by project. Three queries."""
    if version.measure not in SHAREABLE:
        return None
    shared = shared_projects(version.city, period.last_day())
    values = values_by_project(version, period, [one.project.pk for one in shared])
    found: Credits = defaultdict(Credit)
    for one in shared:
        if value := values.get(one.project.pk):
            _share(found, version, one, value)
    return dict(found)


def _share(found: Credits, version: IndicatorVersion, one: Shared, value: int) -> None:
    landing = one.project.unit
    if landing.pk not in (one.first.pk, one.second.pk):
        found[landing.pk].told.append(Said(_NEITHER, _params(version, one, value)))
        return
    other = one.second if landing.pk == one.first.pk else one.first
    given = Decimal(value) * one.part_of(other.pk) / PARTS
    found[landing.pk].moved -= given
    found[other.pk].moved += given
    words = _BY_RULING if one.ruled else _BY_TRANSFER
    for unit, mine in ((landing, value - given), (other, given)):
        found[unit.pk].told.append(Said(words, _params(version, one, value) | {"mine": _shown(version, mine)}))


def _params(version: IndicatorVersion, one: Shared, value: int) -> dict[str, object]:
    return {
        "project": _both(one.project.code),
        "value": _shown(version, Decimal(value)),
        "day": _both(one.since.isoformat()),
        "first": {"zh": one.first.name, "en": one.first.name_en},
        "second": {"zh": one.second.name, "en": one.second.name_en},
        "shares": _both(one.shares),
    }


def _both(text: str) -> dict[str, str]:
    """The same in both languages: a bare string would be read as an article's number."""
    return {"zh": text, "en": text}


def _shown(version: IndicatorVersion, value: Decimal) -> object:
    """A count, or an amount with its unit in both languages."""
    if version.indicator.unit_of_value != Unit.FEN:
        return {"zh": f"{value.normalize():f} 个", "en": f"{value.normalize():f} (count)"}
    amount = f"{value / YI:.4f}".rstrip("0").rstrip(".")
    return {"zh": f"{amount} 亿元", "en": f"{amount} ×100m yuan"}
