"""What a reading consists of: claims, each with its words, its place in the original and how it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhaoshang.reading.restore import Restored


@dataclass(frozen=True)
class Claim:
    """One number mention that says something of an indicator.

    ``value`` is exact, in base units (yuan, m², percent, pieces; ``mu`` stays mu). ``start``-``end`` lie in the original text,
    ``restored_start``-``restored_end`` in the clean one. ``approx`` is False, "over", "about" or "under". ``derived`` tells what
    was not in the words themselves but taken from those round them.
    """

    quote: str
    start: int
    end: int
    indicator: str
    indicator_class: str
    value: Decimal
    unit: str
    approx: str | bool
    period: str | None
    region: str | None
    kind: str
    restored_start: int
    restored_end: int
    rank_scope: str | None = None
    target: bool = False
    forecast: bool = False
    value_max: Decimal | None = None
    optional: bool = False
    derived: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The claim in the gold's schema: absent extras are left out, whole numbers are int."""
        out: dict[str, object] = {
            "quote": self.quote, "start": self.start, "end": self.end, "indicator": self.indicator,
            "indicator_class": self.indicator_class, "value": _plain(self.value), "unit": self.unit, "approx": self.approx,
            "period": self.period, "region": self.region, "kind": self.kind,
        }  # fmt: skip
        if self.rank_scope is not None:
            out["rank_scope"] = self.rank_scope
        if self.value_max is not None:
            out["value_max"] = _plain(self.value_max)
        return out | {flag: True for flag in ("target", "forecast", "optional") if getattr(self, flag)}


@dataclass(frozen=True)
class Reading:
    """A text read: its clean form and the claims found in it, in the order of the text."""

    restored: Restored
    claims: list[Claim] = field(default_factory=list)

    def to_json(self, file: str | None = None) -> dict[str, Any]:
        """The command line's answer for one file."""
        return {"file": file, "restored": self.restored.text, "claims": [claim.to_json() for claim in self.claims]}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
