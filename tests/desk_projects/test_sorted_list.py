"""The list of projects goes by a column, page by page: ties and blanks included, none twice, none lost."""

import re
from datetime import date
from typing import Any

import pytest
from cast import NOW, Cast
from django.test import Client, RequestFactory

from zhaoshang.common.sheets import open_workbook
from zhaoshang.desk.lists import ListPage, Order, page_by, sorted_by
from zhaoshang.projects.actions import NewProject, register_list
from zhaoshang.projects.models import Project

pytestmark = pytest.mark.django_db
DAYS = [date(2023, 1, 5), None, date(2023, 2, 7), date(2023, 1, 5), None, date(2023, 1, 5), None]
ORDERS = [Order(column, falling) for column in ("signed_on", "contract_fen", "name") for falling in (False, True)]


@pytest.fixture
def many(cast: Cast) -> Cast:
    """Seven more projects: days and amounts that repeat, days that are missing."""
    new = [
        NewProject(code=f"9-{place}", name=f"示例~{place % 3}", source_code="310000", industry="C", contract_fen=place % 2,
                   signed_on=day, source="示例")
        for place, day in enumerate(DAYS)
    ]  # fmt: skip
    rows = [(cast.east, cast.plant.enterprise, one) for one in new]
    register_list(city=cast.city, rows=rows, by=cast.statistician, at=NOW)
    return cast


def page(rows: Any, order: Order, address: str) -> ListPage:
    return page_by(RequestFactory().get(f"/{address}"), rows, order, size=2)


def walked(rows: Any, order: Order) -> list[ListPage]:
    """All pages, each reached by the address of the one before."""
    pages = [page(rows, order, "?sort=x")]
    while pages[-1].next:
        pages.append(page(rows, order, pages[-1].next))
    return pages


@pytest.mark.parametrize("order", ORDERS)
def test_pages_show_every_project_once_in_order(many: Cast, order: Order) -> None:
    rows = Project.objects.of(many.city)
    assert [one for each in walked(rows, order) for one in each.rows] == list(sorted_by(rows, order))


@pytest.mark.parametrize("order", ORDERS)
def test_the_way_back_shows_the_same_pages(many: Cast, order: Order) -> None:
    rows = Project.objects.of(many.city)
    pages = walked(rows, order)
    back = [pages[-1]]
    while back[-1].previous and len(back) < len(pages):
        back.append(page(rows, order, back[-1].previous))
    assert [one.pk for each in reversed(back) for one in each.rows] == [one.pk for each in pages for one in each.rows]


def test_blanks_come_last_both_ways(many: Cast) -> None:
    for falling in (False, True):
        days = [one.signed_on for one in sorted_by(Project.objects.of(many.city), Order("signed_on", falling))]
        assert days[-3:] == [None] * 3 and None not in days[:-3]


def test_a_place_that_is_no_amount_shows_the_first_page(many: Cast) -> None:
    rows, order = Project.objects.of(many.city), Order("contract_fen")
    assert page(rows, order, f"?after={many.plant.pk}&at=nonsense").rows == page(rows, order, "").rows


def test_the_head_says_how_it_is_sorted_and_asks_for_the_other_way(many: Cast, client: Client) -> None:
    client.force_login(many.leader)
    html = client.get("/desk/projects/?industry=C&sort=-contract").content.decode()
    head = next(one for one in re.findall(r"<th.*?</th>", html, re.DOTALL) if "合同额" in one)
    assert 'aria-sort="descending"' in head and "industry=C&amp;sort=contract" in head
    assert html.index("示例工厂") < html.index("示例~1")


def test_the_file_goes_by_the_same_column(many: Cast, client: Client) -> None:
    client.force_login(many.leader)
    content = client.get("/desk/projects/?sort=name&xlsx=1").content
    names = [row.cell(2).text for row in open_workbook(content, "a.xlsx").sheets[0].rows if row.number > 2]
    assert names == [one.name for one in sorted_by(Project.objects.of(many.city), Order("name"))]
