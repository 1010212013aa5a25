"""What happened to one project and what was promised: each room tells its lines in a module of its own here."""

from zhaoshang.desk.story import (
    leads,
    opportunities,
    outreach,
    talks,
)
from zhaoshang.desk.story.line import Line, Teller

TELLERS: tuple[Teller, ...] = (
    leads.lines,
    opportunities.lines,
    outreach.lines,
    talks.lines,
)

__all__ = ["TELLERS", "Line", "Teller"]
