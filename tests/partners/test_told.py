"""Partners and leads as other pages tell of them: a project's story, what waits, a text's count of partners."""

from datetime import date

from cast import Cast
from dictionary import dictionary
from leads.told import told

from partners.appointed import brought, chamber, whole_claim
from zhaoshang.bulletins.reconcile import check
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.common.periods import parse_month
from zhaoshang.desk.story.leads import lines
from zhaoshang.desk.waiting.leads import tasks
from zhaoshang.figures.actions import add_version, define_indicator
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.reading import read
from zhaoshang.regions.access import viewer_of


def test_a_projects_story_tells_of_its_lead_and_of_the_claim(cast: Cast) -> None:
    partner = chamber(cast)
    lead = brought(cast, partner)
    whole_claim(cast, partner, lead)
    told_of = [line.text for line in lines(lead.project, viewer_of(cast.statistician, cast.city))]
    assert told_of == ["收到 示例浙江商会", "派发 示例浙江商会", "成为项目 示例浙江商会", "示例浙江商会 已申领，待决定"]
    assert list(lines(lead.project, viewer_of(cast.partner, cast.city))) == []


def test_what_waits_is_told_to_who_does_it(cast: Cast) -> None:
    partner = chamber(cast)
    whole_claim(cast, partner, brought(cast, partner))
    told(cast)
    waits = {
        user.username: [
            (one.label, one.count, one.due_on) for one in tasks(viewer_of(user, cast.city), date(2024, 1, 8))
        ]
        for user in (cast.statistician, cast.verifier, cast.officer, cast.partner)
    }
    assert waits == {
        "statistician": [
            ("待研判", 1, date(2023, 4, 4)),
            ("答复时限", 2, date(2023, 4, 11)),
            ("年度评定", 1, date(2024, 1, 31)),
        ],
        "verifier": [("引荐奖励", 1, None)],
        "officer": [],
        "partner": [],
    }


def test_a_texts_count_of_partners_is_confirmed_by_counting_appointments(cast: Cast) -> None:
    """Also where it is told of an event; one more differs."""
    dictionary(cast)
    indicator = define_indicator(
        city=cast.city, code="partners", name="招商合伙人", name_en="Partners", unit_of_value=Unit.COUNT, reading_class="partners",
        words=["招商合伙人", "商协会"], position=90, by=cast.statistician, at=cast.now,
    )  # fmt: skip
    add_version(
        indicator=indicator, code="v1", title="招商合伙人数", definition="聘期在当期开始的合伙人", measure=Measure.PARTNERS,
        valid_from=parse_month("2022-01"), source="示例", by=cast.statistician, at=cast.now,
    )  # fmt: skip
    for number in range(3):
        chamber(cast, name=f"示例{number}商会")
    chamber(cast, name="示例后来商会", term_from=date(2023, 4, 1))
    found = [
        next(one.outcome for one in check(cast.city, read(text)).verdicts if one.claim.indicator_class == "partners")
        for text in (
            "2023年一季度，示例市新聘请3家异地商协会担任招商合伙人。",
            "2023年一季度，示例市召开示例大会，会议期间聘请3家商协会担任招商合伙人。",
            "2023年一季度，示例市新聘请4家异地商协会担任招商合伙人。",
        )
    ]
    assert found == [Outcome.CONFIRMED, Outcome.CONFIRMED, Outcome.DIFFERS]
