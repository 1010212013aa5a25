"""A signing at an activity leads to the gate of the project's own stage, and never moves it by itself."""

from cast import NOW, YI, Cast
from django.test import Client

from outreach.going import DAY, activity, at
from zhaoshang.outreach.actions.activities import NewSigning, sign_at
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project


def opened(cast: Cast, address: str) -> str:
    client = Client()
    client.force_login(cast.statistician)
    return client.get(address).content.decode()


def unsigned(cast: Cast) -> Project:
    new = NewProject(
        code="2023-0099", name="示例未签项目", source_code="310000", industry="C", contract_fen=YI, is_sample=True
    )
    return register_project(city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=None, at=NOW)


def test_a_project_signed_at_an_activity_shows_that_its_stage_is_still_where_it_was(cast: Cast) -> None:
    project, held = unsigned(cast), activity(cast)
    page = f"/desk/projects/{project.code}/stages/"
    assert "去办签约入阶" not in opened(cast, page)
    sign_at(activity=held, signings=[NewSigning(project=project)], by=cast.statistician, at=at(DAY))
    for address in (f"/desk/projects/{project.code}/", page, f"/desk/activities/{held.code}/"):
        assert "去办签约入阶" in opened(cast, address), address
    assert Project.objects.of(cast.city).get(pk=project.pk).signed_on is None
