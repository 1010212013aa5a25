"""What happened and what was promised with investors of a region of origin: each room tells its lines in a module of its own here."""

from collections.abc import Callable, Iterable, Sequence

from zhaoshang.desk.origin_story import leads, outreach, touches
from zhaoshang.desk.story.line import Line
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import OriginPart

Teller = Callable[[Sequence[OriginPart], Viewer], Iterable[Line]]
TELLERS: tuple[Teller, ...] = (touches.lines, outreach.lines, leads.lines)


def story_of(parts: Sequence[OriginPart], viewer: Viewer) -> list[Line]:
    """The lines of all rooms, latest first."""
    return sorted((line for tell in TELLERS for line in tell(parts, viewer)), key=lambda line: line.on, reverse=True)
