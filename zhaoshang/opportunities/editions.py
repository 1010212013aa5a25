"""What an edition says, as plain JSON: entries by list, totals by list, what changed since the last one. Pure: no Django, no clock.

The frozen form is the one source of page, Word, PDF and workbook. Totals are summed from its entries whenever they are asked for.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhaoshang.common.problems import N_

Row = Mapping[str, Any]
COMPARED = ("title", "unit", "summary", "industry", "amount_fen", "area_m2", "expires_on", "outline_m2")
WHY_LABELS = {
    "taken": N_("已落定"),
    "expired": N_("已过有效期"),
    "closed": N_("已撤下"),
    "left_out": N_("本期未选入"),
}
PART_LABELS = {"guide": N_("指南"), "one": N_("清单一"), "two": N_("清单二")}


@dataclass(frozen=True, slots=True)
class Total:
    """What entries come to: how many, of which kinds, their investment in fen and stated area in m²."""

    count: int
    by_kind: Mapping[str, int]
    amount_fen: int
    area_m2: Decimal


def total_of(rows: Iterable[Row]) -> Total:
    """The sum of entries."""
    held = list(rows)
    return Total(
        len(held),
        Counter(row["kind"] for row in held),
        sum(row["amount_fen"] or 0 for row in held),
        sum((Decimal(row["area_m2"]) for row in held if row["area_m2"]), Decimal(0)),
    )


def entries_in(frozen: Row) -> list[Row]:
    """Every entry, in the order of the lists."""
    return [row for one in frozen["lists"] for row in one["entries"]]


def digest_of(frozen: Row) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def difference(before: Row | None, lists: Sequence[Row], why: Mapping[str, str]) -> dict[str, Any]:
    """What is new, gone (``why``: code → key of :data:`WHY_LABELS`) and changed since the edition ``before`` (None: nothing to compare)."""
    if before is None:
        return {"before": None, "added": [], "gone": [], "changed": []}
    old = {row["code"]: row for row in entries_in(before)}
    new = {row["code"]: row for one in lists for row in one["entries"]}
    changed = [(new[code], _changes(old[code], new[code])) for code in new if code in old]
    return {
        "before": before["number"],
        "added": [_named(row) for code, row in new.items() if code not in old],
        "gone": [{**_named(row), "why": why.get(code, "left_out")} for code, row in old.items() if code not in new],
        "changed": [{**_named(row), "changes": found} for row, found in changed if found],
    }


def _named(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("code", "kind", "title", "title_en")}


def _changes(old: Row, new: Row) -> list[dict[str, Any]]:
    found = [{"name": name, "before": old[name], "after": new[name]} for name in COMPARED if old[name] != new[name]]
    names = [*new["fields"], *(name for name in old["fields"] if name not in new["fields"])]
    return found + [
        {"name": name, "before": old["fields"].get(name), "after": new["fields"].get(name)}
        for name in names
        if old["fields"].get(name) != new["fields"].get(name)
    ]
