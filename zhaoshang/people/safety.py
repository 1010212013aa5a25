"""How hard the doors are held: brakes, sessions, second factors. Dated data, read once a process; an installation brings its own file."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhaoshang.people.rules import Role
from zhaoshang.tenancy.clock import true_now

_SPANS = ("idle_minutes", "longest_hours", "proof_minutes", "temporary_password_hours")


DOORS = frozenset({"login", "told", "code", "proof", "receipt", "write", "save", "api"})


class BadPolicy(ValueError):
    """The file of the safety policy cannot be used; says why."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What a brake lets through: ``at_once``, then one more every ``every`` seconds."""

    at_once: int
    every: float

    @property
    def step_ms(self) -> int:
        """The time that one costs, in milliseconds."""
        return round(self.every * 1000)


@dataclass(frozen=True, slots=True)
class Lock:
    """After ``wrong_passwords`` without a right one between them an account is locked: until the security administrator opens it where
    ``until_opened``, else for ``minutes``, which are also the time within which wrong ones are counted. A sample city's ends by itself."""

    wrong_passwords: int = 5
    minutes: int = 15
    until_opened: bool = False

    def ends_by_itself(self, *, sample: bool) -> bool:
        """Whether nobody has to open it."""
        return sample or not self.until_opened


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy from ``valid_from`` on."""

    valid_from: date
    title: str
    title_en: str
    source: str
    brakes: dict[str, Rate]
    idle_minutes: int
    longest_hours: int
    proof_minutes: int
    temporary_password_hours: int
    roles_with_second_factor: frozenset[Role]
    in_sample_cities: bool
    lock: Lock

    def asks_second_factor(self, role: Role, *, sample: bool) -> bool:
        """Whether the role may do nothing without a second factor, in a sample city or in a real one."""
        return role in self.roles_with_second_factor and (self.in_sample_cities or not sample)


def read_policies(text: str) -> tuple[Policy, ...]:
    """The policies of a file, the oldest first. Raises :class:`BadPolicy`."""
    try:
        found = sorted((_policy(one) for one in tomllib.loads(text)["policy"]), key=lambda one: one.valid_from)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as wrong:
        raise BadPolicy(f"{type(wrong).__name__}: {wrong}") from wrong
    if not found:
        raise BadPolicy("no [[policy]]")
    return tuple(found)


def _policy(given: dict[str, Any]) -> Policy:
    brakes = {door: Rate(int(one["at_once"]), float(one["every"])) for door, one in given["brakes"].items()}
    if wrong := [door for door, rate in brakes.items() if rate.at_once < 1 or rate.step_ms < 1]:
        raise ValueError(f"at_once and every must be positive: {', '.join(wrong)}")
    if lacking := sorted(DOORS - brakes.keys()):
        raise ValueError(f"policy.brakes lacks {', '.join(lacking)}")
    if type(given["valid_from"]) is not date:
        raise TypeError("valid_from must be a date")
    return Policy(
        valid_from=given["valid_from"],
        title=str(given["title"]),
        title_en=str(given["title_en"]),
        source=str(given["source"]),
        brakes=brakes,
        **_positive(given["session"]),
        roles_with_second_factor=frozenset(Role(one) for one in given["second_factor"]["roles"]),
        in_sample_cities=bool(given["second_factor"]["sample_cities"]),
        lock=_lock(given.get("lock", {})),
    )


def _lock(given: dict[str, Any]) -> Lock:
    """As it was before there was a word on it, where a policy has none."""
    found = Lock(**given)
    for number in (found.wrong_passwords, found.minutes):
        if type(number) is not int or number < 1:
            raise ValueError("policy.lock: wrong_passwords and minutes must be positive")
    if type(found.until_opened) is not bool:
        raise ValueError("policy.lock: until_opened must be true or false")
    return found


def _positive(given: dict[str, Any]) -> dict[str, int]:
    found = {name: int(given[name]) for name in _SPANS}
    if wrong := [name for name, number in found.items() if number < 1]:
        raise ValueError(f"must be positive: {', '.join(wrong)}")
    return found


@cache
def _held(path: str) -> tuple[Policy, ...]:
    """Raises :class:`BadPolicy`, naming the installation's file."""
    if not path:
        return read_policies(files("zhaoshang.people").joinpath("samples/safety.toml").read_text("utf-8"))
    try:
        return read_policies(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as wrong:
        raise BadPolicy(f"ZHAOSHANG_SAFETY={path}: {wrong}") from wrong


def policy_on(day: date | None = None) -> Policy:
    """The policy in force on ``day`` (today, by our own clock and never by a sample city's); before the first, the first."""
    day = day or timezone.localdate(true_now())
    held = _held(str(settings.SAFETY_FILE))
    return max((one for one in held if one.valid_from <= day), key=lambda one: one.valid_from, default=held[0])
