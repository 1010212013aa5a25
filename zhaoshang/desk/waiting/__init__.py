"""What waits for a person today: each room names its work in a module of its own here."""

from zhaoshang.desk.waiting import opportunities
from zhaoshang.desk.waiting.task import Source, Task

SOURCES: tuple[Source, ...] = (opportunities.tasks,)

__all__ = ["SOURCES", "Source", "Task"]
