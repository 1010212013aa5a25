"""What ``deploy/`` names is there: commands, options, settings; the same in both nginx files but for the servers."""

import configparser
import re
import shlex
from pathlib import Path

import pytest

from zhaoshang import cli
from zhaoshang.tenancy.database import database_from

pytestmark = pytest.mark.one_database
DEPLOY = Path(__file__).parents[2] / "deploy"
READERS = ("config/settings.py", "people/provider.py")
SETTINGS = "".join((DEPLOY.parent / "zhaoshang" / one).read_text("utf-8") for one in READERS)


def units(kind: str) -> dict[str, configparser.ConfigParser]:
    found = {}
    for file in sorted((DEPLOY / "systemd").glob(f"*.{kind}")):
        found[file.stem] = configparser.ConfigParser(interpolation=None)
        found[file.stem].optionxform = str  # type: ignore[assignment]
        found[file.stem].read_string(file.read_text("utf-8"))
    return found


@pytest.mark.parametrize("unit", units("service").values(), ids=units("service"))
def test_a_unit_starts_a_command_with_options_that_exist(unit: configparser.ConfigParser) -> None:
    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/zhaoshang") and words[0] in cli.COMMANDS
    from importlib import import_module

    command = import_module(f"zhaoshang.command.{cli.COMMANDS[words[0]][0]}").COMMANDS[words[0]]
    parser = cli.Parser(prog=words[0])
    command.arguments(parser)
    parser.parse_args(words[1:])
    assert unit["Service"]["User"] == "zhaoshang" and unit["Service"]["ReadWritePaths"] == "/srv/zhaoshang"


def test_every_timer_has_its_unit() -> None:
    assert set(units("timer")) == {"zhaoshang-backup", "zhaoshang-verify", "zhaoshang-sweep"} <= set(units("service"))


def test_every_setting_named_is_read_by_the_program() -> None:
    named = re.findall(r"^#?(\w+)=", (DEPLOY / "zhaoshang.env").read_text("utf-8"), re.M)
    unread = [name for name in named if f'"{name}"' not in SETTINGS and name != "ZHAOSHANG_DATA"]
    assert "ZHAOSHANG_CITY" in named and len(set(named)) == len(named) and unread == []
    url = re.search(r"DATABASE_URL=(\S+)", (DEPLOY / "zhaoshang.env").read_text("utf-8"))
    assert url and database_from(url[1], DEPLOY)["DISABLE_SERVER_SIDE_CURSORS"] is True


def test_connections_are_pooled_when_the_address_says_so() -> None:
    pooled = database_from("postgresql://a@b/c?pool=8", DEPLOY)
    assert (pooled["OPTIONS"], pooled["CONN_MAX_AGE"]) == ({"pool": {"min_size": 1, "max_size": 8}}, 0)
    plain = database_from("postgresql://a@b/c", DEPLOY)
    assert (plain["OPTIONS"], plain["CONN_MAX_AGE"], plain["DISABLE_SERVER_SIDE_CURSORS"]) == ({}, 60, False)


def test_both_nginx_files_set_the_scheme_themselves_and_differ_in_the_servers_alone() -> None:
    one, many = ((DEPLOY / "nginx" / f"{name}.conf").read_text("utf-8") for name in ("one-server", "many-servers"))
    assert one.partition("keepalive")[2][4:] == many.partition("keepalive")[2][4:]
    for text in (one, many):
        assert text.count("{") == text.count("}")
        assert "X-Forwarded-Proto https" in text and "alias /srv/zhaoshang/static/" in text
