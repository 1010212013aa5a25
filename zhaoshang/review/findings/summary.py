"""What waits, by kind: the most severe and the most expensive first, a handful of lines for hundreds of findings."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from zhaoshang.duties.rules import Superior
from zhaoshang.review.findings.kinds import BY_CODE

_TOLD = ("", *Superior)


@dataclass(slots=True)
class Pile:
    """Findings of one kind: how many, of them how many the leaders are told of, and the highest superior told of any.

    ``at_stake_fen``: the amounts that the findings are about; it orders piles and is no figure.
    """

    kind: str
    count: int = 0
    for_leaders: int = 0
    told: int = 0
    at_stake_fen: int = 0

    def _severity(self) -> tuple[bool, int, int, int]:
        return self.kind in BY_CODE and BY_CODE[self.kind].about_figures, self.told, self.at_stake_fen, self.count


def by_kind(rows: Any) -> list[Pile]:
    """Piles of a queryset of findings: doubts about figures first, then by who is told, then by the amounts at stake. One query."""
    piles: dict[str, Pile] = {}
    counted = rows.order_by().values_list("kind", "superior")
    for kind, superior, count, fen in counted.annotate(Count("id"), Sum("at_stake_fen")):
        pile = piles.setdefault(kind, Pile(kind))
        pile.count += count
        pile.at_stake_fen += fen
        pile.told = max(pile.told, _TOLD.index(superior))
        pile.for_leaders += count if superior == Superior.LEADER else 0
    return sorted(piles.values(), key=Pile._severity, reverse=True)
