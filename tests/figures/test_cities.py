"""Cities side by side: from roll-ups alone, and only to the office above them."""

import io
from typing import Any

import pytest
from cast import YI, Cast
from dictionary import dictionary
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from zhaoshang.capital.models import Total
from zhaoshang.common.ids import uuid7
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.demo.generate import generate
from zhaoshang.figures.cities import city_figure, city_league, is_upper
from zhaoshang.figures.league import league
from zhaoshang.tenancy.models import City

YEAR = Period.parse("2024")
CODE = "capital_in_place"


@pytest.fixture
def province(db: None) -> City:
    """Three cities of Liaoning and their province's office."""
    list(generate(3, 360, 7))
    return City.objects.create(code="ln", name="示例省", name_en="Sample Province", gb_code="210000", is_sample=True)


def test_a_province_sees_its_cities_ranked_by_the_same_value_that_each_city_states(province: City) -> None:
    found = city_league(province, CODE, YEAR)
    assert [row.rank for row in found.rows] == [1, 2, 3] and found.one_meaning
    for row in found.rows:
        own = league(row.city, CODE, YEAR).total
        assert (row.value, row.payments, row.growth) == (own.value, own.payments, own.growth)
    assert found.total_fen == sum(row.value or 0 for row in found.rows) > 0


def test_another_province_sees_none_of_them_the_nation_all_a_city_itself(province: City) -> None:
    def seen(code: str) -> list[str]:
        office = City.objects.create(
            id=uuid7(), code=f"x{code}", name="示例", name_en="X", gb_code=code, is_sample=True
        )
        return [row.city.code for row in city_league(office, CODE, YEAR).rows]

    assert (seen("370000"), sorted(seen("000000"))) == ([], ["load001", "load002", "load003"])
    city = City.objects.get(code="load002")
    assert [row.city for row in city_league(city, CODE, YEAR).rows] == [city]
    assert is_upper(province) and not is_upper(city)


def test_real_offices_see_no_samples(province: City) -> None:
    real = City.objects.create(code="real", name="某省", name_en="Real", gb_code="210000")
    assert city_league(real, CODE, YEAR).rows == ()


def test_the_table_costs_four_statements_and_never_asks_the_ledger(province: City) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        city_league(province, CODE, YEAR)
    assert len(asked) == 4
    assert not any("capital_payment" in one["sql"] or "projects_project" in one["sql"] for one in asked)


def test_a_changed_cell_shows_so_the_roll_ups_are_what_is_read(province: City) -> None:
    first = city_league(province, CODE, YEAR).rows[0]
    cell = Total.objects.of(first.city).filter(facet="", month=parse_month("2024-05"), source_class="outside_province")[
        0
    ]
    Total.objects.of(first.city).filter(pk=cell.pk).update(amount_fen=cell.amount_fen + 5)
    changed = {row.city: row.value for row in city_league(province, CODE, YEAR).rows}
    assert changed[first.city] == (first.value or 0) + 5


def test_a_figure_of_a_city_tells_its_months_and_its_chain(province: City) -> None:
    found = city_figure(province, "load002", CODE, YEAR)
    assert sum(value for _, value, _ in found.months) == found.row.value
    assert (found.chain_seq, len(found.chain_digest), {state for _, _, state in found.months}) == (120, 64, {"open"})
    with pytest.raises(City.DoesNotExist):
        city_figure(City.objects.get(code="load001"), "load002", CODE, YEAR)


def test_a_period_across_two_meanings_has_no_value_and_says_why(cast: Cast) -> None:
    dictionary(cast)
    row = city_league(cast.city, CODE, Period.parse("2022-06/2023-03")).rows[0]
    assert (row.version, row.rank) == (None, None) and row.refusal is not None


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    """The cast's own office made a province's, with a city below it."""
    dictionary(cast)
    cast.verified(report_month=parse_month("2023-01"), paid_on=Period.parse("2023-01").first_day(), amount_fen=3 * YI)
    client.force_login(cast.leader)
    return client


def page(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_city_reads_its_own_line_and_opens_what_it_rests_on(desk: Client, cast: Cast) -> None:
    text = page(desk, "/desk/cities/?period=2023Q1")
    assert "这里只有本市一行" in text and f"/desk/cities/{cast.city.code}/capital_in_place/2023Q1/" in text
    assert "账链" in page(desk, f"/desk/cities/{cast.city.code}/capital_in_place/2023Q1/")
    assert desk.get("/desk/cities/nowhere/capital_in_place/2023Q1/").status_code == 404


def test_the_table_leaves_as_xlsx_with_its_notes(desk: Client) -> None:
    book = load_workbook(io.BytesIO(desk.get("/desk/cities/?period=2023Q1&xlsx=1").content))
    told = [cell for sheet in book for row in sheet.values for cell in row if cell is not None]
    assert 30_000 in told and "只用各市汇总，不取各市明细；名次按总量从高到低，相同者并列。" in told
