"""What the public pages of figures and the home page say beside a value gives no firm away: rates, shares, progress, parts by source."""

import re
from dataclasses import replace
from datetime import date

import pytest
from bulletins.test_writing import HEAD, drafted, paragraph
from cast import NOW, YI, Cast, _project
from dictionary import Dictionary, dictionary
from django.test import Client
from django.urls import reverse

from zhaoshang.bulletins import writing
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.actions import restate
from zhaoshang.figures.freezing import frozen_in
from zhaoshang.plans.actions import set_target
from zhaoshang.projects.models import Project
from zhaoshang.publishing.releasing import GivesAway, release_bulletin

SHANGHAI, BEIJING = "310000", "110000"
WHOLE, EAST, MARCH = (f"capital_in_place@2023:{rest}" for rest in ("*:2023Q1", "east:2023Q1", "*:2023-03"))


@pytest.fixture
def words(cast: Cast) -> Dictionary:
    """The year before is counted by the same definition, so that growth has a base."""
    made = dictionary(cast)
    restate(
        version=made.narrow,
        period=Period.parse("2022"),
        document="示例〔2023〕2号",
        reason="示例",
        by=cast.statistician,
        at=NOW,
    )
    return made


@pytest.fixture
def firms(cast: Cast, words: Dictionary) -> list[Project]:
    """Ten projects, each of a firm of its own: five in the east, five in the west."""
    east = [_project(cast.city, cast.east, f"2023-1{n}00", f"示例东{n}") for n in range(5)]
    west = [_project(cast.city, cast.west, f"2023-2{n}00", f"示例西{n}") for n in range(5)]
    return [*east, *west]


def paid(cast: Cast, firms: list[Project], month: str = "2023-03", source: str = SHANGHAI, amount: int = YI) -> None:
    """A payment of each, in the month."""
    day = date(int(month[:4]), int(month[5:]), 6)
    for project in firms:
        cast.verified(
            project=project, report_month=parse_month(month), paid_on=day, source_code=source, amount_fen=amount
        )


def asked(cast: Cast, *marks: str) -> Bulletin:
    """A draft of these figures."""
    draft = drafted(cast)
    text, head = "、".join(f"{{{{{mark}}}}}" for mark in marks), replace(HEAD, number="")
    return writing.revise_bulletin(
        bulletin=draft, revision=1, head=head, blocks=[paragraph(text)], by=cast.statistician, at=NOW
    )


def told(cast: Cast, *marks: str) -> Bulletin:
    """A bulletin that prints these figures, published by whoever says why."""
    draft = asked(cast, *marks)
    return release_bulletin(
        bulletin=draft, revision=2, waived=[], few_reason="示例：企业同意", by=cast.statistician, at=NOW
    )


def home(client: Client) -> str:
    return str(client.get(reverse("portal:home")).content.decode())


def page_of(client: Client, bulletin: Bulletin, ref: str = WHOLE) -> str:
    row = next(one for one in frozen_in(bulletin.city, bulletin.snapshot) if one.ref == ref)
    shown = client.get(reverse("portal:figure", args=[row.pk])).content.decode()
    return re.sub(r"<[^>]+>", "", str(shown))


@pytest.mark.case("I9")
@pytest.mark.parametrize(("before", "shown"), [(1, False), (2, False), (3, True)])
def test_a_growth_rate_stays_off_the_pages_when_its_base_is_of_too_few_firms(
    client: Client, cast: Cast, firms: list[Project], before: int, shown: bool
) -> None:
    paid(cast, firms[:before], "2022-03")
    paid(cast, firms)
    bulletin = told(cast, f"{WHOLE}|value", f"{WHOLE}|growth")
    rate = f"{100 * (10 - before) / before:.1f}%"
    assert (rate in bulletin.text, "10.00" in page_of(client, bulletin)) == (True, True)
    assert (rate in page_of(client, bulletin), f"+{rate}" in home(client)) == (shown, shown)
    assert ("这里不列" in page_of(client, bulletin)) is not shown
    assert ">10.0<" in home(client)


@pytest.mark.case("I9")
@pytest.mark.parametrize(("number", "shown"), [(1, False), (2, False), (3, True)])
def test_the_home_page_holds_back_what_open_data_hold_back_and_says_so(
    client: Client, cast: Cast, firms: list[Project], number: int, shown: bool
) -> None:
    paid(cast, firms[:number], amount=7 * YI)
    told(cast, f"{WHOLE}|value")
    assert (f">{number * 7}.0<" in home(client), "企业数不足的数不在这里列出" in home(client)) == (shown, not shown)
    open_data = client.get(reverse("portal:statistics_file", args=["csv"])).content.decode()
    assert (f"{number * 7}.00" in open_data) is shown


