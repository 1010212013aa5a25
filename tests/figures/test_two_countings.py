"""A rule that changes within the year: the months before keep theirs, those after take the new, and every sum of both says so."""

from datetime import date
from typing import Any

import pytest
from bulletins.test_writing import drafted, published
from cast import NOW, YI, Cast
from dictionary import Dictionary, dictionary
from django.test import Client
from django.urls import reverse

from zhaoshang.bulletins.blocks import unbound
from zhaoshang.capital.counting import draft_rules, issue_rules
from zhaoshang.capital.rules import Kind
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.common.sheets import open_workbook
from zhaoshang.figures.actions import add_version, restate
from zhaoshang.figures.freezing import frozen_in, later_correction, recompute
from zhaoshang.figures.league import league
from zhaoshang.figures.queries import Growth, figure, growth, progress_of
from zhaoshang.figures.rules import Measure, Refusal
from zhaoshang.plans.actions import set_target
from zhaoshang.regions.rules import SourceClass

pytestmark = pytest.mark.django_db
Q1, MARCH, FEBRUARY = Period.parse("2023Q1"), Period.parse("2023-03"), Period.parse("2023-02")
TENTH = YI // 10
NAMES = ("到位内资（2023年口径）", "流动资金不计（示例）")


@pytest.fixture
def changed(cast: Cast) -> Dictionary:
    """From March 2023 on working capital, of which three tenths counted, no longer counts; in February and in March
    1 亿元 of it and 1 亿元 of plant arrive from outside."""
    told = dictionary(cast)
    rules = {"no": "1", "kind": "payment_kind", "text": "流动资金不计入", "percent": {"working_capital": 0}}
    narrower = issue_rules(
        rules=draft_rules(
            city=cast.city, code="sample-march", title="示例新规则", content={"rules": [rules]}, source="示例",
            computed_from=parse_month("2022-01"),
            valid_from=MARCH.first, is_sample=True, by=cast.statistician, at=NOW,
        ), by=cast.statistician, at=NOW,
    )  # fmt: skip
    add_version(
        indicator=told.capital, code="2023-03", title="流动资金不计（示例）", title_en="Without working capital (sample)",
        definition="示例定义", measure=Measure.CAPITAL, rule_set=narrower, source_classes=[SourceClass.OUTSIDE_PROVINCE],
        valid_from=MARCH.first, source="示例", is_sample=True, by=cast.statistician, at=NOW,
    )  # fmt: skip
    for month in ("2023-02", "2023-03"):
        for kind in (Kind.WORKING_CAPITAL, Kind.FIXED_ASSETS):
            cast.verified(report_month=parse_month(month), paid_on=date(2023, int(month[-1]), 7), kind=kind)
    set_target(
        city=cast.city, indicator="capital_in_place", year=2023, unit=None, amount=10 * YI, document="示例〔2023〕1号",
        issued_on=date(2023, 1, 5), by=cast.statistician, at=NOW,
    )  # fmt: skip
    return told


def capital(cast: Cast, period: Period) -> Any:
    return figure(cast.city, "capital_in_place", period)


@pytest.mark.case("F21")
def test_each_month_is_counted_by_its_own_rule_and_the_sum_names_both_with_their_months(
    changed: Dictionary, cast: Cast
) -> None:
    before, after, whole = (capital(cast, period) for period in (FEBRUARY, MARCH, Q1))
    assert (before.value, after.value, whole.value) == (13 * TENTH, 10 * TENTH, 23 * TENTH)
    assert [(one.title, str(months)) for one, months in whole.version.spans] == [
        (NAMES[0], "2023-01/2023-02"),
        (NAMES[1], "2023-03"),
    ]
    assert not before.version.spans and not after.version.spans


@pytest.mark.case("F21")
def test_progress_at_the_end_of_a_month_after_the_change_counts_the_months_before_as_they_were(
    changed: Dictionary, cast: Cast
) -> None:
    done = progress_of(capital(cast, MARCH))
    assert done is not None and done.of_year_percent == 23
    table = league(cast.city, "capital_in_place", MARCH)
    assert table.total.progress is not None and table.total.progress.of_year_percent == 23
    assert len(table.countings) == 2


@pytest.mark.case("F21")
def test_growth_of_two_countings_needs_a_base_for_each(changed: Dictionary, cast: Cast) -> None:
    rate = growth(capital(cast, Q1))
    assert isinstance(rate, Refusal) and not isinstance(rate, Growth)
    previous = league(cast.city, "capital_in_place", Q1).previous
    assert isinstance(previous, Refusal) and previous.code == "several_countings"


