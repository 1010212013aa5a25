"""What happened to one project and what was promised: each room tells its lines in a module of its own here."""

from zhaoshang.desk.story import (
    contracts,
    duties,
    leads,
    opportunities,
    outreach,
    talks,
)
from zhaoshang.desk.story.line import Line, Teller

TELLERS: tuple[Teller, ...] = (
    contracts.lines,
    duties.lines,
    leads.lines,
    opportunities.lines,
    outreach.lines,
    talks.lines,
)

__all__ = ["TELLERS", "Line", "Teller"]
