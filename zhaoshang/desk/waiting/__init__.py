"""What waits for a person today: each room names its work in a module of its own here."""

from zhaoshang.desk.waiting import (
    leads,
    opportunities,
    outreach,
    talks,
)
from zhaoshang.desk.waiting.task import Source, Task

SOURCES: tuple[Source, ...] = (
    leads.tasks,
    opportunities.tasks,
    outreach.tasks,
    talks.tasks,
)

__all__ = ["SOURCES", "Source", "Task"]
