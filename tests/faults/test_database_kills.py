"""A killed PostgreSQL loses nothing that was acknowledged, and the application works on by itself; `make test-long`: a hundred times."""

import os
import subprocess
import sys

import pytest
from architecture.rooms import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.thorough]
KILLS = 3


@pytest.mark.case("H2")
def test_a_killed_database_loses_nothing_it_acknowledged_and_is_worked_with_again_within_ten_seconds() -> None:
    """On a cluster of its own that flushes as an installation's does; the suite's own does not."""
    words = [sys.executable, "-m", "faults.long_database_kills", str(KILLS)]
    paths = os.pathsep.join(str(ROOT / place) for place in ("tests", "tools", "."))
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{KILLS} kills of PostgreSQL, ")
    assert "none lost, none twice, none half" in done.stdout
