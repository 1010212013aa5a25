"""Registering a project past the questions whether the city has it already, and whether another unit was first to talk about it.

Every door comes through here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.common.uscc import checked
from zhaoshang.enterprises.actions import register_enterprise
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can, Role, may
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.likeness import MATCHING, Like, alike, measure
from zhaoshang.projects.matching import Facts, Point
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.review.deciding import keep_pairs, pairs_of
from zhaoshang.review.models import PairDecision
from zhaoshang.review.rules import PairState
from zhaoshang.talks.claiming import link_project
from zhaoshang.talks.finding import Holding, Subject, holdings
from zhaoshang.tenancy.models import City

MOST_ELSEWHERE = 5


class LooksAlike(Exception):
    """The city has projects that may be this one, or another unit's first talk is protected; registering needs a reason.

    ``likes``: which, the likest first. ``held``: the other units' claims, those surely on the same first.
    """

    def __init__(self, name: str, likes: Sequence[Like], held: Sequence[Holding] = ()) -> None:
        super().__init__(name)
        self.likes, self.held = list(likes), list(held)


class ContractMissing(Exception):
    """A project is entered as signed, and nobody shows the contract."""


@dataclass(frozen=True, slots=True)
class Firm:
    """The enterprise of a new project, by name and code."""

    name: str
    uscc: str = ""


def likes_of(city: City, unit: ReportingUnit, firm: Firm, new: NewProject, day: date) -> list[Like]:
    """The city's projects that may be the new one, and those of other units under the same credit code: one code in two districts is
    asked about, whatever else speaks (domain.md F13). Raises ``common.uscc.BadCode``."""
    uscc = checked(firm.uscc) if firm.uscc else ""
    wanted = Facts(
        "", new.name, firm.name, uscc, new.investor, new.source_code, new.industry, new.contract_fen, new.signed_on,
        unit.code,
    )  # fmt: skip
    likes = alike(city, wanted, day)
    return likes + _same_code_elsewhere(unit, uscc, likes, day) if uscc else likes


def _same_code_elsewhere(unit: ReportingUnit, uscc: str, likes: Sequence[Like], day: date) -> list[Like]:
    rows = Project.objects.of(unit.city_id).counted(unit.city).filter(enterprise__uscc=uscc).exclude(unit=unit)
    others = rows.exclude(pk__in=[one.project_id for one in likes]).order_by("pk").values_list("pk", flat=True)
    points = MATCHING.on(unit.city, day).read.points["same_uscc"]
    return [Like(key, points, [Point("same_uscc", points, {})]) for key in others[:MOST_ELSEWHERE]]


def protecting(city: City, firm: Firm, new: NewProject, at: datetime) -> list[Holding]:
    """The first talks in force that the new project is, or may be, about, whoever holds them. Raises ``common.uscc.BadCode``."""
    subject = Subject(
        investor=new.investor or firm.name, title=new.name, industry=new.industry, amount_fen=new.contract_fen,
        uscc=checked(firm.uscc) if firm.uscc else "",
    )  # fmt: skip
    return holdings(city, subject, at, firm.name)


@transaction.atomic
def register_unlike(
    *,
    unit: ReportingUnit,
    firm: Firm,
    new: NewProject,
    nevertheless: str = "",
    by: User | None,
    at: datetime,
) -> Project:
    """Register a project with its enterprise, unless the city has one that may be it, or another unit's first talk is in the way, and no
    reason is given nevertheless.

    With a reason the pairs are kept open, for the bureau to decide, and the holder reads of it on its talk. The own unit's talk becomes
    the project's. Raises :class:`LooksAlike`, ``common.uscc.BadCode``,
    ``projects.actions.CodeTaken``.
    """
    city, reason = unit.city, nevertheless.strip()
    likes, held = likes_of(city, unit, firm, new, timezone.localdate(at)), protecting(city, firm, new, at)
    others = [one for one in held if one.unit.pk != unit.pk]
    if (likes or others) and not reason:
        raise LooksAlike(new.name, likes, others)
    enterprise = register_enterprise(city=city, name=firm.name, uscc=firm.uscc, by=by, at=at)
    project = register_project(city=city, unit=unit, enterprise=enterprise, new=new, by=by, at=at)
    if likes:
        _keep_open(project, likes, reason, by, at)
    link_project(project=project, found=held, reason=reason, by=by, at=at)
    return project


@transaction.atomic
def register_at_entry(
    *,
    unit: ReportingUnit,
    firm: Firm,
    new: NewProject,
    contract: tuple[str, bytes] | None,
    nevertheless: str = "",
    by: User,
    at: datetime,
) -> Project:
    """Register a project that a person enters today: signed only with its contract (name and content), which is kept as the stage's file.

    Raises :class:`ContractMissing`, ``common.files.Refused`` and whatever :func:`register_unlike` does.
    """
    if new.signed_on is not None and contract is None:
        raise ContractMissing(new.code)
    project = register_unlike(unit=unit, firm=firm, new=new, nevertheless=nevertheless, by=by, at=at)
    if contract is not None and new.signed_on is not None:
        name, content = contract
        attach_proof(project=project, stage="signed", kind="contract", content=content, name=name, by=by, at=at)
    return project


def _keep_open(project: Project, likes: Sequence[Like], reason: str, by: User | None, at: datetime) -> None:
    others = {one.pk: one for one in Project.objects.of(project.city).filter(pk__in=[one.project_id for one in likes])}
    found = [(others[one.project_id], project, one.score, [point.to_json() for point in one.points]) for one in likes]
    keep_pairs(project.city, found, measure(project.city, timezone.localdate(at)).code, at)
    if by is not None:
        said = [
            PairDecision(city=project.city, pair=pair, verdict=PairState.OPEN, reason=reason[:400], by=by, at=at)
            for pair in pairs_of(project.city, project)
        ]
        PairDecision.objects.bulk_create(said)
    record(
        "review.pair.registered_nevertheless", city=project.city, by=by, at=at, about=project,
        like=sorted(one.code for one in others.values()), reason=reason[:400],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A likeness as a viewer may see it: ``project`` is None for another unit's, of which only the score is told."""

    score: int
    like: Like | None
    project: Project | None


def shown_to(viewer: Viewer, likes: Sequence[Like]) -> list[Shown]:
    """The likenesses, those of units that the viewer does not see without name, unit and points. One query."""
    rows = Project.objects.visible_to(viewer).filter(pk__in=[one.project_id for one in likes])
    seen: dict[UUID, Project] = {one.pk: one for one in rows.select_related("unit", "enterprise")}
    return [
        Shown(one.score, one, seen[one.project_id]) if one.project_id in seen else Shown(one.score, None, None)
        for one in likes
    ]


def deciders(city: City) -> list[User]:
    """Who in the bureau decides about pairs, and is to be called. One query."""
    roles = [role for role in Role if may(role, Can.DECIDE_DUPLICATES)]
    rows = Membership.objects.of(city).filter(role__in=roles, withdrawn_at__isnull=True, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("user__username")]
