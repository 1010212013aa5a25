"""The appraisal's arithmetic, its vetoes and the committee's decision."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from cast import Cast
from django.db import DatabaseError, transaction
from issued import issued

from contracts.papers import DAY, INPUTS, LATER, LOOKED, weighed
from zhaoshang.contracts.actions.appraising import (
    AlreadyDecided,
    ConditionsMissing,
    EvidenceMissing,
    MeetingIncomplete,
    NothingFilledIn,
    NotNewest,
    OwnDraft,
    VetoStands,
    draft_appraisal,
    record_decision,
)
from zhaoshang.contracts.models import Appraisal, Decision
from zhaoshang.contracts.rules.sheets import (
    BadInput,
    Line,
    Outcome,
    Site,
    compute,
    mu_in,
    read_inputs,
    rounded,
)
from zhaoshang.contracts.standards import APPRAISAL
from zhaoshang.regions.access import NotAllowed
from zhaoshang.rulesets.actions import DayTaken
from zhaoshang.rulesets.rules import BadRules

STANDARD = APPRAISAL.shipped
MET = date(2024, 9, 10)


def line(measure: str, site: Site = Site.LAND, industry: str = "C", **inputs: str) -> Line:
    lines = compute(STANDARD, site, industry, read_inputs(inputs))
    return next(one for one in lines if one.measure == measure)


def test_virtual_mu_of_a_rented_plant_is_its_area_by_the_ratio() -> None:
    assert line("mu", Site.RENTED, building_m2="20000", zone_ratio="1.5").value == "20.00"
    exact = mu_in(Site.RENTED, {"building_m2": Fraction(10_000), "zone_ratio": Fraction(1)})
    assert exact == 15
    assert abs(exact / (Fraction(10_000) / Fraction("666.67")) - 1) < Fraction(1, 100_000)


def test_a_threshold_is_met_by_the_exact_value_not_by_the_rounded_one() -> None:
    just_below = line("fixed_per_mu", fixed="5999.9999", land_mu="20")
    assert (just_below.value, just_below.verdict) == ("300.00", "failed")
    assert line("fixed_per_mu", fixed="6000", land_mu="20").verdict == "passed"


def test_values_are_rounded_half_to_even() -> None:
    assert [rounded(Fraction(text)) for text in ("0.125", "0.135", "0.5", "2.675")] == ["0.12", "0.14", "0.50", "2.68"]


@pytest.mark.parametrize(
    ("measure", "inputs", "value"),
    [
        ("tax_per_mu", {"tax": "500", "land_mu": "20"}, "25.00"),
        ("plot_ratio", {"building_m2": "16000", "land_mu": "30"}, "0.80"),
        ("coverage", {"footprint_m2": "8000", "land_mu": "30"}, "40.00"),
        ("registered_share", {"registered": "3000", "total": "10000"}, "30.00"),
        ("energy_per_output", {"energy_tce": "950", "output": "18000"}, "0.0528"),
    ],
)
def test_each_measure_by_hand(measure: str, inputs: dict[str, str], value: str) -> None:
    found = line(measure, **inputs)
    assert (found.value, found.verdict) == (value, "passed")


def test_a_rented_plant_has_no_plot_ratio_and_no_coverage() -> None:
    measures = {one.measure for one in compute(STANDARD, Site.RENTED, "C", {})}
    assert {"plot_ratio", "coverage"} & measures == set()


def test_what_lacks_is_named_and_nought_below_the_line_is_no_value() -> None:
    assert line("tax_per_mu", tax="1").lacks == ("land_mu",)
    assert line("fixed_per_mu", fixed="1", land_mu="0").value is None
    assert line("mu", Site.RENTED, building_m2="1").lacks == ("zone_ratio",)


def test_an_industry_has_its_own_threshold() -> None:
    assert [line("fixed_per_mu", industry=one, fixed="3000", land_mu="20").verdict for one in ("C", "G")] == [
        "failed",
        "passed",
    ]


@pytest.mark.parametrize("text", ["-1", "x", "1e99", "NaN", "Infinity", "1.23456", "1000000000", "１２x"])
def test_what_is_no_amount_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_inputs({"fixed": text})
    assert refusal.value.key == "fixed"


def test_amounts_may_be_grouped_and_full_width() -> None:
    assert read_inputs({"total": "１２，000.50", "tax": " "}) == {"total": "12000.5"}


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": []},
        {"threshold": [{"measure": "none", "at_least": "1", "article": "一", "source": "x"}]},
        {"threshold": [{"measure": "mu", "at_least": "x", "article": "一", "source": "x"}]},
        {"threshold": [{"measure": "mu", "at_least": "1", "at_most": "2", "article": "一", "source": "x"}]},
        {"threshold": [{"measure": "mu", "at_least": "1", "article": "一"}]},
        {"veto": [{"code": "a", "name": "x"}]},
    ],
)
@pytest.mark.django_db
def test_a_standard_that_cannot_be_read_is_not_issued(cast: Cast, change: dict[str, object]) -> None:
    with pytest.raises(BadRules):
        issued(cast, APPRAISAL, STANDARD | change, valid_from=DAY, at=LATER)


@pytest.mark.django_db
def test_the_standard_of_the_day_holds_and_a_later_one_leaves_sheets_alone(cast: Cast) -> None:
    before = weighed(cast, cast.plant)
    stricter = {"threshold": [{"measure": "fixed_per_mu", "at_least": "900", "article": "一", "source": "示例"}]}
    issued(cast, APPRAISAL, stricter, valid_from=DAY, at=LATER)
    with pytest.raises(DayTaken):
        issued(cast, APPRAISAL, stricter, code="b", valid_from=DAY, at=LATER)
    after = weighed(cast, cast.plant, answers={})
    assert [one.lines[1]["limit"] for one in (before, after)] == ["≥300", "≥900"]
    assert APPRAISAL.on(cast.city, date(2024, 9, 8)).told["is_sample"]


@pytest.mark.django_db
def test_each_keeping_is_a_new_revision(cast: Cast) -> None:
    assert [weighed(cast, cast.plant).revision for _ in range(3)] == [1, 2, 3]
    with pytest.raises(DatabaseError), transaction.atomic():
        Appraisal.objects.of(cast.city).update(summary="x")


@pytest.mark.django_db
def test_a_sheet_has_a_total_and_says_what_its_vetoes_rest_on(cast: Cast) -> None:
    with pytest.raises(NothingFilledIn):
        weighed(cast, cast.plant, inputs={"fixed": "1"})
    with pytest.raises(EvidenceMissing):
        weighed(cast, cast.plant, answers={"land": ("no", " ")})
    assert weighed(cast, cast.plant, answers={}).reply == "open"


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["other_officer", "verifier", "leader", "auditor"])
def test_only_who_may_drafts(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        draft_appraisal(project=cast.plant, site=Site.LAND, inputs=INPUTS, answers={}, by=getattr(cast, who), at=LATER)


def decided(cast: Cast, one: Appraisal, outcome: Outcome = Outcome.PASS, **more: object) -> Decision:
    given = {"met_on": MET, "members": ["甲", "乙"], "by": cast.verifier, "at": LATER} | more
    return record_decision(appraisal=one, outcome=outcome, **given)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_committee_decides_once_on_the_newest_by_another_hand(cast: Cast) -> None:
    own = weighed(cast, cast.plant, by=cast.statistician)
    with pytest.raises(OwnDraft):
        decided(cast, own, by=cast.statistician)
    newest = weighed(cast, cast.plant)
    with pytest.raises(NotNewest):
        decided(cast, own)
    decided(cast, newest)
    with pytest.raises(AlreadyDecided):
        decided(cast, newest)


@pytest.mark.django_db
def test_a_standing_veto_leaves_deferral_and_an_open_one_no_clean_pass(cast: Cast) -> None:
    vetoed = weighed(cast, cast.plant, answers=LOOKED | {"land": ("yes", "示例查询")})
    for outcome in (Outcome.PASS, Outcome.CONDITIONAL):
        with pytest.raises(VetoStands):
            decided(cast, vetoed, outcome, conditions=[])
    decided(cast, vetoed, Outcome.DEFER)
    unknown = weighed(cast, cast.plant, answers={})
    with pytest.raises(VetoStands):
        decided(cast, unknown)


@pytest.mark.django_db
def test_the_database_refuses_a_passed_over_veto_and_ones_own_decision(cast: Cast) -> None:
    vetoed = weighed(cast, cast.plant, answers=LOOKED | {"land": ("yes", "示例查询")})
    row = {"city": cast.city, "appraisal": vetoed, "met_on": MET, "members": ["甲"], "recorded_at": LATER}
    for outcome, who in (("pass", cast.verifier), ("defer", cast.officer)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.create(outcome=outcome, recorded_by=who, **row)


@pytest.mark.django_db
def test_conditions_have_owner_and_day_and_only_a_conditional_pass_has_them(cast: Cast) -> None:
    one, whole = weighed(cast, cast.plant), {"text": "补能评", "owner": "示例园区", "due_on": "2024-12-31"}
    for outcome, conditions in (
        (Outcome.CONDITIONAL, []),
        (Outcome.CONDITIONAL, [whole | {"owner": ""}]),
        (Outcome.CONDITIONAL, [whole | {"due_on": "年底"}]),
        (Outcome.PASS, [whole]),
    ):
        with pytest.raises(ConditionsMissing):
            decided(cast, one, outcome, conditions=conditions)
    assert decided(cast, one, Outcome.CONDITIONAL, conditions=[whole]).conditions == [whole]


@pytest.mark.django_db
def test_a_meeting_has_come_and_had_people(cast: Cast) -> None:
    one = weighed(cast, cast.plant)
    for change in ({"members": [" "]}, {"met_on": date(2024, 9, 11)}, {"met_on": date(2024, 9, 9)}):
        with pytest.raises(MeetingIncomplete):
            decided(cast, one, **change)


def test_money_in_a_sheet_never_passes_through_a_float() -> None:
    value = line("fixed_per_mu", fixed="999999999.9999", land_mu="0.0001").value
    assert value is not None
    assert Decimal(value) == Decimal("9999999999999.00")
