"""The filled pages, in a browser: axe finds nothing, nothing sticks out on a phone, in both languages."""

from datetime import timedelta

import pytest
from browser import PHONE, WIDE, Windows, faults
from cast import NOW, Cast
from django.utils import timezone

from assessments.city import LIGHTS, account, issued, started
from zhaoshang.assessments.assessing import show_assessment
from zhaoshang.assessments.lighting import compute_lights
from zhaoshang.assessments.objecting import raise_objection
from zhaoshang.common.periods import parse_month

pytestmark = pytest.mark.browser


def addresses(cast: Cast) -> list[str]:
    """Pages that have something to show."""
    today = timezone.localdate()
    one = show_assessment(
        assessment=started(cast), objections_from=today, objections_until=today + timedelta(days=3), today=today,
        by=cast.statistician, at=NOW,
    )  # fmt: skip
    given = {"assessment": one, "unit": cast.east, "article": "三", "reason": "示例", "today": today}
    objection = raise_objection(**given, by=cast.officer, at=NOW)
    issued(cast, "base")
    lights = compute_lights(regulation=issued(cast, "lights", LIGHTS), month=parse_month("2023-03"), by=None, at=NOW)
    return [
        f"/desk/assessments/{one.pk}/",
        f"/desk/assessments/{one.pk}/units/east/",
        f"/desk/objections/{objection.pk}/",
        "/desk/regulations/lights/",
        "/desk/regulations/new/?from=sample:scores",
        "/desk/regulations/score-2023/try/?period=2023Q1&base=base",
        "/desk/lights/?month=2023-03",
        f"/desk/lights/{lights[-1].pk}/",
        "/desk/entered/new/?code=inspection&period=2023Q1",
    ]


@pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=pytest.mark.thorough)])
def test_filled_pages_are_sound(transactional_db: None, cast: Cast, windows: Windows, language: str) -> None:
    account(cast)
    window, wrong = windows.of(cast.statistician, language=language), {}
    for address in addresses(cast):
        page = window.go(address)
        for width in (PHONE, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            found = faults(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("sticks out")
            if found:
                wrong[f"{address} {width}"] = found
    assert (wrong, window.complaints) == ({}, [])
