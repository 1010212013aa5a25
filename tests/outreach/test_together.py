"""A load writes its diary together and reads memberships once; a failed act leaves no line, and outside a load nothing is remembered."""

from contextlib import suppress

import pytest
from cast import NOW, Cast
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from outreach.going import activity
from zhaoshang.people.diary import lines_together, record
from zhaoshang.people.models import Event
from zhaoshang.regions.access import memberships_known, viewer_of
from zhaoshang.regions.models import Membership


def lines(cast: Cast) -> int:
    return int(Event.objects.of(cast.city).filter(verb="outreach.activity.added").count())


def test_lines_written_together_stand_there_when_the_block_ends(cast: Cast) -> None:
    with transaction.atomic(), lines_together():
        activity(cast, code="one")
        activity(cast, code="two")
        assert lines(cast) == 0
    assert lines(cast) == 2


def test_a_load_that_fails_keeps_neither_acts_nor_lines(cast: Cast) -> None:
    with suppress(ValueError), transaction.atomic(), lines_together():
        activity(cast, code="one")
        raise ValueError
    assert lines(cast) == 0
    record("outreach.activity.added", city=cast.city, by=None, at=NOW)
    assert lines(cast) == 1


def test_outside_a_transaction_no_lines_are_held_back() -> None:
    with pytest.raises(transaction.TransactionManagementError), lines_together():
        raise AssertionError


def test_memberships_are_read_once_within_the_block_and_each_time_outside(cast: Cast) -> None:
    with (
        memberships_known(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        held = [viewer_of(cast.officer, cast.city) for _time in range(3)]
    assert (len(asked), len({one.role for one in held})) == (1, 1)
    Membership.objects.of(cast.city).filter(user=cast.officer).update(withdrawn_at=NOW)
    assert viewer_of(cast.officer, cast.city).role is None
