"""The account as it was a second before a wrong act, by PostgreSQL's archived log, as docs/how-to/point-in-time.md says."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from with_postgres import Cluster, cluster

DIGESTS = """
import json, django; django.setup()
from zhaoshang.command import stores
from zhaoshang.tenancy.nation import whole_nation
with whole_nation():
    told = [stores.described(model).to_json() for model in stores.moved_models()]
print(json.dumps(told))
"""


def ran(server: Cluster, folder: Path, *words: str) -> str:
    """Python beside the installation whose database this is."""
    env = {
        **os.environ,
        "ZHAOSHANG_DATA": str(folder),
        "ZHAOSHANG_CITY": "load001",
        "DATABASE_URL": server.address,
        "DJANGO_SETTINGS_MODULE": "zhaoshang.config.settings",
    }
    done = subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def zhaoshang(server: Cluster, folder: Path, *words: str) -> str:
    return ran(server, folder, "-m", "zhaoshang.cli", *words)


def asked(server: Cluster, *statements: str) -> object:
    """The last statement's first value."""
    with psycopg.connect(server.address.partition("?")[0], autocommit=True) as line:
        for sql in statements:
            found = line.execute(sql)  # type: ignore[call-overload]
        return found.fetchone()[0] if found.description else None


def archived(server: Cluster, archive: Path) -> None:
    """Everything so far lies in the archive."""
    last = str(asked(server, "SELECT pg_walfile_name(pg_switch_wal())"))
    until = time.monotonic() + 60
    while not (archive / last).exists():
        assert time.monotonic() < until, f"{last} was not archived"
        time.sleep(0.2)


@pytest.fixture
def archive() -> Iterator[Path]:
    """Where the cluster's own user may write."""
    with tempfile.TemporaryDirectory(prefix="zhaoshang-wal-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.mark.case("J3")
def test_the_state_a_second_before_a_wrong_act_comes_back(tmp_path: Path, archive: Path) -> None:
    keeping = ("wal_level=replica", "archive_mode=on", f"archive_command=test ! -f {archive}/%f && cp %p {archive}/%f")
    with cluster(("max_connections=40", "shared_buffers=64MB", *keeping)) as live:
        zhaoshang(live, tmp_path, "generate", "--payments", "200")
        base = live.work / "recovered" / "data"
        base.parent.mkdir()
        live.back_up(base)
        zhaoshang(live, tmp_path, "generate", "--payments", "150")  # after the backup: only the log has it
        right = json.loads(ran(live, tmp_path, "-c", DIGESTS))
        time.sleep(2)
        wrong_at = asked(
            live,
            "ALTER TABLE capital_payment DISABLE TRIGGER ALL",
            "UPDATE capital_payment SET amount_fen = amount_fen * 10",
            "DELETE FROM capital_total",
            "SELECT now()",
        )
        assert isinstance(wrong_at, datetime)
        zhaoshang(live, tmp_path, "generate", "--payments", "50")  # and the day went on
        assert json.loads(ran(live, tmp_path, "-c", DIGESTS)) != right
        archived(live, archive)
        before = (wrong_at - timedelta(seconds=1)).isoformat()
        again = live.recovered(base, before, archive)
        again.start()
        try:
            assert json.loads(ran(again, tmp_path, "-c", DIGESTS)) == right
            assert "副本" in zhaoshang(again, tmp_path, "mark-restored", "--made-at", before)
            zhaoshang(again, tmp_path, "verify-ledger")
        finally:
            again.stop()
