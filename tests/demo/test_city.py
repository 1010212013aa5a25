"""The loaded demo city answers as the published reports do, and leaves work to try."""

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import RequestFactory

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.queries import public_bulletin, published_figure, published_in
from zhaoshang.bulletins.reconcile import check
from zhaoshang.bulletins.rules import BulletinState, Outcome
from zhaoshang.capital import rollup
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.reconciliation import reconcile
from zhaoshang.capital.rules import Kind, Proof, Standing
from zhaoshang.common.files import identify
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.common.uscc import checked
from zhaoshang.demo import names, show
from zhaoshang.demo.clock import TODAY
from zhaoshang.demo.in_talks import PASSED, STOPPED
from zhaoshang.demo.slips import _FORMS, Voucher, draw
from zhaoshang.figures.province import province_rank
from zhaoshang.figures.queries import Growth, figure, growth, progress_of
from zhaoshang.figures.rules import Refusal
from zhaoshang.people.holds import SamePerson, lift_hold, place_hold
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can, Role
from zhaoshang.portal.pages import Links
from zhaoshang.portal.shown import headline
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.queries import missing_for
from zhaoshang.publishing.told import told_in
from zhaoshang.publishing.withholding import withheld, withheld_of
from zhaoshang.reading import read
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.models import Membership, ReportMonth, UnitRegion
from zhaoshang.review.holding import named
from zhaoshang.talks.sharing import sharing_of
from zhaoshang.tenancy.clock import clock_of
from zhaoshang.tenancy.models import City

pytestmark = pytest.mark.django_db
MARCH = parse_month("2023-03")


def printed(city: City, code: str, period: str, version: str | None = None) -> Decimal:
    """亿元 with one decimal, as reports print it."""
    return in_unit(figure(city, code, Period.parse(period), version=version).value, "亿元", 1)


@pytest.mark.parametrize(
    ("code", "period", "value", "share"),
    [
        ("capital_outside", "2022Q1", "586.6", "35.8"),
        ("capital_inside", "2022Q1", "155.9", "39.0"),
        ("capital_in_place", "2022Q1", "742.5", "36.4"),
        ("capital_in_place", "2023Q1", "729.4", "38.8"),
    ],
)
def test_capital_is_as_published(demo_city: City, code: str, period: str, value: str, share: str) -> None:
    now = figure(demo_city, code, Period.parse(period))
    done = progress_of(now)
    assert printed(demo_city, code, period) == Decimal(value)
    assert done is not None and round(done.of_year_percent, 1) == Decimal(share)


@pytest.mark.parametrize(
    ("code", "number", "share"),
    [("signed_projects", 364, "36.4"), ("landed_projects", 211, "26.4"), ("reserve_projects", 2138, "42.8")],
)
def test_projects_are_as_published(demo_city: City, code: str, number: int, share: str) -> None:
    now = figure(demo_city, code, Period.parse("2022Q1"))
    done = progress_of(now)
    assert now.value == number
    assert done is not None and round(done.of_year_percent, 1) == Decimal(share)


@pytest.mark.parametrize(("code", "number"), [("signed_projects_yi", 171), ("landed_projects_yi", 82)])
def test_large_projects_are_as_published(demo_city: City, code: str, number: int) -> None:
    assert figure(demo_city, code, Period.parse("2022Q1")).value == number


@pytest.mark.parametrize(
    ("code", "value"),
    [("trips_city_leaders", 15), ("trips_unit_heads", 55), ("event_signed", 314), ("event_amount", 107_120_000_000_00)],
)
def test_trips_and_signings_of_the_quarter_come_out_of_the_records(demo_city: City, code: str, value: int) -> None:
    assert figure(demo_city, code, Period.parse("2023Q1")).value == value


@pytest.mark.parametrize(
    ("code", "period", "percent"),
    [
        ("capital_in_place", "2023Q1", "24.3"),
        ("capital_in_place", "2022Q1", "42.7"),
        ("capital_outside", "2022Q1", "39.0"),
        ("signed_projects", "2022Q1", "149.3"),
        ("landed_projects", "2022Q1", "122.1"),
    ],
)
def test_growth_is_as_published(demo_city: City, code: str, period: str, percent: str) -> None:
    rate = growth(figure(demo_city, code, Period.parse(period)))
    assert isinstance(rate, Growth) and round(rate.percent, 1) == Decimal(percent)


def test_growth_of_the_old_meaning_into_2023_is_refused(demo_city: City) -> None:
    """2023Q1 has no figure under the meaning of 2022, so −1.8 % can never be computed."""
    rate = growth(figure(demo_city, "capital_in_place", Period.parse("2022Q1"), version="2023"))
    assert isinstance(rate, Refusal)


def test_the_year_2022_is_the_base_that_2023_implies(demo_city: City) -> None:
    assert printed(demo_city, "capital_outside", "2022") == Decimal("1638.2")


def test_the_city_is_first_in_the_province_as_told_and_as_computed(demo_city: City) -> None:
    place = province_rank(demo_city, "capital_in_place", Period.parse("2023Q1"))
    assert place is not None and (place.rank, place.computed, len(place.places)) == (1, 1, 14)


def test_the_chain_is_whole_and_the_totals_agree(demo_city: City) -> None:
    assert walk(demo_city).faults == []
    assert rollup.drift(demo_city) == []


def test_every_verified_payment_has_the_evidence_that_its_rules_ask_for(demo_city: City) -> None:
    verified = Payment.objects.of(demo_city).filter(standing=Standing.VERIFIED, reverses__isnull=True)
    held = set(Evidence.objects.of(demo_city).values_list("payment_id", flat=True))
    assert set(verified.values_list("pk", flat=True)) <= held


