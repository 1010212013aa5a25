"""What happened to one project and what was promised: each room tells its lines in a module of its own here."""

from zhaoshang.desk.story import outreach
from zhaoshang.desk.story.line import Line, Teller

TELLERS: tuple[Teller, ...] = (outreach.lines,)

__all__ = ["TELLERS", "Line", "Teller"]
from zhaoshang.desk.story import leads
from zhaoshang.desk.story.line import Teller

TELLERS: tuple[Teller, ...] = (leads.lines,)
from zhaoshang.desk.story import opportunities

TELLERS: tuple[Teller, ...] = (opportunities.lines,)

