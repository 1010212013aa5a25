"""Special campaigns report from the records; a project in two counts once in the city's line."""

from datetime import date
from decimal import Decimal

import pytest
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.core.files.base import ContentFile
from django.test import Client

from zhaoshang.capital.rules import Kind
from zhaoshang.common.periods import Period
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.figures.campaigns import CampaignTable, campaign_table
from zhaoshang.people.models import Event
from zhaoshang.plans.actions import CampaignCodeTaken, amend_campaign, tag_projects, untag_project
from zhaoshang.plans.models import CampaignProject
from zhaoshang.projects.models import Project

from .building import campaign, campaign_indicator

Q1 = Period.parse("2023Q1")


def tag(cast: Cast, code: str, *projects: Project) -> None:
    tag_projects(campaign=campaign(cast, code), projects=projects, by=cast.statistician, at=NOW)


def table(cast: Cast, period: str = "2023Q1") -> CampaignTable:
    return campaign_table(cast.city, Period.parse(period), "capital_in_place")


def test_a_campaign_brings_what_its_projects_brought(cast: Cast) -> None:
    """The plant, signed in January 2023 for 5亿, got 1亿 from Shanghai in March."""
    dictionary(cast)
    cast.verified()
    tag(cast, "one", cast.plant)
    line = table(cast).lines[0]
    assert line.brought.capital is not None
    assert (line.brought.signed, line.brought.landed, line.brought.contract_fen) == (1, 0, 5 * YI)
    assert (line.brought.capital.fen, line.capital_percent) == (YI, Decimal(10))


