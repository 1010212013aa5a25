"""Brakes: so many at once, one more now and then; counted in the database for one address, account or key, and for nobody else."""

from functools import partial

import pytest
from cast import Cast, assemble
from concurrency.crowd import at_once
from django.core.cache import cache
from django.test import RequestFactory

from zhaoshang.common.hops import networks, sender
from zhaoshang.people.brakes import address_of, give_back, take
from zhaoshang.people.models import Brake
from zhaoshang.people.safety import BadPolicy, Rate, policy_on, read_policies

RATE = Rate(at_once=3, every=10)
OURS = networks("127.0.0.1, 10.0.0.0/8, ::1")


def knock(cast: Cast, who: str = "192.0.2.1", now: float = 1_000_000.0, rate: Rate = RATE) -> int:
    return take(city=cast.city, door="login", who=who, rate=rate, now=now)


@pytest.mark.case("A2")
def test_so_many_at_once_then_one_more_after_its_time_and_the_neighbour_not_at_all(cast: Cast) -> None:
    assert [knock(cast) for _ in range(5)] == [0, 0, 0, 10, 10]
    cache.clear()  # what a restart forgets
    assert [knock(cast, now=1_000_009.0), knock(cast, now=1_000_010.0), knock(cast, now=1_000_010.0)] == [1, 0, 10]
    assert knock(cast, who="192.0.2.2") == 0


def test_after_a_while_everything_is_back_and_never_more_than_that(cast: Cast) -> None:
    for _ in range(3):
        knock(cast)
    assert [knock(cast, now=2_000_000.0) for _ in range(4)] == [0, 0, 0, 10]


def test_what_turned_out_well_is_given_back(cast: Cast) -> None:
    for _ in range(10):
        assert knock(cast) == 0
        give_back(city=cast.city, door="login", who="192.0.2.1", rate=RATE)


def test_who_knocked_is_not_written_down_and_forgotten_when_it_no_longer_counts(cast: Cast) -> None:
    knock(cast)
    knock(cast, who="192.0.2.2", now=1_010_000.0)
    (held,) = Brake.objects.of(cast.city)
    assert "192.0" not in held.who and len(held.who) == 32


@pytest.mark.django_db(transaction=True)
@pytest.mark.case("A2")
def test_eight_at_once_cannot_take_more_than_there_is() -> None:
    cast = assemble()
    for again in range(3):
        answers = at_once([partial(knock, cast, who=f"192.0.2.{again}")] * 8)
        assert sorted(answers) == [0, 0, 0, 10, 10, 10, 10, 10]


@pytest.mark.case("A2")
@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # a stranger's own word
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # what was forged stands further left
        ("127.0.0.1", "203.0.113.9, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, rubbish", "unknown"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("", "198.51.100.7", "unknown"),
    ],
)
def test_only_what_our_own_proxies_added_is_believed(peer: str, forwarded: str, counted: str) -> None:
    assert sender(peer, forwarded, OURS) == counted


@pytest.mark.case("A2")
def test_without_proxies_of_our_own_no_header_is_believed() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert address_of(request) == "192.0.2.1"


@pytest.mark.case("A2")
def test_the_sample_policy_lets_no_address_fail_more_than_twenty_times_in_any_hour() -> None:
    rate = policy_on().brakes["login"]
    assert rate.at_once + 3600 / rate.every <= 20


@pytest.mark.parametrize(
    "wrong", ["", "[[policy]]", "policy = 3", "[[policy]]\nvalid_from = 2022-01-01\n[policy.brakes]\nx = 1"]
)
def test_a_policy_that_cannot_be_used_is_refused(wrong: str) -> None:
    with pytest.raises(BadPolicy):
        read_policies(wrong)
