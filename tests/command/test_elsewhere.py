"""A copy elsewhere survives whoever holds the server: here the program runs as a user who may put new files there and get them back."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from cast import Cast
from desk_payments.asking import page
from django.test import Client

from zhaoshang.command.elsewhere import hand_over
from zhaoshang.command.parts import Stop
from zhaoshang.jobs.running import our_now
from zhaoshang.watch import backups

pytestmark = [pytest.mark.one_database, pytest.mark.case("J12")]
RECEIVER = Path(__file__).parents[2] / "deploy" / "receive-backup"
NAME = "zhaoshang-20230401-080000.backup"
# What ``ssh`` does: sends the words and its input, gives the output and the exit code.
LINE = """
import shutil, socket, sys
line = socket.create_connection(("127.0.0.1", PORT)); line.sendall(" ".join(sys.argv[1:]).encode() + b"\\n")
if sys.argv[1] == "put":
    with line.makefile("wb") as out: shutil.copyfileobj(sys.stdin.buffer, out)
line.shutdown(socket.SHUT_WR); answer = line.makefile("rb"); code = int(answer.readline())
sys.stdout.buffer.write(answer.read()); sys.exit(code)
"""


@pytest.fixture
def other_host(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The shipped receiver behind a line, run by whoever owns the copies; the words that reach it, and the folder."""
    copies = tmp_path / "copies"
    copies.mkdir(mode=0o700)
    with socket.create_server(("127.0.0.1", 0)) as server:
        program = tmp_path / "line.py"
        program.write_text(LINE.replace("PORT", str(server.getsockname()[1])))
        threading.Thread(target=_receive, args=(server, copies), daemon=True).start()
        yield f"{sys.executable} {program}", copies


def _receive(server: socket.socket, copies: Path) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        with line, line.makefile("rb") as reading:
            words, content = reading.readline().decode().strip(), reading.read()
            env = {"PATH": os.environ["PATH"], "SSH_ORIGINAL_COMMAND": words}
            ran = subprocess.run(["sh", RECEIVER, copies], input=content, env=env, capture_output=True, check=False)
            line.sendall(f"{ran.returncode}\n".encode() + ran.stdout)


def told(words: str, *said: str, content: bytes = b"") -> int:
    return subprocess.run([*words.split(), *said], input=content, capture_output=True, check=False).returncode


def test_a_backup_lies_there_read_back_and_can_be_neither_deleted_nor_overwritten(
    other_host: tuple[str, Path], tmp_path: Path
) -> None:
    words, copies = other_host
    made = tmp_path / NAME
    made.write_bytes(b"sealed sample")
    digest = hashlib.sha256(b"sealed sample").hexdigest()
    hand_over(made, digest, words)
    for said in (
        ("delete", NAME),
        ("put", NAME),
        ("rm", "-rf", "/"),
        ("put", "../" + NAME),
        ("put", "zhaoshang-1/x.backup"),
        ("put",),
    ):
        assert told(words, *said, content=b"other") != 0
    with pytest.raises(Stop, match="没有送到别处"):
        hand_over(made, digest, words)
    assert [(path.name, path.read_bytes()) for path in copies.iterdir()] == [(NAME, b"sealed sample")]


def test_what_did_not_come_whole_is_not_kept_and_may_come_again(other_host: tuple[str, Path]) -> None:
    words, copies = other_host
    digest = hashlib.sha256(b"sealed sample").hexdigest()
    assert told(words, "put", NAME, digest, content=b"sealed sam") != 0 and [*copies.iterdir()] == []
    assert told(words, "put", NAME, digest, content=b"sealed sample") == 0
    assert (copies / NAME).read_bytes() == b"sealed sample"


def test_a_copy_that_does_not_come_back_the_same_is_an_error(tmp_path: Path) -> None:
    made, liar = tmp_path / NAME, tmp_path / "liar.sh"
    made.write_bytes(b"sealed sample")
    liar.write_text("#!/bin/sh\n[ $1 = put ] && cat > /dev/null || echo other\n")
    with pytest.raises(Stop, match="读回来不同"):
        hand_over(made, hashlib.sha256(b"sealed sample").hexdigest(), f"sh {liar}")


def test_into_a_folder_nothing_is_written_over(tmp_path: Path) -> None:
    made, folder = tmp_path / NAME, tmp_path / "share"
    made.write_bytes(b"sealed sample")
    folder.mkdir()
    digest = hashlib.sha256(b"sealed sample").hexdigest()
    hand_over(made, digest, str(folder))
    assert (folder / NAME).stat().st_mode & 0o777 == 0o400
    with pytest.raises(Stop):
        hand_over(made, digest, str(folder))


def test_a_copy_that_is_missing_or_old_is_an_alarm(cast: Cast, client: Client, settings: Any) -> None:
    assert "zhaoshang_backup_copy_late" not in client.get("/metrics").content.decode()
    settings.BACKUP_ELSEWHERE = "/elsewhere"
    for copied, late in (
        ("", True),
        (our_now().isoformat(), False),
        ((our_now() - timedelta(hours=37)).isoformat(), True),
    ):
        backups.note(copied=copied)
        assert f"zhaoshang_backup_copy_late {float(late)}" in client.get("/metrics").content.decode()
        assert client.get("/readyz").json()["parts"]["backup_copy"]["good"] is not late
        assert ("别处没有新的" in page(client, cast.system, "desk:housekeeping").content.decode()) is late


@pytest.mark.installation
def test_the_command_hands_the_backup_over_and_keeps_it_when_that_fails(
    other_host: tuple[str, Path], tmp_path: Path, empty: Path
) -> None:
    words, copies = other_host
    data, key = tmp_path / "data", tmp_path / "backup.key"
    data.mkdir()
    copyfile(empty, data / "zhaoshang.sqlite3")
    env = {**os.environ, "ZHAOSHANG_DATA": str(data), "DATABASE_URL": ""}

    def run(*said: str) -> "subprocess.CompletedProcess[str]":
        program = [sys.executable, "-m", "zhaoshang.cli", *said]
        return subprocess.run(program, env=env, capture_output=True, text=True, check=False)

    assert run("backup-key", "--output", str(key)).returncode == 0
    ran = run("backup", "--key", str(key), "--copy-to", words, "--json")
    assert ran.returncode == 0, ran.stderr
    made = Path(json.loads(ran.stdout)["file"])
    assert (copies / made.name).read_bytes() == made.read_bytes()
    ran = run("backup", "--output", str(tmp_path / "kept.backup"), "--key", str(key), "--copy-to", "/absent/program")
    assert ran.returncode == 1 and "没有送到别处" in ran.stderr and (tmp_path / "kept.backup").exists()