def test_capital_counts_as_the_official_rules_say(cast: Cast) -> None:
    """Working capital counts for 30 %, and money from within the province not at all in 2023."""
    dictionary(cast)
    cast.verified(kind=Kind.WORKING_CAPITAL)
    cast.verified(source_code="210100")
    tag(cast, "one", cast.plant)
    capital = table(cast).lines[0].brought.capital
    assert capital is not None
    assert (capital.fen, capital.payments) == (YI * 30 // 100, 1)


def test_a_project_in_two_campaigns_counts_once_in_the_citys_line(cast: Cast) -> None:
    dictionary(cast)
    cast.verified()
    tag(cast, "one", cast.plant, cast.harbour)
    tag(cast, "two", cast.plant)
    found = table(cast)
    assert found.city.capital is not None
    assert [line.brought.projects for line in found.lines] == [2, 1]
    assert (found.city.projects, found.city.capital.fen, found.in_several) == (2, YI, 1)


def test_what_was_signed_in_another_period_is_not_this_periods(cast: Cast) -> None:
    dictionary(cast)
    tag(cast, "one", cast.plant)
    assert (table(cast, "2023-02").lines[0].brought.signed, table(cast, "2023-01").lines[0].brought.signed) == (0, 1)


def test_a_period_of_two_definitions_gives_no_capital(cast: Cast) -> None:
    dictionary(cast)
    tag(cast, "one", cast.plant)
    found = table(cast, "2022-12/2023-01")
    assert (found.version, found.city.capital) == (None, None)


def test_a_tag_stands_once_and_leaves_lines_in_the_diary(cast: Cast) -> None:
    one = campaign(cast)
    for _ in range(2):
        tag_projects(campaign=one, projects=[cast.plant], by=cast.statistician, at=NOW)
    held = CampaignProject.objects.of(cast.city).count()
    gone = [untag_project(campaign=one, project=cast.plant, by=cast.statistician, at=NOW) for _ in range(2)]
    verbs = Event.objects.of(cast.city).filter(verb__contains="tagged").order_by("id").values_list("verb", flat=True)
    assert (held, gone, list(verbs)) == (1, [True, False], ["plans.campaign.tagged", "plans.campaign.untagged"])


def test_a_code_stands_for_one_campaign(cast: Cast) -> None:
    campaign(cast)
    with pytest.raises(CampaignCodeTaken):
        campaign(cast)


def test_what_a_campaign_said_before_stays_in_the_diary(cast: Cast) -> None:
    amend_campaign(campaign=campaign(cast), target_fen=20 * YI, document="示例8号", by=cast.statistician, at=NOW)
    line = Event.objects.of(cast.city).get(verb="plans.campaign.amended")
    assert line.detail["changes"] == {
        "target_fen": [str(10 * YI), str(20 * YI)],
        "document": ["示例3号", "示例8号"],
    }


# -- through the front -------------------------------------------------------------------------------------------------


def test_the_page_says_how_many_projects_are_in_two_campaigns_and_opens_them(cast: Cast, client: Client) -> None:
    dictionary(cast)
    tag(cast, "one", cast.plant)
    tag(cast, "two", cast.plant)
    client.force_login(cast.leader)
    page = client.get("/desk/campaigns/?period=2023Q1").content.decode()
    behind = client.get("/desk/campaigns/city/projects/?period=2023Q1&several=1").content.decode()
    assert ("有 1 个项目在两个以上行动中" in page, "示例工厂" in behind, "示例码头" in behind) == (True, True, False)


def test_every_number_of_a_campaign_opens_to_its_projects_or_payments(cast: Cast, client: Client) -> None:
    dictionary(cast)
    payment = cast.verified()
    tag(cast, "one", cast.plant)
    client.force_login(cast.leader)
    signed = client.get("/desk/campaigns/one/projects/?period=2023Q1&stage=signed").content.decode()
    landed = client.get("/desk/campaigns/one/projects/?period=2023Q1&stage=landed").content.decode()
    paid = client.get("/desk/campaigns/one/payments/?period=2023Q1").content.decode()
    assert ("示例工厂" in signed, "示例工厂" in landed, str(payment.pk) in paid) == (True, False, True)


def test_the_count_of_campaigns_is_a_figure_that_opens_to_them(cast: Cast, client: Client) -> None:
    campaign_indicator(cast)
    campaign(cast, "one")
    campaign(cast, "two")
    client.force_login(cast.leader)
    whole = client.get("/desk/figures/campaigns/city/2023Q1/").content.decode()
    of_unit = client.get("/desk/figures/campaigns/east/2023Q1/").content.decode()
    league = client.get("/desk/league/?indicator=campaigns&period=2023Q1")
    assert ("/desk/campaigns/one/" in whole, "/desk/campaigns/one/" in of_unit, league.status_code) == (
        True,
        False,
        200,
    )


def test_an_officer_sees_the_sums_but_only_the_own_units_projects(cast: Cast, client: Client) -> None:
    dictionary(cast)
    tag(cast, "one", cast.plant, cast.harbour)
    client.force_login(cast.officer)
    page = client.get("/desk/campaigns/one/?period=2023Q1").content.decode()
    assert ("示例工厂" in page, "示例码头" in page) == (True, False)


def test_ticked_projects_are_tagged_and_the_list_keeps_its_filters(cast: Cast, client: Client) -> None:
    campaign(cast, "one")
    client.force_login(cast.officer)
    codes = [cast.plant.code]
    answer = client.post("/desk/campaigns/tag/", {"into": "one", "project": codes, "back": "?q=x"})
    tagged = CampaignProject.objects.of(cast.city).values_list("project_id", flat=True)
    assert (answer["Location"], list(tagged)) == ("/desk/projects/?q=x", [cast.plant.pk])


def _sheet(*rows: tuple[str, str]) -> bytes:
    return write_table([Column("项目编号"), Column("专项行动")], rows, "清单")


@pytest.mark.parametrize(
    ("second", "tagged", "status"),
    [(("2023-0002", "示例行动one"), 2, 302), (("2023-0009", "one"), 0, 422), (("2023-0002", "别的"), 0, 422)],
)
def test_a_workbook_of_tags_is_taken_whole_or_not_at_all(
    cast: Cast, client: Client, second: tuple[str, str], tagged: int, status: int
) -> None:
    campaign(cast, "one")
    client.force_login(cast.statistician)
    file = ContentFile(_sheet(("2023-0001", "one"), second), name="tags.xlsx")
    answer = client.post("/desk/campaigns/import/", {"file": file})
    assert (answer.status_code, CampaignProject.objects.of(cast.city).count()) == (status, tagged)
    if status == 422:
        assert "4" in answer.content.decode()


def test_a_campaign_is_laid_down_and_its_code_is_no_page_of_its_own(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    given = {
        "name": "示例行动",
        "code": "new",
        "year": 2023,
        "industry": "示例产业",
        "lead_unit": "east",
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2023, 12, 31),
        "target": "12.5",
        "document": "示例3号",
    }
    refused = client.post("/desk/campaigns/new/", given)
    made = client.post("/desk/campaigns/new/", given | {"code": "machines"})
    assert (refused.status_code, made["Location"]) == (422, "/desk/campaigns/machines/")


def test_the_api_gives_the_same_numbers_and_tags_all_or_none(cast: Cast, client: Client) -> None:
    dictionary(cast)
    cast.verified()
    campaign(cast, "one")
    client.force_login(cast.officer)
    address = "/api/campaigns/one/projects"
    body = {"projects": [cast.plant.code, cast.harbour.code]}
    refused = client.post(address, body, content_type="application/json").status_code
    taken = client.post(address, {"projects": [cast.plant.code]}, content_type="application/json").json()
    told = client.get("/api/campaigns?period=2023Q1").json()
    assert (refused, taken) == (404, {"tagged": 1, "held": 0})
    assert (told["campaigns"][0]["capital"], told["city"]["signed"]) == ("100000000.00", 1)
