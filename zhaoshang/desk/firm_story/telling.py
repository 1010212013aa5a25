"""What a room tells of an enterprise on its card."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhaoshang.desk.story.line import Line
from zhaoshang.regions.access import Viewer


@dataclass(frozen=True, slots=True)
class Teller:
    """``lines``: what happened, for the ids of a card and of those that stand for it. ``follows``: the references to an enterprise that
    the room reads by those ids, ``app.Model.field``: a test holds that every one there is is followed, so that no merger loses anything.
    """

    lines: Callable[[Sequence[UUID], Viewer], Iterable[Line]]
    follows: frozenset[str]
