"""What happened to one project and what was promised: each room tells its lines in a module of its own here."""

from zhaoshang.desk.story import duties
from zhaoshang.desk.story.line import Teller

TELLERS: tuple[Teller, ...] = (duties.lines,)
