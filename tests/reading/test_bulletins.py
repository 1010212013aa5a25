"""How much of real and invented bulletins is read right, by the samples' own scoring."""

from __future__ import annotations

import difflib

import pytest

from zhaoshang.reading import read, restore

from . import scoring

SAMPLES = scoring.HERE / "bulletins"
OWN = scoring.HERE / "own"


@pytest.fixture(scope="module", params=[SAMPLES, OWN], ids=["samples", "own"])
def rates(request: pytest.FixtureRequest) -> dict[str, float]:
    return scoring.score((gold, read(text).to_json()["claims"]) for _, text, gold in scoring.bulletins(request.param))


@pytest.mark.parametrize("rate", ["f1", "precision", "recall", "approx", "period", "region"])
def test_at_least_95_of_100_are_right(rates: dict[str, float], rate: str) -> None:
    assert rates[rate] >= 0.95


def test_nine_in_ten_rank_scopes_are_right(rates: dict[str, float]) -> None:
    assert rates["rank_scope"] >= 0.9


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.restored.txt")), ids=lambda path: path.name[:3])
def test_sample_is_restored_to_the_letter(path: object) -> None:
    clean = path.read_text("utf-8").strip()  # type: ignore[attr-defined]
    scraped = path.with_name(path.name.replace(".restored", "")).read_text("utf-8")  # type: ignore[attr-defined]
    restored = restore(scraped).text.strip()
    assert restored == clean, "\n".join(difflib.ndiff([clean], [restored]))


def test_gold_scores_full_against_itself() -> None:
    rates = scoring.score((gold, gold) for _, _, gold in scoring.bulletins(SAMPLES))
    assert rates["f1"] == 1.0


def test_no_prediction_scores_nothing() -> None:
    assert scoring.score((gold, []) for _, _, gold in scoring.bulletins(SAMPLES))["recall"] == 0.0
