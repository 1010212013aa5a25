"""The command itself: what it says, its exit codes, and that reading a text needs no database."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from tools.write_docs import PAGE, WIDTH, commands_page
from zhaoshang.cli import COMMANDS, main
from zhaoshang.command import ground
from zhaoshang.command.ground import disk_of, is_wal_safe
from zhaoshang.command.parts import Stop
from zhaoshang.command.reading import text_of

ARTICLE = "2023年一季度,示例市到位内资729.4亿元,同比增长24.3%。"


def test_without_words_everything_is_listed_and_nothing_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself_in_chinese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"用法:zhaoshang {name}") and "usage" not in said and "options:" not in said


@pytest.mark.parametrize(
    "words", [["nonsense"], ["read"], ["league", "--period"], ["serve", "--port", "x"], ["figure", "--colour"]]
)
def test_wrong_use_is_told_in_one_chinese_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("zhaoshang: ") and said.count("\n") == 1 and "arguments" not in said


def test_reading_loads_no_django(tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text(ARTICLE, encoding="utf-8")
    code = f"import sys\nfrom zhaoshang.cli import main\nmain(['read', {str(text)!r}, '--json'])\nsys.exit('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0 and json.loads(ran.stdout)["claims"][0]["value"] == 72_940_000_000


def test_each_file_read_is_one_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text(ARTICLE, encoding="gb18030")
    assert main(["read", *map(str, files), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == [str(file) for file in files]
    claim = lines[0]["claims"][0]
    assert ARTICLE[claim["start"] : claim["end"]] == claim["quote"]


def test_a_file_that_is_no_text_is_a_problem_of_the_input(tmp_path: Path) -> None:
    file = tmp_path / "binary.txt"
    file.write_bytes(b"\xff\xfe\x00\xd8\x81")
    with pytest.raises(Stop) as stop:
        text_of(str(file))
    assert stop.value.code == 1


def test_a_missing_city_is_told_with_what_to_do(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-ledger"]) == 2
    assert "zhaoshang demo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 50, 7), True),
        ((3, 44, 6), True),
        ((3, 53, 4), True),
    ],
)
@pytest.mark.case("H11")
def test_sqlite_versions_that_can_lose_a_wal_are_known(version: tuple[int, ...], safe: bool) -> None:
    assert is_wal_safe(version) is safe


@pytest.mark.case("H11")
def test_the_disk_of_a_folder_is_that_of_its_nearest_mount() -> None:
    mounts = "rootfs / ext4 rw 0 0\nserver:/x /srv/data nfs4 rw 0 0\n"
    assert (disk_of(Path("/srv/data/var"), mounts), disk_of(Path("/srv/other"), mounts)) == ("nfs4", "ext4")


def _remote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "disk_of", lambda path, mounts: "nfs4")


def _read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground.os, "access", lambda path, mode: False)


def _affected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground.sqlite3, "sqlite_version_info", (3, 40, 1))


def _newer(monkeypatch: pytest.MonkeyPatch) -> None:
    MigrationRecorder(connection).record_applied("capital", "9999_of_tomorrow")


def _away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: object) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(ground.MigrationExecutor, "__init__", lambda self, line: away(self))


GROUNDS = {
    "网络文件系统 nfs4": _remote,
    "不可写": _read_only,
    "WAL 有损坏数据的缺陷": _affected,
    "数据库比程序新": _newer,
    "数据库打不开": _away,
}


@pytest.mark.case("H11")
@pytest.mark.one_database
@pytest.mark.parametrize("told", GROUNDS)
def test_on_unsafe_ground_nothing_starts_and_one_line_says_why(
    db: None, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    ground.bring_up_to_date()
    GROUNDS[told](monkeypatch)
    with pytest.raises(Stop, match=told) as stop:
        ground.bring_up_to_date()
    assert stop.value.code == 2 and "\n" not in str(stop.value)


@pytest.mark.case("A11")
def test_bootstrap_makes_the_city_once(db: None, monkeypatch: Any, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "bootstrap",
        "--name",
        "示例市",
        "--name-en",
        "Sample",
        "--gb-code",
        "210200",
        "--username",
        "safe",
        "--display-name",
        "安全员",
        "--system",
        "sys",
        "系统员",
        "--auditor",
        "audit",
        "审计员",
    ]
    monkeypatch.setenv("ZHAOSHANG_BOOTSTRAP_PASSWORD", "short")
    assert main(words) == 1
    monkeypatch.setenv("ZHAOSHANG_BOOTSTRAP_PASSWORD", "correct-horse-battery")
    assert main([*words[:-2], "safe", "重名"]) == 2
    assert main(words) == 0
    told = capsys.readouterr().out
    assert len(re.findall(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", told)) == 2 and "系统管理员 sys" in told
    assert main(words) == 1 and "已有账号" in capsys.readouterr().err
    assert main(["appoint", "--username", "more", "--display-name", "示例"]) == 1


def test_the_page_of_commands_is_what_the_commands_say(monkeypatch: Any) -> None:
    """Write it anew by ``make docs``."""
    monkeypatch.setenv("COLUMNS", WIDTH)
    assert PAGE.read_text(encoding="utf-8") == commands_page()
