"""How hard the doors are held: brakes, sessions, second factors. Dated data, read once a process; an installation brings its own file."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings


class BadPolicy(Exception):
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
class Policy:
    """The policy from ``valid_from`` on."""

    valid_from: date
    title: str
    title_en: str
    source: str
    brakes: dict[str, Rate]


def read_policies(text: str) -> tuple[Policy, ...]:
    """The policies of a file, the oldest first. Raises :class:`BadPolicy`."""
    try:
        return tuple(sorted((_policy(one) for one in tomllib.loads(text)["policy"]), key=lambda one: one.valid_from))
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadPolicy(f"{type(wrong).__name__}: {wrong}") from wrong


def _policy(given: dict[str, Any]) -> Policy:
    brakes = {door: Rate(int(one["at_once"]), float(one["every"])) for door, one in given["brakes"].items()}
    if wrong := [door for door, rate in brakes.items() if rate.at_once < 1 or rate.step_ms < 1]:
        raise ValueError(f"at_once and every must be positive: {', '.join(wrong)}")
    if not isinstance(given["valid_from"], date):
        raise TypeError("valid_from must be a date")
    return Policy(
        valid_from=given["valid_from"],
        title=str(given["title"]),
        title_en=str(given["title_en"]),
        source=str(given["source"]),
        brakes=brakes,
    )


@cache
def _held(path: str) -> tuple[Policy, ...]:
    shipped = files("zhaoshang.people").joinpath("samples/safety.toml").read_text("utf-8")
    return read_policies(Path(path).read_text("utf-8") if path else shipped)


def policy_on(day: date | None = None) -> Policy:
    """The policy in force on ``day`` (today, by our own clock and never by a sample city's); before the first, the first."""
    day = day or datetime.now(UTC).date()
    held = _held(str(settings.SAFETY_FILE))
    return max((one for one in held if one.valid_from <= day), key=lambda one: one.valid_from, default=held[0])
