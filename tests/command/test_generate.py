"""Load data is an account like any other."""

import json

import pytest
from django.db import IntegrityError, connection

from zhaoshang.capital import rollup
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.models import Payment
from zhaoshang.cli import main
from zhaoshang.command import generating
from zhaoshang.common.ids import uuid7
from zhaoshang.common.periods import Period
from zhaoshang.demo.bulk_tables import laid_aside
from zhaoshang.demo.generate import gb_code_of
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


def test_a_province_is_fourteen_cities_of_liaoning_with_the_payments_shared_out(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(generating.SCALES, "province", (3, 100))
    assert main(["generate", "--scale", "province", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["payments"] == 100
    cities = City.objects.filter(code__startswith="load").order_by("code")
    assert [city.gb_code for city in cities] == ["210100", "210200", "210300"]
    assert [Payment.objects.of(city).count() for city in cities] == [33, 33, 34]
    assert gb_code_of(15) == "110100"
    assert (generating.SCALES["nation"], all(city.is_sample for city in cities)) == ((140, 10_000_000), True)


@pytest.mark.postgres
def test_references_indexes_and_the_guard_of_months_are_there_again_after_a_load(db: None) -> None:
    def there() -> list[tuple[str, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'capital_payment'::regclass UNION ALL "
                "SELECT conname FROM pg_constraint WHERE conrelid = 'capital_payment'::regclass UNION ALL "
                "SELECT tgname::text || tgenabled::text FROM pg_trigger WHERE tgrelid = 'capital_payment'::regclass "
                "AND NOT tgisinternal ORDER BY 1"
            )
            return list(cursor.fetchall())

    before = there()
    assert main(["generate", "--payments", "50"]) == 0
    assert there() == before


@pytest.mark.postgres
def test_a_load_that_points_nowhere_is_refused_whole(db: None) -> None:
    with pytest.raises(IntegrityError), laid_aside(), connection.cursor() as cursor:
        main(["generate", "--payments", "50"])
        cursor.execute("ALTER TABLE capital_payment DISABLE TRIGGER USER")
        cursor.execute("UPDATE capital_payment SET project_id = %s", [uuid7()])
    assert not City.objects.filter(code__startswith="load").exists()
