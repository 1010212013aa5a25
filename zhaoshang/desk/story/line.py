"""One line of a project's story."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer


@dataclass(frozen=True, slots=True)
class Line:
    """``on``: the day it belongs to; ``kind``: the room's word for such lines, in the reader's language; ``href``: where it opens."""

    on: date
    kind: str
    text: str
    who: str = ""
    href: str = ""
    promised: bool = False


Teller = Callable[[Project, Viewer], Iterable[Line]]
