"""A signing at an activity leads to the gate of the project's own stage, and never moves it by itself."""

import pytest
from cast import NOW, YI, Cast
from django.test import Client

from outreach.going import DAY, activity, at
from zhaoshang.desk.waiting import waiting_for
from zhaoshang.outreach.actions.activities import NewSigning, sign_at
from zhaoshang.outreach.actions.moving import enter_signed
from zhaoshang.outreach.models import Signing
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import OutOfOrder, advance
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.regions.access import viewer_of

PDF = b"%PDF-1.4\n% sample\n%%EOF\n"


def opened(cast: Cast, address: str) -> str:
    client = Client()
    client.force_login(cast.statistician)
    return client.get(address).content.decode()


def unsigned(cast: Cast) -> Project:
    new = NewProject(
        code="2023-0099",
        name="示例未签项目",
        source_code="310000",
        industry="C",
        contract_fen=YI,
        is_sample=True,
        investor="示例投资方",
    )
    return register_project(city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=None, at=NOW)


@pytest.fixture(autouse=True)
def _on_the_day_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors take the time by ``timezone.now``; here it is the cast's."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def at_the_gate(cast: Cast) -> Project:
    """A project in talks, with a contract: the next gate is the signing."""
    project = unsigned(cast)
    day = {"on": DAY, "evidence": "示例", "by": cast.officer, "at": NOW}
    for stage, kind in (("talks", "talk_record"), ("signed", "contract")):
        attach_proof(project=project, stage=stage, kind=kind, content=PDF, name=f"{kind}.pdf", by=cast.officer, at=NOW)
    advance(project=project, stage="talks", **day)
    return Project.objects.of(cast.city).get(pk=project.pk)


def test_a_project_signed_at_an_activity_shows_that_its_stage_is_still_where_it_was(cast: Cast) -> None:
    project, held = unsigned(cast), activity(cast)
    page = f"/desk/projects/{project.code}/stages/"
    assert "去办签约入阶" not in opened(cast, page)
    sign_at(activity=held, signings=[NewSigning(project=project)], by=cast.statistician, at=at(DAY))
    for address in (f"/desk/projects/{project.code}/", page, f"/desk/activities/{held.code}/", "/desk/signings/"):
        assert "去办签约入阶" in opened(cast, address), address
    assert Project.objects.of(cast.city).get(pk=project.pk).signed_on is None


def test_it_waits_with_who_may_move_the_project_and_with_nobody_else(cast: Cast) -> None:
    project, held = unsigned(cast), activity(cast)
    sign_at(activity=held, signings=[NewSigning(project=project)], by=cast.statistician, at=at(DAY))
    waits = {
        who.username: any(project.code in one.href for one in waiting_for(viewer_of(who, cast.city), DAY))
        for who in (cast.officer, cast.statistician, cast.other_officer, cast.leader)
    }
    assert waits == {"officer": True, "statistician": True, "other_officer": False, "leader": False}


def test_at_the_gate_the_activity_is_chosen_and_its_day_is_the_signing_s(cast: Cast) -> None:
    project, held = at_the_gate(cast), activity(cast)
    client = Client()
    client.force_login(cast.officer)
    page = client.get(f"/desk/projects/{project.code}/stages/").content.decode()
    assert f'value="{held.code}"' in page and "未记，一并补记" in page
    client.post(f"/desk/projects/{project.code}/signed/", {"activity": held.code})
    assert Project.objects.of(cast.city).get(pk=project.pk).signed_on == DAY
    assert [one.project_id for one in Signing.objects.of(cast.city)] == [project.pk]
    assert not [one for one in waiting_for(viewer_of(cast.officer, cast.city), DAY) if project.code in one.href]


def test_a_gate_that_wants_more_keeps_neither_the_move_nor_the_signing(cast: Cast) -> None:
    project, held = unsigned(cast), activity(cast)
    with pytest.raises(OutOfOrder):
        enter_signed(activity=held, project=project, by=cast.officer, at=NOW)
    assert not Signing.objects.of(cast.city).exists()


def test_the_same_by_the_api(cast: Cast) -> None:
    project, held = at_the_gate(cast), activity(cast)
    sign_at(activity=held, signings=[NewSigning(project=project)], by=cast.statistician, at=at(DAY))
    client = Client()
    client.force_login(cast.officer)
    told = [client.get("/api/signings", {"todo": todo}).json()["rows"] for todo in ("move", "link", "repeat")]
    assert [[one["project"] for one in rows] for rows in told] == [[project.code], [], []]
    body = {"project": project.code}
    answer = client.post(f"/api/activities/{held.code}/signed", body, content_type="application/json")
    assert answer.status_code == 201
    assert client.get("/api/signings", {"todo": "move"}).json()["rows"] == []
