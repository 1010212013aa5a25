"""One word after a new version was unpacked; a second run changes nothing."""

import json

import pytest
from cast import Cast

from zhaoshang.capital import rollup
from zhaoshang.capital.models import Total
from zhaoshang.cli import main
from zhaoshang.command import upgrading
from zhaoshang.regions.actions import withdraw
from zhaoshang.regions.models import Membership


def upgraded(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main(["upgrade", "--json"]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def test_totals_that_differ_are_made_anew_and_then_nothing_is_due(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.verified()
    Total.objects.of(cast.city).update(amount_fen=1)
    assert upgraded(capsys)["rebuilt"] == [cast.city.code] and rollup.drift(cast.city) == []
    nothing = {"backup": None, "migrations": 0, "rebuilt": [], "without_system_administrator": []}
    assert upgraded(capsys) == nothing


def test_a_backup_is_made_before_a_migration_and_without_one_nothing_is_touched(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(upgrading, "_due", lambda: 1)
    monkeypatch.setattr(upgrading, "make_backup", full)
    monkeypatch.setattr(upgrading, "bring_up_to_date", lambda: pytest.fail("migrated without a backup"))
    assert main(["upgrade"]) == 1 and "没有升级" in capsys.readouterr().err


@pytest.mark.case("B10")
def test_a_city_from_before_there_was_a_system_administrator_is_told(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    held = Membership.objects.of(cast.city).get(user=cast.system)
    withdraw(membership=held, by=cast.security, at=cast.now)
    assert main(["upgrade"]) == 0 and "示例市 还没有系统管理员" in capsys.readouterr().out
    assert main(["appoint", "--username", "xitong", "--display-name", "示例"]) == 0
    assert "系统管理员 xitong 的一次性密码" in capsys.readouterr().out
    assert upgraded(capsys)["without_system_administrator"] == []