@pytest.mark.case("F21")
@pytest.mark.parametrize("period", [Q1, MARCH])
def test_page_table_workbook_and_api_say_that_two_countings_are_in_the_year_so_far(
    period: Period, changed: Dictionary, cast: Cast, client: Client
) -> None:
    client.force_login(cast.leader)
    asked = {"indicator": "capital_in_place", "period": str(period)}
    page = client.get(reverse("desk:figure_open", args=["capital_in_place", "city", period])).content.decode()
    table = client.get(reverse("desk:league"), asked).content.decode()
    book = open_workbook(client.get(reverse("desk:league"), {**asked, "xlsx": "1"}).content)
    notes = " ".join(cell.text for sheet in book.sheets for row in sheet.rows for cell in row.cells.values())
    for shown in (page, table, notes):
        assert "合计中有 2 种口径" in shown
        assert all(name in shown for name in NAMES) and "2023-01至2023-02" in shown
    for address in ("figures", "league"):
        told = client.get(f"/api/{address}/capital_in_place?period={period}").json()["countings"]
        assert [(one["title"], one["from"], one["to"]) for one in told] == [
            (NAMES[0], "2023-01", "2023-02"),
            (NAMES[1], "2023-03", "2023-03"),
        ]
    client.post("/desk/language/", {"language": "en"})
    english = client.get(reverse("desk:figure_open", args=["capital_in_place", "city", period])).content.decode()
    assert "2023-01 to 2023-02" in english and "合计中有" not in english


@pytest.mark.case("F21")
def test_of_one_counting_nothing_is_said(changed: Dictionary, cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    page = client.get(reverse("desk:figure_open", args=["capital_in_place", "city", FEBRUARY])).content.decode()
    assert "合计中有" not in page
    assert client.get("/api/figures/capital_in_place?period=2023-02").json()["countings"] == []


@pytest.mark.case("F21")
def test_the_payments_behind_the_sum_are_each_judged_by_the_rule_of_their_month(
    changed: Dictionary, cast: Cast, client: Client
) -> None:
    client.force_login(cast.leader)
    address = reverse("desk:figure_open", args=["capital_in_place", "city", Q1])
    rows = open_workbook(client.get(address, {"xlsx": "1"}).content).sheets[0].rows
    texts = [[cell.text for cell in row.cells.values()] for row in rows[2:]]
    counted = {(line[3], line[8]): line[6].split(".")[0] for line in texts}
    assert counted == {
        ("2023-02", "流动资金"): "3000",
        ("2023-02", "固定资产投资"): "10000",
        ("2023-03", "流动资金"): "0",
        ("2023-03", "固定资产投资"): "10000",
    }
    again = client.get(reverse("desk:figure_recount", args=["capital_in_place", "city", Q1])).content.decode()
    assert "2.30" in again and "不一致" not in again


@pytest.mark.case("F21")
def test_a_bulletin_of_the_quarter_tells_both_countings_and_its_figures_are_given_again_alike(
    changed: Dictionary, cast: Cast
) -> None:
    assert unbound(drafted(cast).blocks) == []
    bulletin = published(cast)
    assert "全市完成到位内资2.3亿元" in bulletin.text
    assert "年内口径有变化" in bulletin.text and all(name in bulletin.text for name in NAMES)
    frozen = next(
        one for one in frozen_in(cast.city, bulletin.snapshot) if one.ref == "capital_in_place@2023.2023-03:*:2023Q1"
    )
    assert (frozen.value, recompute(frozen).same, later_correction(frozen)) == (23 * TENTH, True, None)
    cast.verified(kind=Kind.WORKING_CAPITAL)
    assert recompute(frozen).same and later_correction(frozen).difference == 0
    cast.verified(report_month=FEBRUARY.first, paid_on=date(2023, 2, 7), kind=Kind.WORKING_CAPITAL)
    assert recompute(frozen).same and later_correction(frozen).difference == 3 * TENTH


@pytest.mark.case("F21")
def test_the_public_page_of_the_sum_names_both_countings(changed: Dictionary, cast: Cast, client: Client) -> None:
    bulletin = published(cast)
    frozen = next(one for one in frozen_in(cast.city, bulletin.snapshot) if ".2023-03:*:" in one.ref)
    shown = client.get(reverse("portal:figure", args=[frozen.pk])).content.decode()
    assert all(name in shown for name in NAMES) and "示例新规则" in shown
    rows = client.get(reverse("portal:statistics_file", args=["json"])).json()["figures"]
    assert any(all(name in row["definition"] for name in NAMES) for row in rows)


@pytest.mark.case("F21")
def test_where_both_countings_have_a_base_growth_is_given_and_its_base_is_frozen_and_given_again(
    changed: Dictionary, cast: Cast
) -> None:
    for version, period in ((changed.narrow, "2022-01/2022-02"), (capital(cast, MARCH).version, "2022-03")):
        restate(
            version=version, period=Period.parse(period), document="示例", reason="示例", by=cast.statistician, at=NOW
        )
    for month in (2, 3):
        cast.verified(
            report_month=parse_month(f"2022-{month:02d}"),
            paid_on=date(2022, month, 7),
            kind=Kind.WORKING_CAPITAL,
            amount_fen=10 * YI,
        )
    rate = growth(capital(cast, Q1))
    assert isinstance(rate, Growth) and rate.base_value == 3 * YI  # three tenths of February's, nothing of March's
    bulletin = published(cast)
    assert all(recompute(one).same for one in frozen_in(cast.city, bulletin.snapshot))
