"""What makes two projects look like one, and what tells them apart."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from zhaoshang.demo import facts
from zhaoshang.demo.doubles import MAKINGS, population, with_doubles
from zhaoshang.projects.blocking import take_apart
from zhaoshang.projects.likeness import MATCHING
from zhaoshang.projects.matching import Facts, compare, prepare, score, split_partners
from zhaoshang.projects.sweeping import sweep

WEIGHTS = MATCHING.read(MATCHING.shipped)
PLACES = frozenset(name for unit in facts.UNITS for name in (unit.name, unit.short_name))
WORDS = WEIGHTS.words(PLACES | {"大连", "东山区"})
PLANT = Facts(
    "1", "示例海达维装备制造项目", "示例海达维装备制造(大连)有限公司", "", "示例海达维投资有限公司", "310000", "C", 500_000_000_00,
    date(2023, 1, 10), "east",
)  # fmt: skip


def points(other: Facts) -> dict[str, int]:
    found = compare(prepare(PLANT, WORDS), prepare(other, WORDS), WEIGHTS)
    return {point.code: point.points for point in found}


@pytest.mark.parametrize(
    "name",
    ["示例海达维装备制造项目", "示例 海达维装备制造 工程", "示例海达维（大连）装备制造集团有限公司", "大连海达维装备制造（东山区）"],
)  # fmt: skip
def test_forms_places_and_brackets_say_nothing_of_a_name(name: str) -> None:
    assert take_apart(name, WORDS).core == "海达维装备制造"


def test_phase_and_number_are_told_apart_from_the_name() -> None:
    found = take_apart("示例海达维装备制造二期项目0012", WORDS)
    assert (found.core, found.phase, found.numbers) == ("海达维装备制造", 2, (12,))
    assert found == take_apart("示例海达维装备制造2期项目12", WORDS)


@pytest.mark.case("F16")
def test_the_same_project_in_another_district_scores_above_the_threshold() -> None:
    moved = replace(PLANT, key="2", name="示例大连海达维装备制造工程", unit="west", signed_on=date(2023, 2, 1))
    found = points(moved)
    assert found["other_unit"] == 0 and found["same_investor"] > 0 and found["signed_near"] > 0
    assert sum(found.values()) >= WEIGHTS.threshold


def test_the_next_phase_is_another_project() -> None:
    found = points(replace(PLANT, key="2", name="示例海达维装备制造二期项目", contract_fen=900_000_000_00))
    assert found["later_phase"] < 0 and sum(found.values()) < WEIGHTS.threshold


def test_a_namesake_of_another_investor_is_another_project() -> None:
    stranger = replace(
        PLANT, key="2", name="示例海达森装备制造项目", enterprise="示例海达森装备制造有限公司", investor="示例海达森投资有限公司",
    )  # fmt: skip
    assert sum(points(stranger).values()) < WEIGHTS.threshold


def test_two_contracts_that_sum_up_to_a_third_are_its_parts() -> None:
    parts = [replace(PLANT, key=key, contract_fen=fen) for key, fen in [("a", 20_000_000_000), ("b", 30_000_000_000)]]
    assert split_partners(PLANT, [*parts, replace(PLANT, key="c", contract_fen=1)], WEIGHTS) == [tuple(parts)]


@pytest.mark.parametrize("seed", [11, 12])
def test_seeded_doubles_are_found_and_little_else(seed: int) -> None:
    chance = Random(seed)
    made, truth = with_doubles(population(3_000, chance), 100, chance)
    chance.shuffle(made)
    found = {frozenset((made[p.first].key, made[p.second].key)) for p in sweep(made, WEIGHTS, WORDS)}
    right = found & truth.keys()
    assert len(right) / len(truth) >= 0.95 and len(right) / len(found) >= 0.9
    assert {truth[pair] for pair in right} == set(MAKINGS)


def test_a_sweep_tells_its_progress() -> None:
    told: list[tuple[int, int]] = []
    list(sweep([PLANT, replace(PLANT, key="2")], WEIGHTS, WORDS, lambda done, total: told.append((done, total))))
    assert told == [(0, 2)]


def test_a_score_is_the_sum_of_its_points() -> None:
    found = compare(prepare(PLANT, WORDS), prepare(replace(PLANT, key="2"), WORDS), WEIGHTS)
    assert score(found) == sum(point.points for point in found) > WEIGHTS.threshold
