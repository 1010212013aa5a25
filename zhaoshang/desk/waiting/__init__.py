"""What waits for a person today: each room names its work in a module of its own here."""

from zhaoshang.desk.waiting import talks
from zhaoshang.desk.waiting.task import Source

SOURCES: tuple[Source, ...] = (talks.tasks,)
