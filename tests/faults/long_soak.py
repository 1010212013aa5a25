"""Of ``make test-soak``: fifty users of a server of its own for two hours, or for ``ZHAOSHANG_SOAK_MINUTES``."""

import os

import pytest

from bench.soak import soak

MINUTES = float(os.environ.get("ZHAOSHANG_SOAK_MINUTES", "120"))


@pytest.mark.case("H14")
def test_two_hours_of_fifty_users_leave_memory_files_and_times_flat() -> None:
    """The last quarter of the time against the second; times waver with whatever else the machine does, so they may rise by half."""
    seen = soak(MINUTES, "10000")
    assert seen.wrong == []
    assert seen.growth(lambda look: look.megabytes) < 0.05
    assert seen.growth(lambda look: look.files) < 0.1
    assert seen.growth(lambda look: look.p95_ms) < 0.5
