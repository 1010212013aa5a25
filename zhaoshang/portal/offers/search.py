"""What an address asks of the entries, and the rows that answer it. Nothing but ``Opportunity.listed`` decides what is on offer."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.http import QueryDict
from django.utils.translation import gettext as _

from zhaoshang.common.money import WAN, YI
from zhaoshang.common.problems import N_
from zhaoshang.opportunities.fields.sets import WAYS
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import KIND_LABELS, Kind, to_dm2
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.reading.typed import m2_typed, yuan_typed
from zhaoshang.tenancy.models import City

LONGEST_TEXT = 80
MOST_WORDS = 6
NAMES = (
    "kind",
    "q",
    "unit",
    "industry",
    "way",
    "area_from",
    "area_to",
    "amount_from",
    "amount_to",
    "price_from",
    "price_to",
)


@dataclass(frozen=True, slots=True)
class Bound:
    """What can be bounded, by numbers of ``unit`` or of the unit typed (``5亿``, ``50亩``). ``of``: yuan or m² in ``unit``."""

    label: str
    unit: str
    of: int
    typed: Callable[..., Decimal | None]

    def read(self, text: str) -> Decimal | None:
        """In ``unit``; None for what is not one such number."""
        found = self.typed(text, bare=self.of)
        return None if found is None else found / self.of


BOUNDS = {
    "area": Bound(N_("面积"), N_("平方米"), 1, m2_typed),
    "amount": Bound(N_("总投资"), N_("亿元"), 10**8, yuan_typed),
    "price": Bound(N_("起始价"), N_("万元"), 10**4, yuan_typed),
}
SORTS = {
    "newest": N_("最新发布"),
    "checked": N_("最近核实"),
    "area": N_("面积从小到大"),
    "-area": N_("面积从大到小"),
    "amount": N_("投资从小到大"),
    "-amount": N_("投资从大到小"),
    "price": N_("起始价从低到高"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of an address that can be used, those that cannot (name → what was typed), and the order wanted."""

    said: dict[str, str]
    numbers: dict[str, Decimal]
    faults: dict[str, str]
    sort: str
    language: str

    @classmethod
    def read(cls, query: QueryDict, language: str) -> "Asked":
        """From the address; unknown names are left out, so a link with somebody's tracking in it still works."""
        said = {name: text for name in NAMES if (text := query.get(name, "").strip()[:LONGEST_TEXT])}
        known: dict[str, Collection[str]] = {"kind": set(Kind), "industry": set(INDUSTRIES), "way": set(WAYS)}
        faults = {name: said.pop(name) for name, values in known.items() if name in said and said[name] not in values}
        numbers = {}
        for name in [name for name in said if name.partition("_")[0] in BOUNDS]:
            number = BOUNDS[name.partition("_")[0]].read(said[name])
            if number is None:
                faults[name] = said.pop(name)
            else:
                numbers[name] = number
        sort = query.get("sort", "")
        return cls(said, numbers, faults, sort if sort in SORTS else "newest", language)

    def query(self, **changed: str) -> str:
        """The query of an address with these conditions, some of them changed; an empty one goes."""
        held = self.said | ({"sort": self.sort} if self.sort != "newest" else {})
        wanted = {"lang": self.language, **held, **changed}
        return urlencode({name: text for name, text in wanted.items() if text})

    def chips(self, units: dict[str, str]) -> list[dict[str, str]]:
        """The conditions in words, each with the query that drops it."""
        words: dict[str, Callable[[str], str]] = {
            "kind": lambda text: _(KIND_LABELS[Kind(text)]),
            "unit": lambda text: units.get(text, text),
            "industry": lambda text: _(INDUSTRIES[text]),
            "way": lambda text: _(WAYS[text]),
            "q": lambda text: f"“{text}”",
        }
        return [
            {
                "text": words[name](text) if name in words else bound_words(name, self.numbers[name]),
                "href": f"?{self.query(**{name: ''})}",
            }
            for name, text in self.said.items()
        ]

    def complaints(self) -> list[str]:
        """What could not be used, and why."""
        return [
            _("“%(typed)s”读不出数，没有用作条件。请写一个数，如 5、5亿、3000万、50亩。") % {"typed": typed}
            if name.partition("_")[0] in BOUNDS
            else _("没有“%(typed)s”这一项，没有用作条件。") % {"typed": typed}
            for name, typed in self.faults.items()
        ]


def bound_words(name: str, number: Decimal) -> str:
    """面积 ≥ 5,000 平方米."""
    what, _end, way = name.partition("_")
    bound = BOUNDS[what]
    shown = f"{number:,.4f}".rstrip("0").rstrip(".")
    return f"{_(bound.label)} {'≥' if way == 'from' else '≤'} {shown} {_(bound.unit)}"


def answering(city: City, asked: Asked, at: datetime, *, any_kind: bool = False) -> "QuerySet[Opportunity]":
    """The listed entries that answer, in the order asked for; ``any_kind`` leaves the kind open, for counting."""
    rows = Opportunity.objects.listed(city, at).select_related("unit")
    for name in ("kind", "industry"):
        if name in asked.said and not (name == "kind" and any_kind):
            rows = rows.filter(**{name: asked.said[name]})
    if unit := asked.said.get("unit"):
        rows = rows.filter(unit__isnull=True) if unit == "city" else rows.filter(unit__code=unit)
    if way := asked.said.get("way"):
        rows = rows.filter(fields__way__icontains=f'"{way}"')
    for name, number in asked.numbers.items():
        rows = rows.filter(_bound(name, number))
    for word in asked.said.get("q", "").split()[:MOST_WORDS]:
        rows = rows.filter(_named(word))
    return rows.order_by(*_order(asked.sort))


def _bound(name: str, number: Decimal) -> Q:
    what, _end, way = name.partition("_")
    column, value = {
        "area": ("area_dm2", to_dm2(number)),
        "amount": ("amount_fen", int(number * YI)),
        "price": ("fields__starting_price", int(number * WAN)),
    }[what]
    most = 2**62  # what a column of 64 bits can be compared with
    return Q(**{f"{column}__{'gte' if way == 'from' else 'lte'}": min(value or 0, most)})


def _named(word: str) -> Q:
    found = Q(code__istartswith=word)
    for name in ("title", "title_en", "summary", "summary_en"):
        found |= Q(**{f"{name}__icontains": word})
    return found


def _order(sort: str) -> tuple[Any, ...]:
    what = sort.removeprefix("-")
    column: Any = {
        "area": F("area_dm2"),
        "amount": F("amount_fen"),
        "price": KeyTransform("starting_price", "fields"),
    }.get(what)
    if column is None:
        return ("-checked_on" if sort == "checked" else "-published_at", "code")
    return (column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True), "code")
