"""The statistician's pages: overview, dictionary and restatements, targets, external figures, units."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.test import Client

from zhaoshang.common.periods import Period, parse_month
from zhaoshang.plans.models import Target
from zhaoshang.regions.actions import close_month, map_unit

PLAN = {"document": "示例发〔2023〕1号", "issued_on": "2023-01-09"}


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    dictionary(cast)
    for month, amount in (("2022-03", 5), ("2023-03", 9)):
        first = Period.parse(month).first_day()
        cast.verified(report_month=parse_month(month), paid_on=first, amount_fen=amount * YI)
    client.force_login(cast.statistician)
    return client


def text(client: Client, address: str, given: Any = None) -> str:
    page = client.get(address) if given is None else client.post(address, given, follow=True)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def test_the_overview_shows_the_quarter_and_every_number_opens(cast: Cast, desk: Client) -> None:
    map_unit(unit=cast.east, by=None, at=NOW, region_code="210202", source="示例", valid_from=date(2020, 1, 1))
    page = text(desk, "/desk/overview/?period=2023Q1")
    for said in (
        "9.0",
        "东山区",
        "最近核定的到账",
        "没有可比的基数",
        "上海",
        "/desk/figures/capital_in_place/city/2023Q1/?part=origin:new#behind",
    ):
        assert said in page, said


def test_the_overview_tells_closed_months_from_open_ones(cast: Cast, desk: Client) -> None:
    close_month(city=cast.city, number=parse_month("2023-01"), by=cast.statistician, at=NOW)
    page = text(desk, "/desk/overview/?period=2023Q1")
    assert page.count("pill-ok") - text(desk, "/desk/overview/?period=2022").count("pill-ok") >= 1


def test_an_empty_installation_teaches_the_first_step(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    for address in ("overview", "league", "external"):
        assert "指标字典还是空的" in text(client, f"/desk/{address}/"), address


def test_a_restatement_put_on_record_gives_the_growth_that_was_refused(cast: Cast, desk: Client) -> None:
    assert "不给同比" in text(desk, "/desk/figures/capital_in_place/city/2023Q1/")
    given = {"version": "2023", "period": "2022", "document": "示例备案1号", "reason": "口径调整"}
    assert "示例备案1号" in text(desk, "/desk/indicators/capital_in_place/restate/", given)
    assert "+80.0%" in text(desk, "/desk/figures/capital_in_place/city/2023Q1/")


@pytest.mark.parametrize(
    "changed", [{"period": "昨天"}, {"document": ""}, {"reason": ""}, {"version": "1999"}, {"period": "2021"}]
)
def test_a_restatement_is_refused_when_it_lacks_something(desk: Client, changed: dict[str, str]) -> None:
    given = {"version": "2023", "period": "2022", "document": "示例备案1号", "reason": "口径调整"} | changed
    assert "form-errors" in text(desk, "/desk/indicators/capital_in_place/restate/", given)


def test_one_period_stands_under_every_version(desk: Client) -> None:
    page = text(desk, "/desk/indicators/capital_in_place/?period=2022Q1")
    assert "?version=2023" in page and "重算，不是当时公布的数" in page


def test_a_document_sets_targets_and_the_sum_is_held_against_the_city_s(cast: Cast, desk: Client) -> None:
    given = PLAN | {"city": "100", "unit_east": "60", "unit_west": "30亿"}
    page = text(desk, "/desk/targets/new/?indicator=capital_in_place&year=2023", given)
    assert "各地区合计少 10.00" in page and PLAN["document"] in page
    assert {row.amount // YI for row in Target.objects.of(cast.city)} == {100, 60, 30}


def test_a_unit_without_a_target_is_named(cast: Cast, desk: Client) -> None:
    page = text(
        desk, "/desk/targets/new/?indicator=capital_in_place&year=2023", PLAN | {"city": "100", "unit_east": "60"}
    )
    assert "还没有目标" in page and "西海区" in page


def test_the_same_document_cannot_set_a_target_twice_and_a_new_one_supersedes_it(cast: Cast, desk: Client) -> None:
    address = "/desk/targets/new/?indicator=capital_in_place&year=2023"
    text(desk, address, PLAN | {"unit_east": "60"})
    assert "须有新的文号" in text(desk, address, PLAN | {"unit_east": "70", "unit_west": "20"})
    assert Target.objects.of(cast.city).count() == 1
    page = text(desk, address, {"document": "示例发〔2023〕8号", "issued_on": "2023-06-01", "unit_east": "70"})
    assert "70.00" in page and "60.00" in page


@pytest.mark.parametrize("amount", ["0", "-5", "很多", "1,2"])
def test_nonsense_is_no_target(desk: Client, amount: str) -> None:
    page = text(desk, "/desk/targets/new/?indicator=capital_in_place&year=2023", PLAN | {"unit_east": amount})
    assert "form-errors" in page and "has-error" in page


def test_an_external_figure_with_source_gives_a_rank_marked_unofficial(desk: Client) -> None:
    given = {
        "place": "沈阳",
        "period": "2023Q1",
        "value": "10",
        "version": "",
        "source": "示例快报",
        "dated": "2023-04-10",
    }
    page = text(desk, "/desk/external/new/?indicator=capital_in_place", given)
    assert "第2位" in page and "非官方" in page and "本市账本" in page


@pytest.mark.parametrize("changed", [{"place": "无此地"}, {"source": ""}, {"value": ""}, {"period": "x"}])
def test_an_external_figure_is_refused_when_it_lacks_something(desk: Client, changed: dict[str, str]) -> None:
    given = {
        "place": "沈阳市",
        "period": "2023Q1",
        "value": "10",
        "source": "示例快报",
        "dated": "2023-04-10",
    } | changed
    assert "form-errors" in text(desk, "/desk/external/new/?indicator=capital_in_place", given)


def test_units_show_what_is_inferred(cast: Cast, desk: Client) -> None:
    text(
        desk,
        "/desk/units/east/map/",
        {"region_code": "210202", "inferred": "on", "source": "示例依据", "valid_from": "2020-01-01"},
    )
    page = text(desk, "/desk/units/")
    assert "中山区" in page and "推断" in page and "示例依据" in page


@pytest.mark.parametrize("address", ["targets/new/", "external/new/?indicator=capital_in_place", "units/east/map/"])
def test_only_the_statistician_writes_here(cast: Cast, desk: Client, address: str) -> None:
    for person in (cast.officer, cast.leader, cast.verifier):
        desk.force_login(person)
        assert desk.get(f"/desk/{address}").status_code == 403


@pytest.mark.parametrize("address", ["targets/", "external/", "league/", "figures/capital_in_place/city/2023Q1/"])
def test_lists_leave_as_xlsx(desk: Client, address: str) -> None:
    assert desk.get(f"/desk/{address}?xlsx=1").content[:2] == b"PK"
