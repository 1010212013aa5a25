"""Load data is an account like any other."""

import json

import pytest

from zhaoshang.capital import rollup
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment
from zhaoshang.cli import main
from zhaoshang.common.periods import Period
from zhaoshang.figures.league import league
from zhaoshang.tenancy.models import City


def test_generated_cities_have_whole_chains_and_true_totals(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--cities", "2", "--payments", "400", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["cities"] == ["load001", "load002"]
    for city in City.objects.filter(code__in=said["cities"]):
        walked = walk(city)
        assert (walked.entries, walked.faults, rollup.drift(city)) == (400, [], [])
        assert league(city, "capital_in_place", Period.parse("2024")).total.value > 0


def test_the_same_seed_gives_the_same_amounts(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    main(["generate", "--payments", "100", "--seed", "5"])
    main(["generate", "--payments", "100", "--seed", "4"])  # the second city's number makes its seed the same
    first, second = City.objects.filter(code__startswith="load").order_by("code")
    amounts = [
        list(Payment.objects.of(city).order_by("seq").values_list("amount_fen", flat=True)) for city in (first, second)
    ]
    assert amounts[0] == amounts[1] and len(set(amounts[0])) > 90
