"""Many projects at once: each held to its own gate, nothing half done, each with its own outcome."""

from cast import NOW, Cast
from django.test import Client

from desk_projects.test_board import lead, now
from zhaoshang.people.models import Event


def test_each_goes_through_its_own_gate_and_says_how_it_went(cast: Cast, client: Client) -> None:
    """Two begin building; the third is paused; another district's is not theirs to touch."""
    lead(cast, "9-1", "示例甲"), lead(cast, "9-2", "示例乙"), lead(cast, "9-3", "示例丙")
    client.force_login(cast.officer)
    paused = {"project": ["9-3"], "act": "paused", "why": "用地未定"}
    assert "1 个办成" in client.post("/desk/projects/bulk/", paused).content.decode()
    ticked = {
        "project": ["9-1", "9-2", "9-3", "2023-0002"],
        "act": "construction",
        "on": "2023-03-01",
        "why": "示例1号",
    }
    page = client.post("/desk/projects/bulk/", ticked).content.decode()
    assert "2 个办成，1 个没有办成" in page and "请先重回项目库" in page and "示例码头" not in page
    assert [now(cast, code).construction for code in ("9-1", "9-2", "9-3", "2023-0002")] == [
        "reserve",
        "reserve",
        "",
        "",
    ]
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
