"""What an enterprise's card tells of it: each room tells its part in a module of its own here."""

from collections.abc import Sequence
from uuid import UUID

from zhaoshang.desk.firm_story import cards, matchmaking, outreach, projects, touches
from zhaoshang.desk.firm_story.telling import Teller
from zhaoshang.desk.story.line import Line
from zhaoshang.regions.access import Viewer

TELLERS: tuple[Teller, ...] = (cards.TELLER, projects.TELLER, touches.TELLER, outreach.TELLER, matchmaking.TELLER)
SHOWN = 60


def story_of(family: Sequence[UUID], viewer: Viewer) -> list[Line]:
    """The lines of all rooms, latest first. Each room asks its own few queries."""
    lines = [line for teller in TELLERS for line in teller.lines(family, viewer)]
    return sorted(lines, key=lambda line: line.on, reverse=True)[:SHOWN]
