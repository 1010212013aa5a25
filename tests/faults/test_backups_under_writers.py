"""Backups taken while many write: each restores whole, with everything that was acknowledged before it began."""

import os
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cast import Cast, assemble
from django.utils import timezone
from statement_guard import whole_nation

from faults.writers import Tell, Told, Writer, write_one
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.command import restoring
from zhaoshang.command.backups import make_backup
from zhaoshang.command.sealing import make_key

pytestmark = pytest.mark.django_db(transaction=True)
# `make test-long` takes a hundred under forty.
BACKUPS = int(os.environ.get("ZHAOSHANG_BACKUPS", "2"))
WRITERS = int(os.environ.get("ZHAOSHANG_WRITERS", "4"))


@pytest.mark.case("J1")
def test_each_backup_under_writers_restores_whole_with_everything_acknowledged_before(
    tmp_path: Path,
) -> None:
    key, cast, told, rest = make_key(tmp_path / "backup.key"), assemble(), Told(), tmp_path / "rest"
    writers, rows = [Writer(cast, partial(_write_without, rest), told) for _ in range(WRITERS)], 0
    try:
        for turn in range(BACKUPS):
            _all_write(writers, told)
            declared, verified, made = set(told.declared), set(told.verified), tmp_path / f"{turn}.backup"
            with whole_nation():
                make_backup(made, timezone.localtime(), key)
            rest.touch()
            wrong, rows = _missing(made, key, declared, verified)
            rest.unlink()
            assert wrong == [], f"backup {turn + 1} of {BACKUPS}"
            print(f"backup {turn + 1} of {BACKUPS} whole: {rows} payments", flush=True)
            made.unlink()
    finally:
        for writer in writers:
            writer.kill()
    assert rows > 0
    print(f"{BACKUPS} backups under {WRITERS} writers: {rows} payments in the last, {len(told.declared)} acknowledged")


def _write_without(rest: Path, cast: Cast, tell: Tell) -> None:
    """Write one payment after the other, but not while ``rest`` is there: then a copy is looked through, which they would only hold up."""
    while True:
        while rest.exists():
            time.sleep(0.01)
        write_one(cast, tell)


def _all_write(writers: list[Writer], told: Told) -> None:
    """Wait until they are all at it: as many payments more as there are writers."""
    before, until = len(told.declared), time.monotonic() + 300
    while len(told.declared) < before + len(writers):
        assert time.monotonic() < until, "the writers came to a halt"
        time.sleep(0.01)
        for writer in writers:
            writer.hear()


def _missing(made: Path, key: Any, declared: set[Any], verified: set[Any]) -> tuple[list[str], int]:
    """What is wrong in the restored copy, and how many payments it has. Tables and chain are compared as ``restore`` does."""
    with whole_nation(), restoring._unpacked(made, key) as (work, manifest), restoring._standing(work, stays=False):
        assert restoring._compare(manifest) is not None
        restoring.settle(timezone.now(), timezone.now())
        there = dict(Payment.objects.values_list("pk", "standing"))
        slips = set(Evidence.objects.values_list("payment_id", "file__digest"))
    lost = [f"{made.name}: declared {one}" for one in declared - there.keys()]
    lost += [f"{made.name}: verified {one}" for one in verified if there.get(one) != Standing.VERIFIED]
    lost += [f"{made.name}: without its slip {one}" for one in there.keys() - {payment for payment, _digest in slips}]
    return lost, len(there)


def test_this_search_would_see_a_payment_that_a_backup_lacks(tmp_path: Path) -> None:
    key, cast, made = make_key(tmp_path / "backup.key"), assemble(), tmp_path / "early.backup"
    with whole_nation():
        make_backup(made, timezone.localtime(), key)
    later = cast.declared()
    assert _missing(made, key, {later.pk}, set()) == ([f"early.backup: declared {later.pk}"], 0)
