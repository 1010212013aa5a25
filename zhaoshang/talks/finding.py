"""Who holds an investor or a project, however it is called now: claims in force held against what is entered, as projects are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from rapidfuzz import fuzz

from zhaoshang.projects.likeness import Measure, measure
from zhaoshang.projects.matching import Facts, Point, Prepared, compare, prepare, score
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks.models import Claim, Talk
from zhaoshang.talks.rules import AKIN, SAME, Ended
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is talked about: the investor with its code, what it means to invest in, a section of GB/T 4754, fen; or its project."""

    investor: str
    title: str
    industry: str
    amount_fen: int
    uscc: str = ""
    project: Project | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A claim in force that is, or may be, on the same. ``same``: the same project, or the same investor in the same industry."""

    claim: Claim
    same: bool
    points: list[Point]

    @property
    def unit(self) -> ReportingUnit:
        """Who holds it."""
        unit: ReportingUnit = self.claim.unit
        return unit


def subject_of(project: Project) -> Subject:
    """A project as a subject; without an investor its enterprise stands for it."""
    firm = project.enterprise
    return Subject(
        investor=project.investor or firm.name,
        title=project.name,
        industry=project.industry,
        amount_fen=project.contract_fen,
        uscc=firm.uscc,
        project=project,
    )


def core_of(investor: str, taken: Measure) -> str:
    """The investor's name without words that say nothing, cut to its column."""
    return (prepare(_facts("", "", investor, "", "", 0), taken.words).backer or investor)[:120]


def _facts(title: str, firm: str, investor: str, uscc: str, industry: str, amount_fen: int) -> Facts:
    return Facts("", title, firm, uscc, investor, "", industry, amount_fen, None, "")


def holdings(city: City, subject: Subject, at: datetime, firm: str = "") -> list[Holding]:
    """The claims in force that are on the subject or look like it, those that are surely the same first, whoever holds them.

    ``firm``: the enterprise of a new project, when it is another name than its investor's. Three queries; the caller masks what a
    viewer may not see.
    """
    taken = measure(city, timezone.localdate(at))
    wanted = _prepared(subject, firm, taken)
    near = [key for key, *said in in_force(city, at).values_list("pk", *_NEAR) if _is_near(subject, wanted, *said)]
    rows = Claim.objects.of(city).filter(pk__in=near).select_related("unit", "talk__project", "rules") if near else []
    found = [one for claim in rows if (one := _held(subject, wanted, claim, taken))]
    return sorted(found, key=lambda one: (not one.same, -score(one.points), str(one.claim.pk)))


_NEAR = ("talk__core", "talk__uscc", "talk__title", "talk__project_id")
_LIKE = 60  # percent: below it neither names nor titles give a point


def _is_near(subject: Subject, wanted: Prepared, core: str, uscc: str, title: str, project: UUID | None) -> bool:
    """Whether a claim is worth comparing at all: cheap, since it is asked of every claim in force."""
    if (uscc and uscc == subject.uscc) or (project and subject.project and project == subject.project.pk):
        return True
    names = {wanted.backer, wanted.firm.core} - {""}
    if any(core.startswith(one) or one.startswith(core) or fuzz.ratio(one, core) >= _LIKE for one in names):
        return True
    return fuzz.ratio(title, subject.title) >= _LIKE


def in_force(city: City, at: datetime) -> "QuerySet[Claim]":
    """Claims that stand and whose days have not run out."""
    rows = Claim.objects.of(city).filter(ended=Ended.NOT, protected_until__gte=timezone.localdate(at))
    ordered: QuerySet[Claim] = rows.order_by("pk")
    return ordered


def _prepared(subject: Subject, firm: str, taken: Measure) -> Prepared:
    said = (subject.title, firm or subject.investor, subject.investor, subject.uscc, subject.industry)
    return prepare(_facts(*said, subject.amount_fen), taken.words)


def _of_talk(talk: Talk, taken: Measure) -> Prepared:
    said = (talk.title, talk.investor, talk.investor, talk.uscc, talk.industry)
    return prepare(_facts(*said, talk.amount_fen), taken.words)


def _held(subject: Subject, wanted: Prepared, claim: Claim, taken: Measure) -> Holding | None:
    talk = claim.talk
    points = [one for one in compare(wanted, _of_talk(talk, taken), taken.weights) if one.code != "same_unit"]
    codes = {one.code for one in points}
    if subject.project is not None and talk.project_id is not None:
        same = subject.project.pk == talk.project_id
    else:
        same = bool(codes & SAME) and talk.industry == subject.industry
    if same or codes & AKIN or score(points) >= taken.weights.threshold:
        return Holding(claim, same, points)
    return None
