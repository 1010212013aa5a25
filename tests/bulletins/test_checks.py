"""Checks are kept as they came out, can be looked at again later, and never change."""

import pytest
from cast import NOW, YI, Cast
from dictionary import Dictionary
from django.db import Error, transaction

from bulletins.conftest import held_against
from zhaoshang.bulletins.actions import LONGEST_TEXT, NoText, TextTooLong, check_again, check_text
from zhaoshang.bulletins.models import TextCheck
from zhaoshang.bulletins.queries import changes_since, check_for
from zhaoshang.people.models import Event
from zhaoshang.regions.access import viewer_of

TEXT = "2023年一季度，全市到位内资10亿元，同比增长66.7%。"


def test_a_check_is_kept_with_who_when_and_the_chain_it_was_held_against(told: Dictionary, cast: Cast) -> None:
    kept = check_text(city=cast.city, text=TEXT, by=cast.leader, at=NOW)
    again = TextCheck.objects.of(cast.city).get(pk=kept.pk)
    assert (again.confirmed, again.differs, again.ledger_seq, again.checked_by) == (2, 0, 6, cast.leader)
    assert (again.result, len(again.ledger_digest)) == (held_against(cast, TEXT).to_json(), 64)
    assert Event.objects.of(cast.city).filter(verb="bulletins.text.checked", about_id=str(kept.pk)).count() == 1


def test_a_check_not_to_be_kept_leaves_nothing(told: Dictionary, cast: Cast) -> None:
    events = Event.objects.of(cast.city).count()
    assert check_text(city=cast.city, text=TEXT, by=cast.leader, at=NOW, keep=False).confirmed == 2
    assert (TextCheck.objects.of(cast.city).count(), Event.objects.of(cast.city).count()) == (0, events)


def test_looking_again_after_the_account_moved_shows_what_changed_and_leaves_the_first(
    told: Dictionary, cast: Cast
) -> None:
    first = check_text(city=cast.city, text=TEXT, by=cast.leader, at=NOW)
    cast.verified(amount_fen=2 * YI)
    second = check_again(earlier=first, by=cast.statistician, at=NOW)
    assert [(one.number, one.before["verdict"], one.now["verdict"]) for one in changes_since(second)] == [
        (0, "confirmed", "differs"),
        (1, "confirmed", "differs"),
    ]
    assert TextCheck.objects.of(cast.city).get(pk=first.pk).confirmed == 2


@pytest.mark.parametrize("change", [{"confirmed": 9}, {"text": "x"}, {"result": {}}])
def test_the_database_refuses_to_change_a_kept_check(change: dict[str, object], told: Dictionary, cast: Cast) -> None:
    kept = check_text(city=cast.city, text=TEXT, by=cast.leader, at=NOW)
    with pytest.raises(Error), transaction.atomic():
        TextCheck.objects.of(cast.city).filter(pk=kept.pk).update(**change)


def test_an_officer_finds_only_own_checks(told: Dictionary, cast: Cast) -> None:
    kept = check_text(city=cast.city, text=TEXT, by=cast.officer, at=NOW)
    assert check_for(viewer_of(cast.officer, cast.city), kept.pk) == kept
    assert check_for(viewer_of(cast.verifier, cast.city), kept.pk) == kept
    with pytest.raises(TextCheck.DoesNotExist):
        check_for(viewer_of(cast.other_officer, cast.city), kept.pk)


def test_nothing_and_too_much_are_refused_by_name(told: Dictionary, cast: Cast) -> None:
    with pytest.raises(NoText):
        check_text(city=cast.city, text=" \n", by=cast.leader, at=NOW)
    with pytest.raises(TextTooLong):
        check_text(city=cast.city, text="字" * (LONGEST_TEXT + 1), by=cast.leader, at=NOW)