def test_work_waits_in_the_open_month(demo_city: City) -> None:
    waiting = Payment.objects.of(demo_city).filter(standing=Standing.DECLARED)
    assert waiting.count() >= 15 and set(waiting.values_list("report_month", flat=True)) == {MARCH}
    returned = Payment.objects.of(demo_city).filter(standing=Standing.RETURNED)
    assert all(one.return_reason for one in returned) and returned.count() == 3
    assert [month.number for month in ReportMonth.objects.of(demo_city) if month.is_open] == [MARCH]


def test_the_bureaus_return_differs_in_every_way(demo_city: City) -> None:
    account = reconcile(demo_city, MARCH)
    assert {one.kind for one in account.differences} == {"not_there", "not_here", "names"}
    assert 0 < account.open_count < len(account.differences)


def test_every_role_has_somebody_and_every_unit_its_officer(demo_city: City) -> None:
    held = Membership.objects.of(demo_city)
    assert set(held.values_list("role", flat=True)) == set(Role)
    assert held.filter(role=Role.OFFICER).values("unit").distinct().count() == 13


@pytest.mark.case("J11")
def test_a_hold_is_put_by_one_security_administrator_and_lifted_by_the_other(demo_city: City) -> None:
    first, second = (User.objects.get(username=name) for name in ("anquan", "anquan2"))
    assert all(viewer_of(one, demo_city).can(Can.HOLD) for one in (first, second))
    at = datetime(2023, 5, 20, 9, tzinfo=UTC)
    project = Project.objects.of(demo_city).order_by("code")[0]
    about = named(demo_city, "project", project.code)
    hold = place_hold(**about, city=demo_city, reason="示例〔2023〕1号函", by=first, at=at)
    with pytest.raises(SamePerson):
        lift_hold(hold=hold, reason="已结案", by=first, at=at)
    assert lift_hold(hold=hold, reason="已结案", by=second, at=at).lifted_by == second


@pytest.mark.case("I9")
def test_the_public_home_page_shows_the_headline_with_its_growth_and_holds_nothing_back(demo_city: City) -> None:
    told = told_in(demo_city)
    latest = public_bulletin(demo_city, published_in(demo_city)[0].pk)
    shown = headline(latest, withheld(demo_city, told), Links(RequestFactory().get("/")))
    assert (len(shown["stats"]), shown["few"], [len(one["parts"]) for one in shown["stats"][:2]]) == (4, False, [1, 1])
    printed = [one for row in published_in(demo_city) for one in public_bulletin(demo_city, row.pk).figures]
    assert any(one["aspect"].startswith("part_") for one in printed)
    for one in printed:
        frozen = published_figure(demo_city, UUID(one["frozen"]))
        assert frozen is not None
        assert not withheld_of(demo_city, told, frozen).holds(one), one["token"]


def test_what_a_zone_reports_for_is_marked_as_inferred(demo_city: City) -> None:
    zones = UnitRegion.objects.of(demo_city).filter(unit__league_group="先导区", unit__city=demo_city)
    assert zones.count() == 5 and all(one.inferred for one in zones)


def test_the_mangled_bulletin_is_read_and_nothing_in_it_differs(demo_city: City) -> None:
    found = show.checked(demo_city)
    assert "(" in show.scraped() and found.count(Outcome.CONFIRMED) >= 3
    assert found.count(Outcome.DIFFERS) == 0


def test_the_published_bulletins_read_back_are_confirmed_in_full(demo_city: City) -> None:
    published = Bulletin.objects.of(demo_city).filter(state=BulletinState.PUBLISHED)
    assert [str(one.period) for one in published.order_by("first_month")] == ["2022", "2023Q1"]
    for bulletin in published:
        found = check(demo_city, read(bulletin.text, published=bulletin.dated.isoformat()))
        assert found.verdicts and found.count(Outcome.CONFIRMED) == len(found.verdicts)


@pytest.mark.parametrize("proof", list(_FORMS))
def test_a_voucher_is_a_pdf_that_evidence_accepts(proof: Proof) -> None:
    voucher = Voucher(proof, Kind.EQUITY, "SAMPLE-1", "示例甲", "示例乙", 123_456_700, date(2023, 3, 1), "示例项目")
    assert identify(draw(voucher), voucher.name).mime == "application/pdf"


def test_invented_codes_are_well_formed_and_of_no_region() -> None:
    assert checked(names.code(7))[2:8] == "000000"


def test_drawing_needs_no_django() -> None:
    code = "import sys, zhaoshang.demo.slips; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_some_projects_are_in_talks_and_the_contract_s_gate_has_stopped_one_and_let_one_pass(demo_city: City) -> None:
    rows = Project.objects.of(demo_city).select_related("city", "unit")
    stopped, passed = rows.get(name__contains=STOPPED.title), rows.get(name__contains=PASSED.title)
    assert rows.filter(promotion="talks", standing="open").count() == 9
    with clock_of(demo_city):
        lacks = {one.code for one in missing_for(stopped, "signed")}
    assert {"legal_review", "fair_competition"} <= lacks and "due_diligence" not in lacks
    assert (stopped.signed_on, passed.promotion, passed.signed_on) == (None, "signed", date(2023, 4, 19))


def test_a_ruling_shares_the_score_of_a_project_in_talks(demo_city: City) -> None:
    project = Project.objects.of(demo_city).select_related("city", "unit").get(name__contains="东北亚冷链")
    shared = sharing_of(project, TODAY)
    assert shared is not None and (shared.shares, shared.ruled) == ("5:5", True)
