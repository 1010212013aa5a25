"""What waits for a person today: each room names its work in a module of its own here."""

from zhaoshang.desk.waiting import (
    contracts,
    duties,
    leads,
    meetings,
    opportunities,
    outreach,
    talks,
)
from zhaoshang.desk.waiting.task import Source, Task

SOURCES: tuple[Source, ...] = (
    contracts.tasks,
    duties.tasks,
    leads.tasks,
    meetings.tasks,
    opportunities.tasks,
    outreach.tasks,
    talks.tasks,
)

__all__ = ["SOURCES", "Source", "Task"]
