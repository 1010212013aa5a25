"""Claims in the making, and what the reader remembers of those just made."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class Draft(NamedTuple):
    """A claim in the making: the number stands at ``start``-``end`` of the restored text, its words begin at ``opens``.

    ``head`` is the bare noun an elided neighbour may borrow; ``inherits`` tells that this one borrowed its own.
    """

    start: int
    end: int
    class_name: str
    kind: str
    value: Decimal
    unit: str
    indicator: str = ""
    head: str = ""
    opens: int = -1
    closes: int = -1
    measure: str = ""
    approx: str | bool = False
    value_max: Decimal | None = None
    target: bool = False
    forecast: bool = False
    rank_scope: str | None = None
    period: str | None = None
    region: str | None = None
    derived: tuple[str, ...] = ()

    @property
    def is_money(self) -> bool:
        return self.unit not in {"percent", "count", "rank", "m2", "mu"}


@dataclass
class Memory:
    """What later clauses may leave unsaid."""

    money: dict[str, Draft] = field(default_factory=dict)
    count: Draft | None = None
    focus: Draft | None = None
    last: Draft | None = None
    topic: str | None = None
    rank_scope: str | None = None
    told: list[Draft] = field(default_factory=list)

    def keep(self, draft: Draft) -> None:
        """Remember a draft; targets and numbers of places never become what is spoken of."""
        self.last = draft
        if draft.kind == "level" and draft.unit == "count":
            self.count = draft
        elif draft.kind == "level" and draft.is_money:
            self.money[draft.unit] = draft
        if not draft.target:
            self.told.append(draft)
            if draft.class_name != "zones" or self.focus is None:
                self.focus = draft

    def last_money(self, unit: str) -> Draft | None:
        """The last amount in this currency, else the last amount."""
        return self.money.get(unit) or max(self.money.values(), key=lambda draft: draft.start, default=None)

    def aimed_at(self) -> Draft | None:
        """The target just named, if the last figure was one."""
        return self.last if self.last and self.last.target else None

    def last_percentage(self) -> Draft | None:
        """The last percentage told in this sentence."""
        return next((draft for draft in reversed(self.told) if draft.unit == "percent"), None)
