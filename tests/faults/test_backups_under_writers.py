"""Backups taken while many write: each restores whole, with everything that was acknowledged before it began."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from cast import assemble
from django.utils import timezone
from statement_guard import whole_nation

from faults.writers import Told, Writer, write_on
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
    key, cast, told = make_key(tmp_path / "backup.key"), assemble(), Told()
    writers, rows = [Writer(cast, write_on, told) for _ in range(WRITERS)], 0
    try:
        writers[0].wait_for(b"verified")
        for turn in range(BACKUPS):
            for writer in writers:
                writer.hear()
            declared, verified, made = set(told.declared), set(told.verified), tmp_path / f"{turn}.backup"
            with whole_nation():
                make_backup(made, timezone.localtime(), key)
            wrong, rows = _missing(made, key, declared, verified)
            assert wrong == [], f"backup {turn + 1} of {BACKUPS}"
            print(f"backup {turn + 1} of {BACKUPS} whole: {rows} payments", flush=True)
            made.unlink()
            time.sleep(0.05)
    finally:
        for writer in writers:
            writer.kill()
    assert rows > 0
    print(f"{BACKUPS} backups under {WRITERS} writers: {rows} payments in the last, {len(told.declared)} acknowledged")


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
