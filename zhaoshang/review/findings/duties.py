"""Projects that nobody answers for, and what should have been answered by now."""

from collections.abc import Iterator
from datetime import date

from zhaoshang.common.problems import N_
from zhaoshang.duties.models import Responsibility
from zhaoshang.duties.queries import clocks_of, in_force, orphaned, unassigned, waiting_matters
from zhaoshang.duties.rules import MatterKind, Superior
from zhaoshang.projects.models import Project
from zhaoshang.review.findings.candidate import Candidate, Kind, Look


def orphans(look: Look) -> Iterator[Candidate]:
    """Projects whose handler or lead official has left. One query."""
    for one in orphaned(look.city, in_force(look.everything)):
        yield _of_project(one.project, {"handler": str(one.handler), "since": str(one.since)}, _basis(one))


def _basis(one: Responsibility) -> str:
    return str(one.pk)


def unheld(look: Look) -> Iterator[Candidate]:
    """Key projects that nobody answers for. One query."""
    for one in unassigned(look.everything, look.rules):
        yield _of_project(one, {"contract_fen": one.contract_fen}, "")


def _of_project(project: Project, facts: dict[str, object], basis: str) -> Candidate:
    return Candidate(
        key=project.code,
        subject=project.name,
        facts=facts,
        basis=basis,
        href_name="desk:project_duties",
        href_id=project.code,
        unit_id=project.unit_id,
        project_id=project.pk,
    )


def _superior(look: Look, due_on: date) -> Superior | None:
    return look.rules.superior(look.calendar.late(due_on, look.today))


def clocks(look: Look) -> Iterator[Candidate]:
    """Clocks past their day. One query."""
    for one in clocks_of(look.everything).filter(answered_on__isnull=True, due_on__lt=look.today).order_by("id"):
        yield Candidate(
            key=str(one.pk),
            subject=one.subject,
            facts={"due": str(one.due_on), "clock": one.kind},
            href_name="desk:clock",
            href_id=str(one.pk),
            unit_id=one.unit_id,
            project_id=one.project_id,
            superior=_superior(look, one.due_on),
        )


def matters(look: Look) -> Iterator[Candidate]:
    """Problems and orders past their day without an answer. One query."""
    for one in waiting_matters(look.everything).filter(due_on__lt=look.today):
        yield Candidate(
            key=str(one.pk),
            subject=str(one),
            facts={"due": str(one.due_on), "matter": one.kind},
            href_name="desk:problem" if one.kind == MatterKind.PROBLEM else "desk:order",
            href_id=str(one.pk),
            unit_id=one.unit_id,
            project_id=one.project_id,
            superior=_superior(look, one.due_on),
        )


ORPHANS = Kind(
    code="orphan",
    label=N_("责任人已离岗"),
    text=N_("经办人或包保领导已离岗（经办人 {handler}，自 {since}），须重新分工。"),
    fix=N_("重新分工"),
    candidates=orphans,
)
UNASSIGNED = Kind(
    code="unassigned",
    label=N_("重点项目无人负责"),
    text=N_("合同额 {contract}万元，还没有包保领导和经办人。"),
    fix=N_("分工"),
    candidates=unheld,
)
CLOCKS = Kind(
    code="clock", label=N_("逾期未答复"), text=N_("{clock}应在 {due} 前答复。"), fix=N_("答复"), candidates=clocks
)
MATTERS = Kind(
    code="matter",
    label=N_("问题或督办逾期"),
    text=N_("{matter}应在 {due} 前答复。"),
    fix=N_("答复"),
    candidates=matters,
)
