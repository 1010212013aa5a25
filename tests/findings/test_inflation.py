"""What tells that figures were inflated: money before the firm, a year in three days, round amounts, thresholds; and who is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from cast import YI, Cast
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoshang.capital import actions, verification
from zhaoshang.common.money import WAN
from zhaoshang.common.periods import parse_month
from zhaoshang.common.sheets import open_workbook
from zhaoshang.enterprises.actions import Card, change_enterprise
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.figures.models import Indicator
from zhaoshang.people.models import Event
from zhaoshang.people.rules import CAPABILITIES, Can, Role
from zhaoshang.regions.access import viewer_of
from zhaoshang.review.enterprise_list import import_enterprises, read_enterprises
from zhaoshang.review.findings.inflation import densest
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.queries import looked_through
from zhaoshang.review.rules import AUDIT_KINDS, Hint

from .test_sweep import found, swept

pytestmark = pytest.mark.django_db
MARCH = parse_month("2023-03")


def founded(cast: Cast, day: date | None) -> None:
    firm = Enterprise.objects.of(cast.city).select_related("city").get(pk=cast.plant.enterprise_id)
    card = Card(name=firm.name, established_on=day)
    change_enterprise(enterprise=firm, revision=firm.revision, card=card, by=cast.statistician, at=cast.now)


def spread(cast: Cast, amounts: list[int], days: list[date]) -> None:
    drafts = [
        cast.draft(amount_fen=fen, paid_on=day, report_month=day.year * 12 + day.month - 1)
        for fen, day in zip(amounts, days, strict=True)
    ]
    actions.declare_many(city=cast.city, drafts=drafts, by=cast.officer, at=cast.now)


def over_the_year(count: int) -> list[date]:
    return [date(2022, 1 + place % 12, 1 + place // 12) for place in range(count)]


@pytest.mark.case("F19")
def test_money_before_the_firm_was_founded_is_shown_to_the_verifier_and_found(cast: Cast) -> None:
    payment = cast.declared()
    assert Hint.BEFORE_FIRM not in looked_through(cast.city, [payment])[0].hints
    founded(cast, date(2023, 3, 7))
    payment = type(payment).objects.of(cast.city).select_related("project__enterprise").get(pk=payment.pk)
    assert Hint.BEFORE_FIRM in looked_through(cast.city, [payment])[0].hints
    swept(cast)
    assert [one.facts["founded"] for one in found(cast, "before_firm")] == ["2023-03-07"]
    founded(cast, date(2023, 3, 6))
    swept(cast)
    assert [one.state for one in found(cast, "before_firm")] == ["fixed"]


@pytest.mark.case("F19")
def test_the_verifiers_page_says_that_the_firm_was_not_there_yet(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    founded(cast, date(2023, 3, 7))
    client.force_login(cast.verifier)
    assert "到账早于企业成立" in client.get(reverse("desk:payment", args=[payment.pk])).content.decode()


def test_the_day_of_founding_comes_by_page_api_and_sheet_and_goes_out_again(cast: Cast, client: Client) -> None:
    firm = cast.plant.enterprise
    client.force_login(cast.statistician)
    filled = {"name": firm.name, "established_on": "2019-03-05", "revision": firm.revision}
    assert client.post(reverse("desk:enterprise_edit", args=[firm.pk]), filled).status_code == 302
    assert "2019" in client.get(reverse("desk:enterprise", args=[firm.pk])).content.decode()
    assert client.get(f"/api/enterprises/{firm.pk}").json()["established_on"] == "2019-03-05"
    viewer = viewer_of(cast.statistician, cast.city)
    sheet = f"企业名称,成立日期\n{firm.name},2019-03-06\n".encode()
    import_enterprises(read_enterprises(sheet, "a.csv", viewer), viewer=viewer, by=cast.statistician, at=cast.now)
    assert Enterprise.objects.of(cast.city).get(pk=firm.pk).established_on == date(2019, 3, 6)
    bad = read_enterprises(f"企业名称,成立日期\n{firm.name},2119-03-06\n".encode(), "a.csv", viewer)
    assert [(one.cell, one.code) for one in bad.problems] == [("B2", "bad_day")]
    rows = open_workbook(client.get(reverse("desk:enterprise_list"), {"xlsx": "1"}).content).sheets[0].rows
    assert "2019-03-06" in [cell.text for row in rows for cell in row.cells.values()]


@pytest.mark.case("F20")
def test_a_years_money_in_three_days_is_found(cast: Cast) -> None:
    days = over_the_year(8)
    spread(cast, [YI + place for place in range(8)], days)
    swept(cast)
    assert found(cast, "few_days") == []
    close = [date(2022, 6, 10), date(2022, 6, 11), date(2022, 6, 12)]
    spread(cast, [5 * YI + place for place in range(3)], close)
    swept(cast)
    told = [(one.unit_id, one.facts["day"], one.facts["count"]) for one in found(cast, "few_days")]
    assert told == [(cast.east.pk, "2022-06-10", 11)]


@given(st.dictionaries(st.integers(0, 40), st.integers(0, 100), min_size=1), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_the_densest_days_are_what_trying_every_window_finds(money: dict[int, int], window: int) -> None:
    first = date(2022, 1, 1)
    days = {first + timedelta(days=place): (fen, 1) for place, fen in money.items()}
    tried = [
        sum(fen for day, (fen, _) in days.items() if start <= day < start + timedelta(days=window)) for start in days
    ]
    assert densest(days, window)[1] == max(tried)


@pytest.mark.case("F20")
def test_too_many_round_amounts_are_found(cast: Cast) -> None:
    odd = [1234 * WAN + place for place in range(9)]
    spread(cast, [1000 * WAN * (1 + place) for place in range(13)] + odd, over_the_year(22))
    swept(cast)
    assert [
        (one.facts["count"], one.facts["all"]) for one in found(cast, "round")
    ] == []  # 13 of 22 are less than 60 percent
    spread(cast, [2000 * WAN], [date(2022, 12, 20)])
    swept(cast)
    assert [(one.facts["count"], one.facts["all"]) for one in found(cast, "round")] == [(14, 23)]


@pytest.mark.case("F20")
@pytest.mark.parametrize(("start", "edge"), [(10_000, "payment_over"), (9_990, "payment_under")])
def test_amounts_that_keep_to_one_side_of_a_threshold_are_found(cast: Cast, start: int, edge: str) -> None:
    spread(cast, [(start + place) * WAN for place in range(5)], over_the_year(5))
    swept(cast)
    assert [(one.facts["edge"], one.facts["count"]) for one in found(cast, "edge")] == [(edge, 5)]
    other = 9_980 if edge == "payment_over" else 10_010
    spread(cast, [(other + place) * WAN for place in range(2)], over_the_year(2))
    swept(cast)
    assert [one.state for one in found(cast, "edge")] == ["fixed"]


def suspicious(cast: Cast) -> Finding:
    spread(cast, [(10_000 + place) * WAN for place in range(5)], over_the_year(5))
    cast.declared(amount_fen=9 * YI)
    swept(cast)
    return found(cast, "edge")[0]


@pytest.mark.case("F20")
def test_signs_about_a_unit_are_the_bureaus_and_the_auditors_and_not_the_units(cast: Cast, client: Client) -> None:
    one = suspicious(cast)
    assert one.kind in AUDIT_KINDS
    client.force_login(cast.officer)
    assert "金额贴着门槛" not in client.get(reverse("desk:finding_list")).content.decode().partition("<table")[2]
    assert client.get(reverse("desk:finding", args=[one.pk])).status_code == 404
    assert one.kind not in {row["kind"] for row in client.get("/api/findings").json()["rows"]}
    assert client.get(f"/api/findings/{one.pk}").status_code == 404
    assert client.get(reverse("desk:audit_findings")).status_code == 403
    client.force_login(cast.verifier)
    shown = client.get(reverse("desk:finding", args=[one.pk])).content.decode()
    assert "2022 年单笔到账刚过 10,000.00万元的有 5 个" in shown


@pytest.mark.case("F20", "F23")
def test_the_auditor_reads_which_and_where_and_nothing_of_the_business(cast: Cast, client: Client) -> None:
    suspicious(cast)
    assert {role for role in Role if Can.READ_DIARY in CAPABILITIES[role]} == {Role.AUDITOR}
    client.force_login(cast.auditor)
    page = client.get(reverse("desk:audit_findings")).content.decode()
    assert "金额贴着门槛" in page and "只报市局和审计" in page and "到位超过合同额" in page
    file = client.get(reverse("desk:audit_findings"), {"xlsx": "1"})
    texts = [cell.text for row in open_workbook(file.content).sheets[0].rows for cell in row.cells.values()]
    told = client.get("/api/audit/findings").json()
    for secret in (cast.plant.name, cast.plant.code, "90,000", "10,000", str(YI)):
        assert secret not in page and secret not in str(told) and not any(secret in text for text in texts)
    assert any(text.startswith("edge-") for text in texts) and {"edge", "over_contract"} <= {
        r["kind"] for r in told["rows"]
    }
    read = Event.objects.of(cast.city).filter(verb="review.findings.audited", by=cast.auditor)
    assert [one.detail["exported"] for one in read.order_by("at", "id")].count(True) == 1 and read.count() == 3
    assert client.get(reverse("desk:audit_findings"), {"kind": "edge", "unit": "west"}).status_code == 200


def ranked(cast: Cast, client: Client) -> Any:
    code = Indicator.objects.of(cast.city).first().code
    client.force_login(cast.leader)
    return client.get(
        reverse("desk:league"), {"indicator": code, "period": "2023-02"}
    ), f"/api/league/{code}?period=2023-02"


@pytest.mark.case("F22")
def test_what_is_taken_back_after_the_ranking_is_listed_beside_it(cast: Cast, client: Client) -> None:
    from dictionary import dictionary

    dictionary(cast)
    payment = cast.verified(report_month=MARCH - 1, paid_on=date(2023, 2, 6))
    page, address = ranked(cast, client)
    assert "排名之后冲减的" not in page.content.decode() and client.get(address).json()["taken_back"] == []
    opposite = actions.declare_opposite(
        payment=payment, report_month=MARCH, amount_fen=YI // 4, reason="付款退回", by=cast.officer, at=cast.now
    )
    assert client.get(address).json()["taken_back"] == []  # declared, not verified
    verification.verify(payment=opposite, revision=1, by=cast.verifier, at=cast.now)
    page, address = ranked(cast, client)
    told = page.content.decode().partition('id="taken-back"')[2]
    assert (
        "-2,500.00" in told.replace("−", "-")
        and "2023-03" in told
        and reverse("desk:payment", args=[opposite.pk]) in told
    )
    assert [(one["of_month"], one["amount"]) for one in client.get(address).json()["taken_back"]] == [
        ("2023-02", "-25000000.00")
    ]
    file = open_workbook(client.get(reverse("desk:league"), {**page.wsgi_request.GET.dict(), "xlsx": "1"}).content)
    beside = next(sheet for sheet in file.sheets if sheet.name == "排名之后冲减的")
    texts = [[cell.text for cell in row.cells.values()] for row in beside.rows]
    assert [(row[0], row[2], row[3], row[5]) for row in texts[2:]] == [("东山", "2023-02", "2023-03", "付款退回")]
    assert texts[2][4].startswith("-2500")
    client.force_login(cast.other_officer)
    assert client.get(address).json()["taken_back"] == []
    file = open_workbook(client.get(reverse("desk:league"), {**page.wsgi_request.GET.dict(), "xlsx": "1"}).content)
    assert "排名之后冲减的" not in [sheet.name for sheet in file.sheets]
