"""What waits for a person today: each room names its work in a module of its own here."""

from zhaoshang.desk.waiting import meetings
from zhaoshang.desk.waiting.task import Source

SOURCES: tuple[Source, ...] = (meetings.tasks,)
