"""Temporary."""

from architecture.test_permissions import GUARDED, _right, _visitors, undone
from architecture.addresses import address, call
from cast import Cast
from zhaoshang.people.rules import Role

NAMES = (
    "match",
    "pair",
    "claim_paper",
    "activity_lead",
    "changed_activity",
    "agenda",
    "registration",
    "guest_seat",
    "demand_link",
    "dropped_link",
    "phone",
    "new_step",
    "session_set",
    "away",
    "arranged",
    "seat",
    "plan",
    "weights",
    "suggested",
    "claim_step",
)


def test_mine(cast: Cast) -> None:
    visitors, told = _visitors(cast), {}
    for route in GUARDED:
        door, _c, name = route.name.partition(":")
        if not any(name == n or name.startswith(("match", "pair")) or name.endswith("weights") for n in NAMES):
            continue
        for own in (True, False):
            with undone():
                path, owned = address(route, cast, own)
                for role, client in visitors.items():
                    with undone():
                        status = call(client, route, path)
                    if not _right(route, role, owned and not own and role == Role.OFFICER, status):
                        told[f"{route.verb} {route.name} as {role}, {'own' if own else 'other'} unit"] = status
    assert told == {}
