"""One thing that waits for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from zhaoshang.regions.access import Viewer


@dataclass(frozen=True, slots=True)
class Task:
    """``label``: what kind of work; ``text``: what to do; ``href``: where; ``count``: how many, when many wait in one place.

    ``due_on``: the day by which it is to be done, if there is one."""

    label: str
    text: str
    href: str
    count: int = 1
    due_on: date | None = None


Source = Callable[[Viewer, date], Iterable[Task]]
