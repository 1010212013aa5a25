"""What the room's actions refuse, by name."""

from collections.abc import Sequence

from zhaoshang.outreach.models import Meeting


class CodeTaken(Exception):
    """Another trip or activity of the city has this code."""


class ReasonMissing(Exception):
    """Say why."""


class Empty(Exception):
    """What is to be told is empty: minutes, a report, an answer, a note."""


class NotYet(Exception):
    """The day lies in the future; what has not happened is not told."""


class WrongState(Exception):
    """It no longer stands where this can be done; somebody else may have been quicker."""


class SamePerson(Exception):
    """Who planned a trip does not approve it."""


class UnknownRank(Exception):
    """The ladder in force on the first day has no such rank."""


class NobodyLeads(Exception):
    """A delegation has somebody who leads it, and a trip goes somewhere."""


class OutsideTrip(Exception):
    """The meeting's day lies outside the trip's days."""


class MetAlready(Exception):
    """The same firm stands in this trip's programme, or was met just before: say so again to plan it all the same. ``held``: those."""

    def __init__(self, held: Sequence[Meeting]) -> None:
        self.held = tuple(held)
        super().__init__("、".join(f"{one.day} {one.party}" for one in held))


class SeatTaken(Exception):
    """Somebody else sits there."""


class LinkClosed(Exception):
    """The link is closed, has run out, or never was."""


class Full(Exception):
    """There is no seat left."""
