"""What waits for a person today: each room names its work in a module of its own here."""

from zhaoshang.desk.waiting import outreach
from zhaoshang.desk.waiting.task import Source, Task

SOURCES: tuple[Source, ...] = (outreach.tasks,)

__all__ = ["SOURCES", "Source", "Task"]
from zhaoshang.desk.waiting import leads
from zhaoshang.desk.waiting.task import Source

SOURCES: tuple[Source, ...] = (leads.tasks,)
from zhaoshang.desk.waiting import opportunities

SOURCES: tuple[Source, ...] = (opportunities.tasks,)

