"""Lights: both published systems, what cannot be told, and that what is kept is what came out.

2023-03: 东山区 9 of 30 = 30 %, schedule 25 %: ahead; growth 9/6 = +50 %. 西海区 3 of 20 = 15 %: 10 points behind; growth 3/4 = −25 %.
"""

from decimal import Decimal
from typing import Any

import pytest
from cast import NOW, Cast

from assessments.city import LIGHTS, issued
from zhaoshang.assessments.inputs import sealed
from zhaoshang.assessments.lighting import (
    NotInForce,
    TextMissing,
    compute_lights,
    current_lights,
    explain_light,
    lights_now,
)
from zhaoshang.assessments.models import Light, Regulation
from zhaoshang.assessments.queries import notes_of
from zhaoshang.assessments.rules.lights import shine
from zhaoshang.assessments.rules.reading import read_scheme
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.assessments.samples import SAMPLES, Sample, sample
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.review.closing import close_month

MARCH = parse_month("2023-03")
YINCHUAN, TIANJIN = sample("lights-yinchuan").text, sample("lights-tianjin").text


def coloured(text: str, article: str, **values: Any) -> str:
    """The light of one article with these inputs; a dot in a key is written ``__``."""
    rule = next(one for one in read_scheme(text, Purpose.LIGHTS).lights if one.no == article)
    given = {key.replace("__", "."): None if value is None else Decimal(str(value)) for key, value in values.items()}
    return shine(rule, given).colour


def computed(cast: Cast, regulation: Regulation, month: int = MARCH) -> list[Light]:
    return compute_lights(regulation=regulation, month=month, by=cast.statistician, at=NOW)


@pytest.mark.parametrize(("months", "colour"), [(0, "green"), (1, "yellow"), (2, "yellow"), (3, "red"), (8, "red")])
def test_yinchuan_starts_late(months: int, colour: str) -> None:
    assert coloured(YINCHUAN, "一", entered__late_start=months) == colour


@pytest.mark.parametrize(
    ("ahead", "colour"), [(2, "green"), ("-9.9", "green"), (-10, "yellow"), (-30, "yellow"), ("-30.1", "red")]
)
def test_yinchuan_progress_against_the_schedule(ahead: Any, colour: str) -> None:
    assert coloured(YINCHUAN, "二", capital_in_place__ahead=ahead) == colour


@pytest.mark.parametrize(("months", "colour"), [(0, "green"), (1, "yellow"), (2, "red")])
def test_yinchuan_not_in_statistics(months: int, colour: str) -> None:
    assert coloured(YINCHUAN, "三", entered__not_in_statistics=months) == colour


@pytest.mark.parametrize(
    ("growth", "plan", "city", "colour"),
    [
        (12, 10, 11, "green"),
        (10, 10, 10, "green"),
        (12, 13, 11, "yellow"),
        (12, 10, 13, "yellow"),
        ("0.1", 10, 13, "yellow"),
        ("-0.1", -5, -9, "red"),
    ],
)
def test_tianjin_growth(growth: Any, plan: int, city: int, colour: str) -> None:
    given = {"capital_in_place__growth": growth, "entered__plan_growth": plan, "capital_in_place__city_growth": city}
    assert coloured(TIANJIN, "一", **given) == colour


def test_what_hangs_on_a_missing_input_is_not_told() -> None:
    given = {"capital_in_place__growth": 12, "entered__plan_growth": None, "capital_in_place__city_growth": 11}
    assert coloured(TIANJIN, "一", **given) == "none"
    assert coloured(TIANJIN, "一", **given | {"capital_in_place__growth": -1}) == "red"


def test_lights_of_the_account(assessed: Cast) -> None:
    regulation = issued(assessed, "lights", LIGHTS)
    found = {
        (light.unit.code, light.article): (light.colour, light.formula) for light in computed(assessed, regulation)
    }
    assert found == {
        ("east", "一"): ("green", "5 ≥ -30; 5 > -10"),
        ("east", "二"): ("green", "50 ≥ 0; 50 ≥ 20"),
        ("west", "一"): ("yellow", "-10 ≥ -30; -10 ≤ -10"),
        ("west", "二"): ("red", "-25 < 0"),
    }


def test_what_is_kept_can_be_computed_again(assessed: Cast) -> None:
    regulation = issued(assessed, "lights", LIGHTS)
    computed(assessed, regulation)
    for (unit, article, month), light in current_lights(regulation, Period(MARCH, MARCH)).items():
        again = next(
            (shining, inputs)
            for one, rule, shining, inputs in lights_now(assessed.city, regulation.scheme(), month)
            if (one.pk, rule.no) == (unit, article)
        )
        assert light.digest == sealed(regulation.text, article, light.unit.code, month, again[0].colour, again[1])


def test_what_comes_out_as_before_is_not_written_again(assessed: Cast) -> None:
    regulation = issued(assessed, "lights", LIGHTS)
    assert (len(computed(assessed, regulation)), len(computed(assessed, regulation))) == (4, 0)


def test_a_light_that_changes_keeps_what_it_was(assessed: Cast) -> None:
    regulation = issued(assessed, "lights", LIGHTS)
    computed(assessed, regulation)
    assessed.verified(report_month=MARCH, project=assessed.harbour, by=assessed.other_officer)
    assert {(one.unit.code, one.article) for one in computed(assessed, regulation)} >= {("west", "一"), ("west", "二")}
    kept = Light.objects.of(assessed.city).filter(unit=assessed.west, article="一").order_by("id")
    assert [one.colour for one in kept] == ["yellow", "green"]


def test_refused_growth_lights_nothing_and_says_why(assessed: Cast) -> None:
    regulation = issued(
        assessed, "lights", LIGHTS.replace("capital_in_place", "capital_outside"), valid_from=parse_month("2022-01")
    )
    light = next(one for one in computed(assessed, regulation, parse_month("2022-03")) if one.article == "二")
    assert (light.colour, light.inputs["capital_outside.growth"]["value"]) == ("none", None)
    assert "没有按" in light.inputs["capital_outside.growth"]["note"]["template"]


def test_an_explanation_is_kept_and_changes_no_colour(assessed: Cast) -> None:
    regulation = issued(assessed, "lights", LIGHTS)
    light = next(one for one in computed(assessed, regulation) if one.colour == "red")
    explain_light(light=light, text="上年有一笔大额到账", by=assessed.other_officer, at=NOW)
    with pytest.raises(TextMissing):
        explain_light(light=light, text=" ", by=assessed.other_officer, at=NOW)
    assert [(one.text, one.written_by) for one in notes_of(light)] == [("上年有一笔大额到账", assessed.other_officer)]
    assert Light.objects.of(assessed.city).get(pk=light.pk).colour == "red"


def test_no_lights_outside_the_regulations_months(assessed: Cast) -> None:
    with pytest.raises(NotInForce):
        computed(assessed, issued(assessed, "lights", LIGHTS), parse_month("2022-03"))


@pytest.mark.parametrize("one", SAMPLES, ids=lambda one: one.code)
def test_every_shipped_sample_can_be_read_and_names_its_source(one: Sample) -> None:
    scheme = read_scheme(one.text, one.purpose)
    assert (bool(scheme.lines or scheme.lights), "示例" in one.source) == (True, True)


def test_closing_a_month_computes_its_lights(assessed: Cast) -> None:
    regulation = issued(assessed, "lights", LIGHTS)
    close_month(city=assessed.city, number=MARCH, by=assessed.statistician, at=NOW)
    assert {key[2] for key in current_lights(regulation, Period(MARCH, MARCH))} == {MARCH}
