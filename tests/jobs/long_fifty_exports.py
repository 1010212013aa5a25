"""Of ``make test-long``: fifty files of the whole list are made while ten people go on reading."""

import pytest

from bench.exports import FILES, PAYMENTS, measured
from zhaoshang.config.settings import JOB_MEMORY_MB


@pytest.mark.case("E7")
def test_while_fifty_exports_are_made_pages_are_there_within_two_seconds() -> None:
    seen = measured(PAYMENTS)
    print(
        f"p95 {seen.p95(seen.alone):.0f} ms alone, {seen.p95(seen.beside):.0f} beside; {seen.worker_megabytes:.0f} MB"
    )
    assert seen.states == {"done": FILES}
    assert len(seen.beside) > 100 and seen.p95(seen.beside) <= 2_000
    assert seen.worker_megabytes < JOB_MEMORY_MB / 2
