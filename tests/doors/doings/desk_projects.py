"""Projects: registered, moved through their stages, corrected, hidden, paid by a schedule, changed by a sheet."""

from cast import NOW, Cast
from contracts.papers import pdf
from desk_projects.test_board import lead
from desk_projects.test_change_sheet import book, exported, sent
from django.core.files.base import ContentFile
from django.test import Client
from forecast.test_schedules import HEAD

from doors.doings import PLAIN, Doing, doing
from zhaoshang.projects.confidence import hide_project
from zhaoshang.projects.models import Project
from zhaoshang.review.models import ChangeSheet


def _at(project: Project, act: str) -> str:
    return f"/desk/projects/{project.code}/{act}/"


@doing("desk:project_new")
def project_new(cast: Cast) -> Doing:
    said = {"name": PLAIN, "unit": "east", "enterprise": "示例东山公司", "investor": PLAIN, "site": PLAIN}
    money = {"source_code": "310000", "industry": "C", "contract": "5", "contract_unit": "亿元", "share": "100"}
    return Doing("officer", "/desk/projects/new/", said | money)


@doing("desk:board_move")
def board_move(cast: Cast) -> Doing:
    sent = {"project": lead(cast).code, "stage": "reserve", "on": "2023-03-01"}
    return Doing("officer", "/desk/projects/board/move/", sent)


@doing("desk:project_advance")
def project_advance(cast: Cast) -> Doing:
    return Doing("officer", _at(lead(cast), "advance"), {"stage": "reserve", "on": "2023-03-01", "evidence": PLAIN})


@doing("desk:project_skip")
def project_skip(cast: Cast) -> Doing:
    return Doing("verifier", _at(lead(cast), "skip"), {"stage": "talks", "on": "2023-03-01", "reason": PLAIN})


@doing("desk:project_bulk")
def project_bulk(cast: Cast) -> Doing:
    sent = {"act": "paused", "project": [cast.plant.code], "why": PLAIN, "on": "2023-04-03"}
    return Doing("officer", "/desk/projects/bulk/", sent)


@doing("desk:project_bulk_schedule")
def project_bulk_schedule(cast: Cast) -> Doing:
    sent = {"project": [cast.plant.code], "month": "2023-12", "document": PLAIN, "agreed_on": "2023-04-01"}
    return Doing("officer", "/desk/projects/bulk/schedule/", sent)


@doing("desk:project_standing")
def project_standing(cast: Cast) -> Doing:
    return Doing("officer", _at(cast.plant, "standing"), {"standing": "paused", "reason": PLAIN})


@doing("desk:project_proof")
def project_proof(cast: Cast) -> Doing:
    sent_ = {"stage": "talks", "kind": "talk_record", "file": ContentFile(pdf("洽谈"), name="a.pdf")}
    return Doing("officer", _at(cast.plant, "proofs"), sent_)


@doing("desk:project_amend")
def project_amend(cast: Cast) -> Doing:
    sent_ = {"investor": PLAIN, "site": PLAIN, "contract_fen": "10000", "outside_share_bp": "100", "industry": "C"}
    return Doing("officer", _at(lead(cast), "amend"), sent_ | {"source_code": "310000"})


@doing("desk:project_correct_day")
def project_correct_day(cast: Cast) -> Doing:
    sent_ = {"stage": "signed", "on": "2023-01-09", "reason": PLAIN}
    return Doing("statistician", _at(cast.plant, "correct-day"), sent_)


SECRET = {"code_name": "示例代号", "also": PLAIN, "reason": PLAIN}


def _hidden(cast: Cast) -> Project:
    told = {"code_name": "示例代号", "reason": "示例", "also": "", "by": cast.officer, "at": NOW}
    hide_project(project=cast.plant, **told)
    return cast.plant


@doing("desk:project_hide")
def project_hide(cast: Cast) -> Doing:
    return Doing("officer", _at(cast.plant, "confidence/hide"), SECRET)


@doing("desk:project_disclose")
def project_disclose(cast: Cast) -> Doing:
    return Doing("officer", _at(_hidden(cast), "confidence/disclose"), {"reason": PLAIN})


@doing("desk:project_aliases")
def project_aliases(cast: Cast) -> Doing:
    return Doing("officer", _at(_hidden(cast), "confidence/also"), {"also": PLAIN})


@doing("desk:project_team")
def project_team(cast: Cast) -> Doing:
    sent_ = {"person": "leader", "belongs": "1", "reason": PLAIN}
    return Doing("officer", _at(_hidden(cast), "confidence/team"), sent_)


@doing("desk:project_schedule_set")
def project_schedule_set(cast: Cast) -> Doing:
    sent_ = {"document": PLAIN, "agreed_on": "2023-02-01", "month_0": "2023-06", "amount_0": "10000"}
    return Doing("officer", _at(cast.plant, "schedule/set"), sent_)


@doing("desk:schedule_upload")
def schedule_upload(cast: Cast) -> Doing:
    text = f"{HEAD}\n2023-0001,2023-06,1000,示例1号,2023-01-10\n"
    return Doing("officer", "/desk/schedules/upload/", {"file": ContentFile(text.encode(), name="a.csv")})


def _changed(cast: Cast, client: Client) -> bytes:
    client.force_login(cast.officer)
    lead(cast)
    lines = exported(client)
    lines["9"] |= {"investor": "乙"}
    return book(lines)


@doing("desk:project_changes")
def project_changes(cast: Cast) -> Doing:
    return Doing(
        "officer", "/desk/projects/changes/", {"file": ContentFile(_changed(cast, Client()), name="改表.xlsx")}
    )


@doing("desk:project_change_accept")
def project_change_accept(cast: Cast) -> Doing:
    client = Client()
    sent(client, _changed(cast, client))
    return Doing("officer", f"/desk/change-sheets/{ChangeSheet.objects.of(cast.city).get().pk}/accept/")
