"""“What are you looking for”: entries ranked by what they meet, with the reasons."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import to_fen
from zhaoshang.opportunities.matching import REASONS, Match, Offer, Wish, ranked
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.portal.offers.search import NUMBER
from zhaoshang.portal.offers.views import cards_of
from zhaoshang.portal.pages import Links, public_page, render_public
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import named

SHOWN = 12
NAMES = ("industry", "unit", "land", "budget", "power")


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", "").replace("，", "")
    return Decimal(plain) if NUMBER.fullmatch(plain) else None


def wish_of(said: dict[str, str]) -> tuple[Wish, list[str]]:
    """What was said (land in mu, investment in 亿元), and what of it could not be read."""
    numbers = {name: _number(said[name]) for name in ("land", "budget") if name in said}
    land, budget = numbers.get("land"), numbers.get("budget")
    wish = Wish(
        industry=said.get("industry", "") if said.get("industry") in INDUSTRIES else "",
        unit=said.get("unit", ""),
        land_m2=land * 10_000 / 15 if land else None,
        budget_fen=to_fen(budget, "亿元") if budget else None,
        power=said.get("power") == "1",
    )
    return wish, [said[name] for name, number in numbers.items() if number is None]


def offer_of(entry: Opportunity) -> Offer:
    """An entry as it is held against a wish: public fields only."""
    unit = entry.unit.code if entry.unit else ""
    return Offer(entry.code, entry.industry, unit, entry.area_m2, entry.amount_fen, entry.public_fields)


@public_page
def match(request: HttpRequest) -> HttpResponse:
    """Entries for what the address says is looked for."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    said = {name: text for name in NAMES if (text := request.GET.get(name, "").strip()[:20])}
    wish, unread = wish_of(said)
    entries = {one.code: one for one in Opportunity.objects.listed(city, at).select_related("unit")} if said else {}
    found = ranked(wish, map(offer_of, entries.values()))
    best = found[:SHOWN]
    cards = cards_of(city, [entries[one.offer.code] for one in best], at, link) if best else []
    everything = ("", _("不限"))
    given = {
        "said": said,
        "language": link.asked,
        "unread": unread,
        "total": len(found),
        "cards": [{**card, **_reasons(one)} for card, one in zip(cards, best, strict=True)],
        "industries": [everything, *((key, _(text)) for key, text in INDUSTRIES.items())],
        "units": [everything, *((unit.code, named(unit)) for unit in ReportingUnit.objects.of(city))],
    }
    return render_public(request, "portal/offers/match.html", given)


def _reasons(one: Match) -> dict[str, Any]:
    return {"met": [_(REASONS[name]) for name in one.met], "missed": [_(REASONS[name]) for name in one.missed]}
