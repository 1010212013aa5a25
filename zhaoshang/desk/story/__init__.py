"""What happened to one project and what was promised: each room tells its lines in a module of its own here."""

from zhaoshang.desk.story import opportunities
from zhaoshang.desk.story.line import Line, Teller

TELLERS: tuple[Teller, ...] = (opportunities.lines,)

__all__ = ["TELLERS", "Line", "Teller"]
