"""The lists whose filters and order a person may keep as a view: the right that opens each, and what its address knows.

Written once, below the doors: pages read their filters from it, and page and API save views by it. Plain Python.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zhaoshang.common.problems import N_
from zhaoshang.people.rules import Can

LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list page. ``filters``: the parameters of its address, without its place."""

    label: str
    needs: Can
    filters: tuple[str, ...]


# By the name of the page's address in the desk.
LISTS = {
    "project_list": KeptList(
        N_("项目"),
        Can.READ_PAYMENTS,
        (
            "unit",
            "q",
            "industry",
            "campaign",
            "promotion",
            "construction",
            "standing",
            "lacks",
            "sort",
            "chain",
            "whose",
        ),
    ),
    "lead_list": KeptList(N_("线索"), Can.READ_LEADS, ("state", "came_by", "unit", "q", "late")),
    "payment_list": KeptList(
        N_("到账"), Can.READ_PAYMENTS, ("unit", "month", "standing", "project", "kind", "source", "batch")
    ),
    "opportunity_list": KeptList(
        N_("招商条目"), Can.READ_OPPORTUNITIES, ("kind", "unit", "industry", "offer", "steward", "due", "q")
    ),
    "enterprise_list": KeptList(N_("企业"), Can.READ_PAYMENTS, ("q", "ownership", "industry", "region")),
}
OPENED_BY = tuple(sorted({one.needs for one in LISTS.values()}))


def kept(page: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of an address's parameters those that the list goes by, the blank ones left out."""
    known = LISTS[page].filters
    return [(name, text.strip()[:LONGEST_VALUE]) for name, text in pairs if name in known and text.strip()]


def gone(page: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The names in a saved view that its list goes by no longer."""
    return sorted({name for name, _ in pairs} - set(LISTS[page].filters))
