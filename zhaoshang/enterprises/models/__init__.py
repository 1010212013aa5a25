"""What is kept of enterprises."""

from zhaoshang.enterprises.models.firms import Contact, Enterprise, Merger
from zhaoshang.enterprises.models.notes import NoteReply, RiskNote
from zhaoshang.enterprises.models.soe import Relation, Roster, RosterEntry, Touch, TouchRule

__all__ = [
    "Contact",
    "Enterprise",
    "Merger",
    "NoteReply",
    "Relation",
    "RiskNote",
    "Roster",
    "RosterEntry",
    "Touch",
    "TouchRule",
]
