"""Projects: registered, moved through their stages, hidden, changed in Excel and in bulk; pairs of them that look alike; by the API."""

from typing import Any

from cast import NOW, Cast
from django.core.files.base import ContentFile
from duplicates.alike import pair_of
from projects.gates import Start, standing_at
from projects.test_starts import event

from doors.doings import PLAIN, Doing, at, doing, on_own, pdf, plainly
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.projects.confidence import hide_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import close_project
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.rules import Standing
from zhaoshang.review.models import ChangeSheet
from zhaoshang.review.project_changes import receive_changes
from zhaoshang.review.project_sheet import COLUMNS, mark_of

NEW = {
    "unit": "east",
    "name": PLAIN,
    "enterprise": PLAIN,
    "investor": PLAIN,
    "source_code": "310000",
    "industry": "C",
    "contract": "100.00",
    "site": PLAIN,
    "nevertheless": PLAIN,
}

plainly("api:new_project", "officer", NEW)
plainly("api:alike", "officer", NEW)
on_own("api:put_right", "statistician", {"stage": "signed", "on": "2023-01-05", "reason": PLAIN})
on_own("api:new_correction", "statistician", {"field": "industry", "old": "C", "new": "D", "reason": PLAIN})
on_own("api:skip", "verifier", {"stage": "landed", "on": "2023-03-01", "evidence": PLAIN, "skip_reason": PLAIN})
on_own("api:new_note", "officer", {"on": "2023-04-01", "text": PLAIN})
on_own("api:close_project", "officer", {"standing": "lost", "reason": PLAIN, "lost_to": PLAIN})
on_own("api:new_standing", "officer", {"standing": "lost", "reason": PLAIN, "lost_to": PLAIN})
on_own("api:hide", "officer", {"code_name": PLAIN, "reason": PLAIN, "also": "示例别名"})
plainly(
    "api:new_start",
    "statistician",
    {"code": "s1", "day": "2023-01-28", "title": PLAIN, "document": PLAIN, "beside": ["west"]},
)
plainly("api:sweep_pairs", "statistician")


def before_signing(cast: Cast) -> Project:
    """A project of the east in talks, with all that its next gates ask for."""
    return standing_at(cast, Start(2), with_papers=True)


@doing("api:move")
def move(cast: Cast) -> Doing:
    said = {"stage": "signed", "on": "2023-03-01", "evidence": PLAIN}
    return Doing("officer", at("api:move", before_signing(cast).code), said)


@doing("api:new_proof")
def new_proof(cast: Cast) -> Doing:
    path = at("api:new_proof", cast.plant.code)
    return Doing("officer", path, {"file": pdf()}, asked={"stage": "started", "kind": "start_proof"})


@doing("api:reopen")
def reopen(cast: Cast) -> Doing:
    close_project(project=cast.plant, standing=Standing.PAUSED, reason="示例", by=cast.officer, at=NOW)
    return Doing("officer", at("api:reopen", cast.plant.code), {"reason": PLAIN})


@doing("api:fill_start")
def fill_start(cast: Cast) -> Doing:
    given: dict[str, Any] = {"stage": "started", "kind": "start_proof", "content": pdf().read(), "name": "a.pdf"}
    attach_proof(project=cast.plant, by=cast.officer, at=NOW, **given)
    return Doing("officer", at("api:fill_start", event(cast).code), {"projects": [cast.plant.code]})


def _hidden(cast: Cast) -> Project:
    said: dict[str, Any] = {"code_name": "示例代号", "reason": "示例", "also": ""}
    hide_project(project=cast.plant, by=cast.officer, at=NOW, **said)
    return Project.objects.of(cast.city).get(pk=cast.plant.pk)  # type: ignore[no-any-return]


@doing("api:aliases")
def aliases(cast: Cast) -> Doing:
    return Doing("officer", at("api:aliases", _hidden(cast).code), {"also": PLAIN})


@doing("api:disclose")
def disclose(cast: Cast) -> Doing:
    return Doing("officer", at("api:disclose", _hidden(cast).code), {"reason": PLAIN})


@doing("api:team")
def team(cast: Cast) -> Doing:
    said = {"person": "statistician", "belongs": True, "reason": PLAIN}
    return Doing("officer", at("api:team", _hidden(cast).code), said)


@doing("api:decide_pair")
def decide_pair(cast: Cast) -> Doing:
    return Doing("statistician", at("api:decide_pair", pair_of(cast).pk), {"verdict": "related", "reason": PLAIN})


def _changed(cast: Cast) -> bytes:
    """The plant's row as it went out, with another investor."""
    project = Project.objects.of(cast.city).select_related("enterprise", "unit").get(pk=cast.plant.pk)
    row = {"code": project.code, "mark": mark_of(project), "investor": "示例新投资方"}
    return write_table([Column(one.label) for one in COLUMNS if one.key in row], [list(row.values())], "项目")


@doing("api:new_changes")
def new_changes(cast: Cast) -> Doing:
    return Doing("officer", at("api:new_changes"), {"file": ContentFile(_changed(cast), name="改表.xlsx")})


@doing("api:accepted_changes")
def accepted_changes(cast: Cast) -> Doing:
    sent: ChangeSheet = receive_changes(
        city=cast.city, content=_changed(cast), filename="改表.xlsx", by=cast.officer, at=NOW
    )
    return Doing("officer", at("api:accepted_changes", sent.pk))


@doing("api:bulk_moves")
def bulk_moves(cast: Cast) -> Doing:
    said = {"projects": [cast.plant.code], "act": "paused", "why": PLAIN}
    return Doing("officer", at("api:bulk_moves"), said)


@doing("api:bulk_schedules")
def bulk_schedules(cast: Cast) -> Doing:
    said = {"projects": [cast.plant.code], "document": PLAIN, "agreed_on": "2023-01-10", "month": "2023-06"}
    return Doing("officer", at("api:bulk_schedules"), said)


@doing("api:new_schedule")
def new_schedule(cast: Cast) -> Doing:
    said = {"document": PLAIN, "agreed_on": "2023-01-10", "instalments": {"2023-06": "1.00"}}
    return Doing("officer", at("api:new_schedule", cast.plant.code), said)
