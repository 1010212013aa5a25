"""The board moves a card through the same gate as every other door, and says what is missing where it may not."""

import pytest
from browser import Windows
from cast import NOW, YI, Cast
from django.test import Client

from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import close_project
from zhaoshang.projects.stages.rules import Standing

MOVE = "/desk/projects/board/move/?chain=construction&q=%E7%A4%BA%E4%BE%8B"


def lead(cast: Cast, code: str = "9", name: str = "示例线索") -> Project:
    new = NewProject(code=code, name=name, source_code="310000", industry="C", contract_fen=YI)
    return register_project(
        city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=None, at=NOW
    )  # fmt: skip


def now(cast: Cast, code: str) -> Project:
    return Project.objects.of(cast.city).get(code=code)  # type: ignore[no-any-return]


def test_a_card_moves_and_the_board_keeps_its_filters(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    lead(cast)
    moved = client.post(MOVE, {"project": "9", "stage": "reserve", "on": "2023-03-01"})
    assert (moved.status_code, now(cast, "9").construction) == (302, "reserve")
    assert "chain=construction" in moved["Location"] and "q=" in moved["Location"]


def test_a_refused_card_stays_and_what_is_missing_is_linked(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    lead(cast)
    page = client.post("/desk/projects/board/move/", {"project": "9", "stage": "talks", "on": "2023-03-01"})
    text = page.content.decode()
    refused = text.split('id="refused"')[1].split("</section>")[0]
    assert page.status_code == 409 and now(cast, "9").promotion == "lead"
    assert "示例线索还不能进入" in refused and "/desk/projects/9/" in refused
    assert 'data-card="9"' in text.split('id="column-lead"')[1].split("</section>")[0]


def test_a_card_jumps_no_stage(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    lead(cast)
    page = client.post(
        "/desk/projects/board/move/", {"project": "9", "stage": "signed", "on": "2023-03-01"}, follow=True
    )
    assert "阶段须依次进入" in page.content.decode() and now(cast, "9").promotion == "lead"


def test_who_only_reads_has_no_card_to_move(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    assert "data-card" not in client.get("/desk/projects/board/").content.decode()
    assert client.post("/desk/projects/board/move/", {"project": "2023-0001", "stage": "landed"}).status_code == 403


def test_another_district_s_card_is_absent(cast: Cast, client: Client) -> None:
    client.force_login(cast.other_officer)
    assert client.post("/desk/projects/board/move/", {"project": "2023-0001", "stage": "landed"}).status_code == 404


def test_every_open_project_stands_in_a_column_and_what_is_cut_is_said(cast: Cast, client: Client) -> None:
    """Thirteen projects that have not begun building: twelve are shown. A paused one is told apart."""
    for number in range(13):
        lead(cast, f"9-{number}", f"示例线索{number}")
    paused = lead(cast, "8", "示例暂停")
    close_project(project=paused, standing=Standing.PAUSED, reason="示例", by=cast.officer, at=NOW)
    client.force_login(cast.leader)
    page = client.get("/desk/projects/board/?chain=construction&unit=east").content.decode()
    first = page.split('id="column-none"')[1].split("</section>")[0]
    assert "尚未进入" in first and "只列最新 12 个，看全部 14 个" in first and first.count("board-card") == 12
    assert "另有 1 个项目已暂停" in page
    listed = client.get("/desk/projects/?construction=none&standing=open&unit=east").content.decode()
    assert "示例线索12" in listed and "示例暂停" not in listed


@pytest.mark.browser
def test_a_card_is_moved_by_key_and_by_mouse(cast: Cast, windows: Windows) -> None:
    lead(cast)
    page = windows.of(cast.officer).go("/desk/projects/board/?chain=construction")
    page.locator('[data-card="9"]').focus()
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector('#column-reserve [data-card="9"]')
    page.drag_and_drop('[data-card="9"]', "#column-preliminary")
    page.wait_for_selector("#refused")
    assert page.locator('#column-reserve [data-card="9"]').count() == 1
