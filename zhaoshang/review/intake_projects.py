"""Which project a row of a workbook means: by code, else by name, else by the enterprise; and names close to an unknown one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from rapidfuzz import fuzz, process

from zhaoshang.common.problems import Problem
from zhaoshang.people.models import User
from zhaoshang.projects.actions import NewProject, next_code
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.intake_asking import plain
from zhaoshang.review.intake_words import account_problem
from zhaoshang.review.registering import Firm, register_unlike
from zhaoshang.review.workbooks.outcome import PaymentRow

LEAST_LIKENESS = 70
MOST_SUGGESTED = 200
MOST_UNKNOWN = 200


class Projects:
    """A unit's projects, to be found by what a row says of them."""

    def __init__(self, unit: ReportingUnit) -> None:
        self._by_code: dict[str, Project] = {}
        self._by_name: dict[str, list[Project]] = defaultdict(list)
        self._by_uscc: dict[str, list[Project]] = defaultdict(list)
        self._by_enterprise: dict[str, list[Project]] = defaultdict(list)
        for project in (
            Project.objects.of(unit.city_id).counted(unit.city).filter(unit=unit).select_related("enterprise", "city")
        ):
            self._by_code[project.code.upper()] = project
            self._by_name[_key(project.name)].append(project)
            self._by_enterprise[_key(project.enterprise.name)].append(project)
            if project.enterprise.uscc:
                self._by_uscc[project.enterprise.uscc].append(project)
        self._likes: dict[str, str] = {}

    def of(self, row: PaymentRow, letters: dict[str, str]) -> tuple[Project | None, Problem | None]:
        """The row's project, and what is to be said; without a project the problem is fatal."""
        if row.project_code and (project := self._by_code.get(row.project_code.upper())):
            return project, self._other_name(row, project, letters)
        column, value = _named_by(row)
        found = self._found(row)
        if len(found) == 1:
            return found[0], None
        letter = letters.get(column, "")
        if found:
            codes = "、".join(project.code for project in found[:5])
            return None, account_problem(
                "project_several", row.sheet, row.row, letter, value, name=value, count=len(found), codes=codes
            )
        like = self._like(value)
        code = "project_unknown_like" if like else "project_unknown"
        return None, account_problem(code, row.sheet, row.row, letter, value, name=value, like=like)

    def _found(self, row: PaymentRow) -> list[Project]:
        """The nearest answer that there is; a name that is given and unknown is not overruled by the enterprise."""
        if row.project_name:
            return self._by_name.get(_key(row.project_name), [])
        if row.project_code:
            return []
        return self._by_uscc.get(row.uscc, []) or self._by_enterprise.get(_key(row.enterprise_name), [])

    def _other_name(self, row: PaymentRow, project: Project, letters: dict[str, str]) -> Problem | None:
        if not row.project_name or _key(row.project_name) == _key(project.name):
            return None
        return account_problem(
            "project_name_differs", row.sheet, row.row, letters.get("project_name", ""), row.project_name,
            number=project.code, known=project.name, name=row.project_name,
        )  # fmt: skip

    def _like(self, text: str) -> str:
        if text not in self._likes and len(self._likes) < MOST_SUGGESTED:
            near = process.extractOne(_key(text), self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
            known = self._by_name[near[0]][0] if near else None
            self._likes[text] = f"{known.code} {known.name}" if known else ""
        return self._likes.get(text, "")


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """A name as two people would write it alike."""
    return plain(name).casefold().removesuffix("项目")


def _named_by(row: PaymentRow) -> tuple[str, str]:
    names = {"project_name": row.project_name, "project_code": row.project_code, "enterprise_name": row.enterprise_name}
    return next((column, text) for column, text in names.items() if text)


@dataclass(slots=True)
class Unknown:
    """A project that a sheet names and the account does not know. ``source_code`` is empty when the sheet does not say it."""

    name: str
    code: str = ""
    enterprise: str = ""
    uscc: str = ""
    source_code: str = ""


def unknown_projects(rows: Iterable[PaymentRow]) -> list[Unknown]:
    """The projects of rows that have none, once each, with all that any of their rows says."""
    found: dict[str, Unknown] = {}
    for row in rows:
        name = row.project_name or row.enterprise_name or row.project_code
        known = found.setdefault(name, Unknown(name))
        known.code = known.code or row.project_code
        known.enterprise = known.enterprise or row.enterprise_name
        known.uscc = known.uscc or row.uscc
        known.source_code = known.source_code or row.place_code or ""
    return list(found.values())[:MOST_UNKNOWN]


@dataclass(frozen=True, slots=True)
class Registration:
    """An unknown project and what its sheet cannot say: industry (GB/T 4754 section) and contract amount in fen (0: not known yet)."""

    project: Unknown
    industry: str
    contract_fen: int = 0


@transaction.atomic
def register_from_sheet(
    *, unit: ReportingUnit, wanted: Sequence[Registration], year: int, nevertheless: str = "", by: User, at: datetime
) -> list[Project]:
    """Register projects that a sheet names, all or none. Raises ``projects.actions.CodeTaken``, ``common.uscc.BadCode``,
    ``registering.LooksAlike``."""
    made = []
    for one in wanted:
        found = one.project
        firm = Firm((found.enterprise or found.name)[:120], found.uscc)
        new = NewProject(
            code=found.code[:30] or next_code(unit.city, year),
            name=found.name[:120],
            source_code=found.source_code,
            industry=one.industry,
            contract_fen=one.contract_fen,
        )
        made.append(register_unlike(unit=unit, firm=firm, new=new, nevertheless=nevertheless, by=by, at=at))
    return made
