"""Reading bulletins: any scraped text to clean Chinese, exact quantities, and claims that know where they stand in the original.

Plain Python: no Django, no project imports. See README.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from zhaoshang.reading.claims import Claim, Reading
from zhaoshang.reading.clauses import parse
from zhaoshang.reading.draft import Draft
from zhaoshang.reading.quantities import Quantity, quantities
from zhaoshang.reading.reader import drafts
from zhaoshang.reading.restore import Restored, restore

__all__ = ["Claim", "Quantity", "Reading", "Restored", "quantities", "read", "restore"]


def read(text: str, *, published: str | None = None, places: Iterable[str] = ()) -> Reading:
    """Restore a text and read its claims. ``published`` (YYYY-MM-DD) says which year «今年» is where the text does not;
    ``places`` are names of places that are no divisions of the state («长兴岛»).

    Any text is accepted; one without figures has no claims.
    """
    restored = restore(text)
    return Reading(restored, [_claim(restored, draft) for draft in drafts(parse(restored.text, published, places))])


def _claim(restored: Restored, draft: Draft) -> Claim:
    first = draft.start if draft.opens < 0 else min(draft.opens, draft.start)
    last = max(draft.closes, draft.end)
    start, end = restored.span(first, last)
    return Claim(
        restored.text[first:last], start, end, draft.indicator, draft.class_name, draft.value, draft.unit, draft.approx, draft.period,
        draft.region, draft.kind, first, last, draft.rank_scope, draft.target, draft.forecast, draft.value_max, derived=draft.derived,
    )  # fmt: skip
