"""How long a login holds: idle, at the longest, and how long a password just typed speaks for what weighs heavily. By our own clock.

What a session bears is written at its login. One without is over: nobody logged in to it.
"""

from django.contrib.sessions.backends.base import SessionBase

from zhaoshang.people.safety import policy_on
from zhaoshang.tenancy.clock import true_now

_NOTED_SECONDS = 60  # how exactly the last request is noted: a session is written once a minute, not with each request


def begin(session: SessionBase) -> None:
    """A login: it begins, was seen, and was proven, now."""
    now = int(true_now().timestamp())
    session.update({"began": now, "seen": now, "proved": now})


def is_over(session: SessionBase) -> bool:
    """Whether it lay idle too long, lasts too long, or the clock was set back behind it."""
    policy = policy_on()
    idle, age = _since(session, "seen"), _since(session, "began")
    return not (
        idle < policy.idle_minutes * 60 and age < policy.longest_hours * 3600 and min(idle, age) >= -_NOTED_SECONDS
    )


def touch(session: SessionBase) -> None:
    """Somebody is there."""
    if _since(session, "seen") >= _NOTED_SECONDS:
        session["seen"] = int(true_now().timestamp())


def prove(session: SessionBase) -> None:
    """The person has just shown again that it is they."""
    session["proved"] = int(true_now().timestamp())


def is_proven(session: SessionBase) -> bool:
    """Whether the last proof still speaks."""
    return -_NOTED_SECONDS <= _since(session, "proved") <= policy_on().proof_minutes * 60


def _since(session: SessionBase, name: str) -> float:
    return true_now().timestamp() - float(session.get(name, "-inf"))
