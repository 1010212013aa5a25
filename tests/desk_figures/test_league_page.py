"""The league table and a figure's provenance, as people open them."""

import re
from typing import Any

import pytest
from cast import YI, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.common.periods import Period, parse_month
from zhaoshang.common.sheets import open_workbook
from zhaoshang.people.models import Event


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    """A leader before a quarter in which the west leads."""
    dictionary(cast)
    paid(cast, "east", "2023-01", 3)
    paid(cast, "west", "2023-03", 9)
    client.force_login(cast.leader)
    return client


def paid(cast: Cast, unit: str, month: str, yi: int, **changes: Any) -> Any:
    project = cast.plant if unit == "east" else cast.harbour
    first = Period.parse(month).first_day()
    return cast.verified(project=project, report_month=parse_month(month), paid_on=first, amount_fen=yi * YI, **changes)


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def test_the_table_names_units_in_rank_order_and_every_amount_opens(desk: Client) -> None:
    page = text(desk, "/desk/league/?period=2023Q1")
    assert page.index("西海区") < page.index("东山区")
    assert (
        "/desk/figures/capital_in_place/west/2023Q1/" in page and "/desk/figures/capital_in_place/city/2023Q1/" in page
    )


def test_why_no_growth_is_given_stands_under_the_table(desk: Client) -> None:
    assert "两种口径不能相比" in text(desk, "/desk/league/?period=2023Q1")


def test_the_table_can_be_sorted_and_turned_round(desk: Client) -> None:
    page = text(desk, "/desk/league/?period=2023Q1&sort=value")
    assert page.index("东山区") < page.index("西海区") and 'aria-sort="ascending"' in page


def test_the_table_leaves_as_xlsx(desk: Client) -> None:
    page = desk.get("/desk/league/?period=2023Q1&xlsx=1")
    assert page.content[:2] == b"PK" and "attachment" in page["Content-Disposition"]


def test_a_period_across_two_meanings_teaches_instead_of_adding(desk: Client) -> None:
    assert "跨了两种口径" in text(desk, "/desk/league/?period=2022-12/2023-01")


def test_nonsense_in_the_address_is_no_error(desk: Client) -> None:
    assert "2023年一季度" in text(desk, "/desk/league/?period=2023Q9&by=beauty&sort=-x&group=%27")
    assert desk.get("/desk/league/?indicator=nothing").status_code == 404


def test_signs_that_no_database_takes_are_a_faulty_request(desk: Client) -> None:
    for address in (
        "league/?indicator=%00",
        "figures/capital_in_place/west/2023Q1/?part=kind:%00",
        "overview/?period=%00",
        "external/?period=%00",
        "bureau/?month=%00",
    ):
        assert desk.get(f"/desk/{address}").status_code == 400, address


def test_a_part_opens_to_its_own_payments(cast: Cast, desk: Client) -> None:
    paid(cast, "west", "2023-02", 2, kind="working_capital")
    page = text(desk, "/desk/figures/capital_in_place/west/2023Q1/?part=kind:working_capital")
    assert "资金类型：流动资金" in page and len(PAYMENT.findall(page)) == 1


def test_a_figure_opens_to_rule_parts_and_payments_in_one_click(cast: Cast, desk: Client) -> None:
    page = text(desk, "/desk/figures/capital_in_place/west/2023Q1/")
    for said in ("9.00", "示例规则", "省外和省内市外资金计入", "各部分之和等于总数", "示例码头"):
        assert said in page, said


@pytest.mark.case("F18")
def test_an_excluded_part_is_shown_with_the_rule_that_excludes_it(cast: Cast, desk: Client) -> None:
    paid(cast, "west", "2023-02", 2, kind="working_capital")
    page = text(desk, "/desk/figures/capital_in_place/west/2023Q1/")
    assert "流动资金按百分之三十计入" in page and "9.60" in page


@pytest.mark.case("F13")
def test_counting_again_from_the_ledger_agrees(desk: Client) -> None:
    page = text(desk, "/desk/figures/capital_in_place/city/2023Q1/recount/")
    assert "与汇总数一致" in page and "1,200,000,000.00" in page


def test_the_drawer_gets_the_inside_only(desk: Client) -> None:
    asked = {"HX-Request": "true", "HX-Target": "drawer-body"}
    inside = desk.get("/desk/figures/capital_in_place/west/2023Q1/", headers=asked).content.decode()
    assert "<html" not in inside and "drawer-title" in inside


def test_an_officer_sees_every_sum_but_only_the_own_unit_s_payments(cast: Cast, desk: Client) -> None:
    desk.force_login(cast.officer)
    page = text(desk, "/desk/figures/capital_in_place/west/2023Q1/")
    assert "9.00" in page and "示例码头" not in page and "明细只对本地区和市级开放" in page
    assert "示例工厂" in text(desk, "/desk/figures/capital_in_place/east/2023Q1/")


@pytest.mark.case("B2")
def test_an_officer_s_file_holds_the_own_unit_only(cast: Cast, desk: Client) -> None:
    desk.force_login(cast.officer)
    content = desk.get("/desk/figures/capital_in_place/city/2023Q1/?xlsx=1").content
    cells = str(open_workbook(content, "x.xlsx").sheets[0].rows)
    assert "示例工厂" in cells and "示例码头" not in cells


PAYMENT = re.compile(r'data-href="/desk/payments/([0-9a-f-]{36})/"')
NOWHERE = [
    "nothing/west/2023Q1",
    "capital_in_place/nowhere/2023Q1",
    "capital_in_place/west/2023Q7",
    "capital_in_place/west/2023-13",
]


@pytest.mark.parametrize("address", NOWHERE)
def test_what_does_not_exist_is_not_found(desk: Client, address: str) -> None:
    assert desk.get(f"/desk/figures/{address}/").status_code == 404


@pytest.mark.case("F21")
def test_another_version_is_marked_as_restated_and_named(desk: Client) -> None:
    page = text(desk, "/desk/figures/capital_in_place/city/2022Q4/?version=2023")
    assert "按后来的口径重算" in page


def test_a_count_opens_to_its_projects(desk: Client) -> None:
    page = text(desk, "/desk/figures/signed_projects/city/2023Q1/")
    assert "示例工厂" in page and "按项目登记的日期计数" in page


@pytest.mark.case("B10", "F23")
def test_security_and_audit_see_no_figures_and_the_diary_knows_who_tried(cast: Cast, desk: Client) -> None:
    desk.force_login(cast.security)
    assert desk.get("/desk/league/").status_code == 403
    last = Event.objects.of(cast.city).order_by("-id")[0]
    assert (last.verb, last.refused) == ("desk.refused", True)


def test_the_payments_behind_are_walked_forth_and_back_without_a_gap(cast: Cast, desk: Client) -> None:
    for place in range(30):
        paid(cast, "west", ("2023-01", "2023-02", "2023-03")[place % 3], 1)
    address: str | None = "/desk/figures/capital_in_place/west/2023Q1/"
    forth, back = [], []
    while address:
        page = text(desk, address)
        forth += PAYMENT.findall(page)
        last, address = address, _other_page(page, "next")
    address = last
    while address:
        page = text(desk, address)
        back = PAYMENT.findall(page) + back
        address = _other_page(page, "prev")
    assert len(set(forth)) == 31 and forth == back


def _other_page(page: str, which: str) -> str | None:
    found = re.search(rf'rel="{which}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None