@pytest.mark.case("I9")
@pytest.mark.parametrize(("number", "shown"), [(1, False), (2, False), (3, True)])
def test_a_part_by_source_of_too_few_firms_stays_off_the_page_and_with_it_the_one_that_gives_it_away(
    client: Client, cast: Cast, firms: list[Project], number: int, shown: bool
) -> None:
    paid(cast, firms[:number], source=BEIJING, amount=2 * YI)
    paid(cast, firms[number:], amount=3 * YI)
    bulletin = told(cast, f"{WHOLE}|value", f"{WHOLE}|part_source:{BEIJING}", f"{WHOLE}|part_source:{SHANGHAI}")
    page, parts = page_of(client, bulletin), (f"{number * 2}.0亿元", f"{(10 - number) * 3}.0亿元")
    assert [part in bulletin.text for part in parts] == [True, True]
    assert [part in page for part in parts] == [shown, shown]
    assert f"{number * 2 + (10 - number) * 3}.00" in page


@pytest.mark.case("I9")
def test_what_is_left_of_the_whole_beside_its_one_printed_part_is_a_part_too(
    client: Client, cast: Cast, firms: list[Project]
) -> None:
    paid(cast, firms[:1], source=BEIJING, amount=2 * YI)
    paid(cast, firms[1:], amount=3 * YI)
    bulletin = told(cast, f"{WHOLE}|value", f"{WHOLE}|part_source:{SHANGHAI}")
    assert ("27.0亿元" in bulletin.text, "27.0亿元" in page_of(client, bulletin)) == (True, False)


@pytest.mark.case("I9")
@pytest.mark.parametrize(("number", "shown"), [(1, False), (2, False), (3, True)])
def test_a_share_stays_off_the_page_when_the_whole_less_the_unit_is_of_too_few_firms(
    client: Client, cast: Cast, firms: list[Project], number: int, shown: bool
) -> None:
    paid(cast, firms[: 5 + number])  # five in the east, the others in the west
    bulletin, share = told(cast, f"{EAST}|value", f"{EAST}|share"), f"{100 * 5 / (5 + number):.1f}%"
    page = page_of(client, bulletin, EAST)
    assert (share in bulletin.text, "5.00" in page, share in page) == (True, True, shown)


@pytest.mark.case("I9")
@pytest.mark.parametrize(("number", "shown"), [(1, False), (3, True)])
def test_progress_of_a_month_stays_off_its_page_when_few_firms_stand_between_it_and_the_year_so_far(
    client: Client, cast: Cast, firms: list[Project], number: int, shown: bool
) -> None:
    set_target(
        city=cast.city, indicator="capital_in_place", year=2023, unit=None, amount=20 * YI, document="示例〔2023〕1号",
        issued_on=date(2023, 1, 5), by=cast.statistician, at=NOW,
    )  # fmt: skip
    paid(cast, firms[:number], "2023-02")
    paid(cast, firms[3:])
    bulletin = told(cast, f"{MARCH}|value", f"{MARCH}|of_year")
    done = f"{100 * (7 + number) / 20:.1f}%"
    page = page_of(client, bulletin, MARCH)
    assert (done in bulletin.text, "7.00" in page, done in page) == (True, True, shown)


@pytest.mark.case("I9")
@pytest.mark.parametrize("mark", [f"{WHOLE}|part_source:{SHANGHAI}", f"{MARCH}|of_year"], ids=["part", "year so far"])
def test_parts_and_progress_of_too_few_firms_are_printed_only_with_a_reason(
    cast: Cast, firms: list[Project], mark: str
) -> None:
    set_target(
        city=cast.city, indicator="capital_in_place", year=2023, unit=None, amount=20 * YI, document="示例〔2023〕1号",
        issued_on=date(2023, 1, 5), by=cast.statistician, at=NOW,
    )  # fmt: skip
    paid(cast, firms[:1], "2023-02", source=BEIJING)
    paid(cast, firms[1:])
    draft = asked(cast, mark)
    with pytest.raises(GivesAway):
        release_bulletin(bulletin=draft, revision=2, waived=[], by=cast.statistician, at=NOW)


@pytest.mark.case("I9")
def test_the_page_of_a_withdrawn_figure_holds_back_as_well(client: Client, cast: Cast, firms: list[Project]) -> None:
    paid(cast, firms[:1], "2022-03")
    paid(cast, firms)
    bulletin = told(cast, f"{WHOLE}|value", f"{WHOLE}|growth")
    writing.withdraw_bulletin(bulletin=bulletin, reason="示例", by=cast.statistician, at=NOW)
    assert ("900.0%" in page_of(client, bulletin), "10.00" in page_of(client, bulletin)) == (False, True)


@pytest.mark.case("I9")
@pytest.mark.parametrize(("number", "shown"), [(1, False), (3, True)])
def test_a_figure_published_again_after_few_firms_changed_it_is_not_told_as_it_was_before(
    client: Client, cast: Cast, firms: list[Project], number: int, shown: bool
) -> None:
    paid(cast, firms[:6])
    first = told(cast, f"{WHOLE}|value")
    paid(cast, firms[6 : 6 + number])
    again = asked(cast, f"{WHOLE}|value")
    if not shown:
        with pytest.raises(GivesAway):
            release_bulletin(bulletin=again, revision=2, waived=[], by=cast.statistician, at=NOW)
    second = told(cast, f"{WHOLE}|value")
    assert (f"{6 + number}.00" in page_of(client, second), "6.00" in page_of(client, first)) == (True, shown)
