"""A killed process loses nothing that it said was done, and leaves nothing half; what was not answered is sent again and is there once."""

import os

import pytest
from cast import Cast, assemble
from django.db import connection

from faults.writers import Told, Writer, kill_again_and_again, tell_too_soon, tried_again, wrong_after
from zhaoshang.capital.models import Payment

pytestmark = pytest.mark.django_db(transaction=True)
# `make test-long` kills a thousand.
KILLS = int(os.environ.get("ZHAOSHANG_KILLS", "6"))


@pytest.fixture
def crowd() -> Cast:
    """The usual people, in a database that is really committed to."""
    return assemble()


@pytest.mark.case("H1", "H7")
def test_a_killed_application_loses_nothing_it_acknowledged_and_leaves_nothing_half(crowd: Cast) -> None:
    told = kill_again_and_again(crowd, KILLS, crew=2, seed=20230331)
    assert len(told.declared) >= KILLS
    assert wrong_after(crowd, told) == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    there = tried_again(crowd, told)
    assert set(Payment.objects.of(crowd.city).values_list("pk", flat=True)) == told.tried
    assert len(there) < len(told.tried) and wrong_after(crowd, told) == []


def test_this_search_would_see_a_payment_acknowledged_too_soon(crowd: Cast) -> None:
    told = Told()
    writer = Writer(crowd, tell_too_soon, told)
    writer.wait_for(b"declared")
    writer.kill()
    assert wrong_after(crowd, told) == [f"a declared payment is lost: {told.declared}"]
