"""A unit that works on a project which lands elsewhere finds it: in search, by code, and in the list when it asks for those."""

from io import BytesIO

import pytest
from cast import NOW, Cast
from django.test import Client
from openpyxl import load_workbook

from zhaoshang.projects.following import set_follower

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def followed(cast: Cast, client: Client) -> None:
    """The west works on the plant, which lands in the east; its officer looks."""
    set_follower(project=cast.plant, unit=cast.west, by=cast.other_officer, at=NOW)
    client.force_login(cast.other_officer)


def codes(content: bytes) -> set[str]:
    book = load_workbook(BytesIO(content), read_only=True)
    return {str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row} & {
        "2023-0001",
        "2023-0002",
    }


@pytest.mark.parametrize("said", ["2023-0001", "示例工厂"])
def test_search_finds_it_on_the_page_and_in_the_api(cast: Cast, client: Client, said: str) -> None:
    """By its code the page opens at once."""
    page = client.get("/desk/search/", {"q": said})
    assert "/desk/projects/2023-0001/" in page.headers.get("Location", "") + page.content.decode()
    assert [one["code"] for one in client.get("/api/search", {"q": said}).json()["projects"]] == ["2023-0001"]


def test_the_list_and_its_workbook_show_it_when_asked_and_only_then(cast: Cast, client: Client) -> None:
    assert "2023-0001" not in client.get("/desk/projects/").content.decode()
    assert codes(client.get("/desk/projects/?xlsx=1").content) == {"2023-0002"}
    assert "2023-0001" in client.get("/desk/projects/?whose=followed").content.decode()
    assert codes(client.get("/desk/projects/?whose=followed&xlsx=1").content) == {"2023-0001"}


def test_the_unit_where_it_lands_sees_it_as_before_and_asks_for_nothing_it_follows(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert codes(client.get("/desk/projects/?xlsx=1").content) == {"2023-0001"}
    assert codes(client.get("/desk/projects/?whose=followed&xlsx=1").content) == set()
