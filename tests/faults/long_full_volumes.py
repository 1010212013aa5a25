"""Volumes that are really full, of bytes or of inodes: small file systems in memory, mounted by root (who else runs it sees it fail)."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cast import assemble
from desk_payments.asking import entry
from desk_payments.test_entry import pdf
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from doors.test_refusals import is_clean

from zhaoshang.capital.models import Payment
from zhaoshang.command.backups import make_backup
from zhaoshang.watch import backups

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@contextmanager
def volume(folder: Path, *, megabytes: int = 4, inodes: int = 0) -> Iterator[Path]:
    """A file system of its own at ``folder``, gone after the block."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m" + (f",nr_inodes={inodes}" if inodes else "")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(folder: Path, *, with_names: bool) -> list[Path]:
    """Take all the room, or all the inodes; gives the files that take it."""
    takers: list[Path] = []
    try:
        while True:
            takers.append(folder / f"taker-{len(takers)}")
            takers[-1].write_bytes(b"" if with_names else bytes(64_000))
    except OSError as error:
        assert error.errno == errno.ENOSPC
    assert not os.statvfs(folder).f_favail if with_names else os.statvfs(folder).f_bavail < 16
    return takers


@pytest.mark.parametrize(
    "with_names", [pytest.param(False, marks=pytest.mark.case("H5")), pytest.param(True, marks=pytest.mark.case("H15"))]
)
def test_a_slip_for_a_full_volume_of_evidence_is_answered_503_while_reading_goes_on_and_comes_in_once_there_is_room(
    with_names: bool, tmp_path: Path, client: Client, settings: Any
) -> None:
    cast = assemble()
    settings.CITY = cast.city.code
    client.force_login(cast.officer)
    client.raise_request_exception = False

    def declares() -> Any:
        return client.post(reverse("desk:payment_new"), entry(cast, proof_1="bank_receipt", file_1=pdf()))

    with volume(Path(settings.EVIDENCE_DIR), inodes=64 if with_names else 0) as folder:
        takers = filled(folder, with_names=with_names)
        refused = declares()
        assert (refused.status_code, bool(refused["Retry-After"])) == (503, True)
        assert "磁盘已满" in refused.content.decode()
        is_clean(refused)
        assert client.get(reverse("desk:payment_list")).status_code == 200
        assert not Payment.objects.of(cast.city).exists()
        if with_names:
            assert client.get("/readyz").json()["parts"]["inodes"] == {"good": False, "told": "0 free"}
            assert "zhaoshang_free_inodes 0.0" in client.get("/metrics").content.decode()
        for taker in takers:
            taker.unlink(missing_ok=True)
        assert declares().status_code == 302


@pytest.mark.case("H5", "J6")
def test_a_full_volume_of_backups_leaves_the_one_before_and_an_alarm(tmp_path: Path) -> None:
    assemble()
    before = tmp_path / "backups" / "before.tar"
    with volume(before.parent) as folder:
        before.write_bytes(b"the one before")
        takers = filled(folder, with_names=False)
        with pytest.raises(OSError, match="No space left"):
            make_backup(folder / "next.tar", timezone.localtime(), None)
        assert before.read_bytes() == b"the one before"
        assert sorted(folder.iterdir()) == sorted([before, *takers])
        assert backups.told()["why"] == "no room" and backups.fault() == "failed"
