"""Volumes that are really full: small file systems in memory, mounted for the test (root alone may; without leave it fails, not passes).

The whole data folder lies on one: database, its log, evidence, temporary files of evidence. Then a volume without inodes, one for temporary
files, one for backups.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from faults.served import ROOT, Installation, Served, ask, laid_out, serving

pytestmark = pytest.mark.installation


@contextmanager
def volume(folder: Path, *, megabytes: int, inodes: int = 0) -> Iterator[Path]:
    """A file system of its own at ``folder``, gone after the block."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m" + (f",nr_inodes={inodes}" if inodes else "")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, *, leave: int = 0) -> Path:
    """A file that takes all the room but ``leave`` bytes."""
    ballast = folder / "ballast"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize - leave
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free, 1))
    return ballast


def declared(server: Served) -> tuple[int, dict[str, Any]]:
    """What a declaration is answered."""
    body = {
        "project": server.installation.keys["project"], "month": "2023-03", "paid_on": "2023-03-06", "amount": "100000.05",
        "source_code": "310000", "kind": "working_capital", "origin": "new", "bank_serial": f"SRV-{uuid4().hex[:20]}",
        "note": "长" * 180,
    }  # fmt: skip
    status, answer, headers = ask(server.port, "POST", "/api/payments", body, **_as_officer(server))
    return status, {**json.loads(answer), "retry": headers.get("retry-after", "")}


def _as_officer(server: Served) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.installation.keys['officer']}"}


def with_slip(server: Served, payment: str) -> int:
    """The status of a slip sent to a payment."""
    mark = uuid4().hex
    content = b"%PDF-1.4\n% " + mark.encode() + b"x" * 300_000 + b"\n%%EOF\n"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    sent: Any = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    path = f"/api/payments/{payment}/evidence?kind=bank_receipt"
    return ask(server.port, "POST", path, sent, **{**_as_officer(server), **kind})[0]


def reads(server: Served) -> bool:
    """Whether pages and lists still answer."""
    listed = ask(server.port, "GET", "/api/payments?month=2023-03", **_as_officer(server))[0]
    return (listed, ask(server.port, "GET", "/desk/login/")[0], ask(server.port, "GET", "/")[0]) == (200, 200, 200)


@pytest.mark.case("H5")
def test_a_full_volume_of_database_log_and_evidence_is_told_while_reading_goes_on_and_is_left_behind(
    tmp_path: Path, migrated: Path
) -> None:
    with volume(tmp_path / "data", megabytes=96) as folder:
        installation: Installation = laid_out(folder, migrated)
        with serving(installation, workers=2) as server:
            status, first = declared(server)
            assert status == 201, first
            assert with_slip(server, first["id"]) < 300
            ballast, answers = fill(folder), []
            while len(answers) < 400 and sum(status != 201 for status, _said in answers) < 3:
                answers.append(declared(server))  # what the log has of its own room takes some
            refused = [said for status, said in answers if status == 503]
            assert {status for status, _said in answers} <= {201, 503} and len(refused) == 3
            assert all("磁盘已满" in said["message"] and said["retry"] for said in refused)
            assert with_slip(server, first["id"]) == 503
            assert reads(server)
            ballast.unlink()
            assert declared(server)[0] == 201 and with_slip(server, first["id"]) < 300
            made = 2 + sum(status == 201 for status, _said in answers)
        found = installation.told("look")
        assert found["wrong"] == [] and len(found["payments"]) == made


@pytest.mark.case("H15")
def test_without_inodes_a_slip_is_refused_with_503_the_alarm_says_so_and_all_goes_on_once_there_are_some(
    tmp_path: Path, migrated: Path
) -> None:
    installation = laid_out(tmp_path / "data", migrated)
    with volume(tmp_path / "data" / "evidence", megabytes=16, inodes=64) as folder, serving(installation) as server:
        payment = declared(server)[1]["id"]
        takers = []
        while os.statvfs(folder).f_favail:
            takers.append(folder / f"taker-{len(takers)}")
            takers[-1].touch()
        assert with_slip(server, payment) == 503
        assert reads(server) and declared(server)[0] == 201
        told = json.loads(ask(server.port, "GET", "/readyz")[1])["parts"]["inodes"]
        assert told["good"] is False and "0 free" in told["told"]
        assert "zhaoshang_free_inodes 0.0" in ask(server.port, "GET", "/metrics")[1].decode()
        for taker in takers:
            taker.unlink()
        assert with_slip(server, payment) < 300
    assert installation.told("look")["wrong"] == []


@pytest.mark.case("H5", "J6")
def test_a_full_volume_of_backups_leaves_the_one_before_and_the_service_as_it_is(
    tmp_path: Path, migrated: Path
) -> None:
    installation = laid_out(tmp_path / "data", migrated)

    def backup(into: Path) -> "subprocess.CompletedProcess[str]":
        words = [str(ROOT / ".venv/bin/zhaoshang"), "backup", "--plain", "--into", str(into), "--keep", "9,9,9"]
        return subprocess.run(words, env=installation.environment, capture_output=True, text=True, check=False)

    with volume(tmp_path / "backups", megabytes=96) as folder:
        assert backup(folder).returncode == 0
        (before,) = folder.glob("zhaoshang-*")
        content = before.read_bytes()
        fill(folder, leave=100_000)
        ran = backup(folder)
        assert ran.returncode == 1 and "没有做成" in ran.stderr, ran.stderr
        assert [path.name for path in folder.glob("*zhaoshang-*")] == [before.name] and before.read_bytes() == content
    assert json.loads((tmp_path / "data" / "backup.json").read_text())["why"] == "no room"
