"""Many projects at once: each held to its own gate, nothing half done, each with its own outcome."""

from cast import NOW, YI, Cast
from django.test import Client

from desk_projects.test_board import lead, now
from zhaoshang.common.periods import parse_month
from zhaoshang.duties.models import Responsibility
from zhaoshang.people.models import Event
from zhaoshang.projects.schedules import schedules_in_force


def test_each_goes_through_its_own_gate_and_says_how_it_went(cast: Cast, client: Client) -> None:
    """Two begin building; the third is paused."""
    lead(cast, "9-1", "示例甲"), lead(cast, "9-2", "示例乙"), lead(cast, "9-3", "示例丙")
    client.force_login(cast.officer)
    paused = {"project": ["9-3"], "act": "paused", "why": "用地未定"}
    assert "1 个办成" in client.post("/desk/projects/bulk/", paused).content.decode()
    ticked = {
        "project": ["9-1", "9-2", "9-3"],
        "act": "construction",
        "on": "2023-03-01",
        "why": "示例1号",
    }
    page = client.post("/desk/projects/bulk/", ticked).content.decode()
    assert "2 个办成，1 个没有办成" in page and "请先重回项目库" in page
    assert [now(cast, code).construction for code in ("9-1", "9-2", "9-3")] == ["reserve", "reserve", ""]
    entered = Event.objects.of(cast.city).filter(verb="projects.stage.entered", about_text__startswith="示例")
    assert entered.filter(by=cast.officer, at__gte=NOW).count() == 2


def test_a_pause_without_a_reason_pauses_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = client.post("/desk/projects/bulk/", {"project": ["2023-0001"], "act": "paused", "why": ""}).content.decode()
    assert "请写明理由" in page and now(cast, "2023-0001").standing == "open"


def test_who_may_not_move_projects_has_no_such_form(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    assert "/desk/projects/bulk/" not in client.get("/desk/projects/").content.decode()
    assert client.post("/desk/projects/bulk/", {"project": ["2023-0001"], "act": "paused"}).status_code == 403


def handed(cast: Cast, code: str) -> list[str]:
    rows = Responsibility.objects.of(cast.city).filter(project__code=code, until__isnull=True)
    return list(rows.values_list("handler__username", flat=True))


def test_ticked_projects_are_handed_over_each_with_its_own_outcome(cast: Cast, client: Client) -> None:
    """One goes over; one is with that person already."""
    lead(cast, "9-1", "示例甲"), lead(cast, "9-2", "示例乙")
    client.force_login(cast.officer)
    given = {"handler": "officer", "leader_name": "示例领导", "assign_reason": "示例分工"}
    one = client.post("/desk/projects/bulk/assign/", given | {"project": ["9-1"]}).content.decode()
    assert "1 个办成，0 个没有办成" in one
    page = client.post("/desk/projects/bulk/assign/", given | {"project": ["9-1", "9-2"]}).content.decode()
    assert "1 个办成，1 个没有办成" in page and "没有要改的" in page
    assert [handed(cast, code) for code in ("9-1", "9-2")] == [["officer"], ["officer"]]


def test_a_handler_of_another_district_is_given_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    given = {
        "project": ["2023-0001", "2023-0002"],
        "handler": "other_officer",
        "leader_name": "示例",
        "assign_reason": "示例",
    }
    page = client.post("/desk/projects/bulk/assign/", given).content.decode()
    assert (
        "1 个办成，1 个没有办成" in page
        and handed(cast, "2023-0001") == []
        and handed(cast, "2023-0002") == ["other_officer"]
    )


def schedule(cast: Cast, code: str) -> dict[int, int]:
    rows = schedules_in_force(cast.city, [now(cast, code).pk])
    return {row.month: row.amount_fen for found in rows.values() for row in found}


def test_ticked_projects_get_a_schedule_and_are_put_off(cast: Cast, client: Client) -> None:
    """The plant gets its whole contract by June; three months later; the harbour has none to put off."""
    client.force_login(cast.statistician)
    paper = {"document": "示例1号", "agreed_on": "2023-01-10"}
    client.post("/desk/projects/bulk/schedule/", paper | {"project": ["2023-0001"], "month": "2023-06"})
    june = parse_month("2023-06")
    assert schedule(cast, "2023-0001") == {june: 5 * YI}
    later = {"document": "示例2号", "agreed_on": "2023-02-10", "later": "3", "project": ["2023-0001", "2023-0002"]}
    page = client.post("/desk/projects/bulk/schedule/", later).content.decode()
    assert "1 个办成，1 个没有办成" in page and "还没有付款计划" in page
    assert schedule(cast, "2023-0001") == {june + 3: 5 * YI} and schedule(cast, "2023-0002") == {}


def test_a_schedule_without_month_day_or_document_changes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    for given in (
        {"month": "x"},
        {"later": "99"},
        {"month": "2023-06", "document": ""},
        {"month": "2023-06", "agreed_on": "x"},
    ):
        told = {"project": ["2023-0001"], "document": "示例1号", "agreed_on": "2023-01-10"} | given
        page = client.post("/desk/projects/bulk/schedule/", told).content.decode()
        assert "0 个办成，1 个没有办成" in page
    assert schedule(cast, "2023-0001") == {}


def test_nothing_ticked_is_said(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = client.post("/desk/projects/bulk/assign/", {"handler": "officer"}, follow=True).content.decode()
    assert "没有勾选项目" in page
