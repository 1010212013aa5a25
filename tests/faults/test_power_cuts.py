"""After a power cut at any point everything that was acknowledged is there, on SQLite as we set it up, and nothing is half.

Writers do their work while all that they do to the disk is written down (``watching``); then the disk is made as it can be after a cut at
some instant (``power``), opened with our settings and looked through. ``make test`` cuts a few times, ``make test-rest`` some hundreds,
``make test-long`` thousands (``ZHAOSHANG_CUTS``).
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from cast import Cast, assemble
from django.db import DatabaseError, connection, connections
from django.test import override_settings

from faults.power import Disk
from faults.watching import Watch, acts
from faults.writers import Told, write_one, wrong_after
from zhaoshang.common.files import keeping
from zhaoshang.tenancy.database import SQLITE_OPTIONS

pytestmark = pytest.mark.one_database
SEED = 20230331
CUTS = int(os.environ.get("ZHAOSHANG_CUTS", "300"))


@dataclass
class Machine:
    """A folder with the database and the evidence, and what was done to it; ``cast``: who stood in it before the first writer."""

    root: Path
    cast: Cast
    before: Disk
    log: Path

    def cut(self, times: int, seed: int = SEED) -> Iterator[tuple[str, list[str]]]:
        """Cut the power so often, in the order of the log: where, and what was wrong then."""
        done, chance = list(acts(self.log)), random.Random(seed)
        told, disk, place = Told(), self.before, 0
        for turn, point in enumerate(sorted(chance.randrange(len(done) + 1) for _ in range(times))):
            for act in done[place:point]:
                disk.do(act)
                told.hear(act.content if act.verb == "T" else b"")
            place = point
            yield (
                f"seed {seed}, cut {turn} after {point} of {len(done)}",
                self._wrong_after(disk.after_cut(chance), told),
            )

    def _wrong_after(self, files: dict[str, bytes], told: Told) -> list[str]:
        again = self.root.with_name("again")
        for old in (one for one in again.rglob("*") if one.is_file()):
            old.unlink()
        for path, content in files.items():
            copy = again / Path(path).relative_to(self.root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        with override_settings(EVIDENCE_DIR=again / "evidence"), opened(again / "store.sqlite3"):
            try:
                with connection.cursor() as cursor:
                    whole = cursor.execute("PRAGMA integrity_check").fetchall()
                return [*(str(row) for row in whole if row != ("ok",)), *wrong_after(self.cast, told)]
            except DatabaseError as error:
                return [f"unreadable: {error}"]


@contextmanager
def opened(file: Path, synchronous: str = "FULL") -> Iterator[None]:
    """The tests' database is this file for the block, as an installation opens it."""
    kept = connection.settings_dict
    said = str(SQLITE_OPTIONS["init_command"]).replace("synchronous=FULL", f"synchronous={synchronous}")
    connections.close_all()
    connection.settings_dict = {**kept, "NAME": str(file), "OPTIONS": {**SQLITE_OPTIONS, "init_command": said}}
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict = kept


@pytest.fixture
def machine(empty: Path, tmp_path: Path, django_db_blocker: Any, settings: Any) -> Iterator[Machine]:
    """One with the usual people, not yet written to."""
    root = tmp_path / "disk"
    (root / "evidence").mkdir(parents=True)
    copyfile(empty, root / "store.sqlite3")
    settings.EVIDENCE_DIR = root / "evidence"
    with django_db_blocker.unblock():
        with opened(root / "store.sqlite3"):
            cast = assemble()
        yield Machine(root, cast, Disk(root), tmp_path / "log")


def write(machine: Machine, writers: int, payments: int, synchronous: str = "FULL") -> None:
    """Let so many processes write so many payments each, all at once and watched."""
    with opened(machine.root / "store.sqlite3", synchronous):
        children = []
        for _ in range(writers):
            child = os.fork()
            if not child:
                _write_watched(machine, payments)
            children.append(child)
        assert {os.waitpid(child, 0)[1] for child in children} == {0}


def _write_watched(machine: Machine, payments: int) -> None:
    code = 1
    with suppress(BaseException):
        watch = Watch(machine.log)
        for _ in range(payments):
            write_one(machine.cast, watch.tell)
        connections.close_all()
        code = 0
    os._exit(code)


@pytest.mark.case("H1", "H3")
def test_a_power_cut_takes_nothing_acknowledged_and_leaves_nothing_half(machine: Machine) -> None:
    write(machine, writers=2, payments=3)
    assert [found for found in machine.cut(10) if found[1]] == []


@pytest.mark.thorough
@pytest.mark.case("H3")
def test_of_hundreds_of_power_cuts_none_takes_anything_acknowledged(machine: Machine) -> None:
    write(machine, writers=3, payments=max(8, CUTS // 100))
    done = list(acts(machine.log))
    assert {act.verb for act in done} >= set("WSDFNMIT")
    assert (
        len({act.path for act in done if act.verb == "S"}) == 2
    )  # the log of changes, and the database when they are moved into it
    assert [found for found in machine.cut(CUTS) if found[1]] == []
    print(
        f"{CUTS} power cuts in {len(done)} writes, flushes and acknowledgements, seed {SEED}: nothing lost, nothing half"
    )


@pytest.mark.case("H3")
@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_this_search_finds_what_is_lost_when_too_little_is_flushed(machine: Machine, synchronous: str) -> None:
    write(machine, writers=2, payments=2, synchronous=synchronous)
    assert any(wrong for _where, wrong in machine.cut(60))


@pytest.mark.case("H3")
def test_this_search_finds_slips_whose_names_were_not_flushed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_settle", lambda _folder: None)
    write(machine, writers=1, payments=3)
    assert any("without their slip" in line for _where, wrong in machine.cut(60) for line in wrong)
