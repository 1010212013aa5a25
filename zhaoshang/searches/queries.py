"""Reading saved searches: by their link, what is new for them, how many there are."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.opportunities.matching import REASONS, Match, Offer, ranked
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.outreach.links import digest
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.reading.typed import M2_PER_MU
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.searches.models import Notice, SavedSearch, ToldEntry
from zhaoshang.searches.rules import Standing, fits, numbers_of, wish_of
from zhaoshang.tenancy.models import City

RECENT_DAYS = 30
_STANDINGS = {
    Standing.WAITING: Q(erased_at__isnull=True, confirmed_at__isnull=True),
    Standing.ACTIVE: Q(erased_at__isnull=True, confirmed_at__isnull=False),
    Standing.ERASED: Q(erased_at__isnull=False),
}


def offer_of(entry: Opportunity) -> Offer:
    """An entry as it is held against a wish: public fields only."""
    unit = entry.unit.code if entry.unit else ""
    return Offer(entry.code, entry.industry, unit, entry.area_m2, entry.amount_fen, entry.public_fields)


def search_by_link(city: City, told: str) -> SavedSearch:
    """The search that the link opens. Raises ``SavedSearch.DoesNotExist``."""
    found: SavedSearch = SavedSearch.objects.of(city).select_related("city").get(link_digest=digest(told))
    return found


def in_words(city: City, said: dict[str, str]) -> list[str]:
    """The conditions of a search in words of the present language."""
    unit = ReportingUnit.objects.of(city).filter(code=said["unit"]).first() if "unit" in said else None
    english = (get_language() or "").startswith("en")
    land, budget = (numbers_of(said).get(name) for name in ("land", "budget"))
    words = {
        "industry": _(INDUSTRIES[said["industry"]]) if said.get("industry") in INDUSTRIES else "",
        "unit": (unit.name_en if english and unit.name_en else unit.name) if unit else "",
        "land": _("用地 %(mu)s 亩") % {"mu": f"{land / M2_PER_MU:.1f}".removesuffix(".0")} if land else "",
        "budget": _("投资额 %(yi)s 亿元") % {"yi": f"{(budget / 10**8).normalize():f}"} if budget else "",
        "power": _(REASONS["power"]) if said.get("power") == "1" else "",
    }
    return [text for text in words.values() if text]


def news_for(search: SavedSearch, at: datetime) -> list[tuple[Opportunity, Match]]:
    """Entries that fit, published since the search was confirmed and never told of; the best first."""
    told = ToldEntry.objects.of(search.city_id).filter(search=search).values("opportunity_id")
    rows = Opportunity.objects.listed(search.city, at).filter(published_at__gt=search.confirmed_at)
    entries = {one.code: one for one in rows.exclude(pk__in=told).select_related("unit")}
    found = ranked(wish_of(search.said)[0], map(offer_of, entries.values()))
    return [(entries[one.offer.code], one) for one in found if fits(one)]


def still_offered(notice: Notice, at: datetime) -> list[Opportunity]:
    """The entries of a mail that are on offer when it is sent, as they were ranked."""
    told = list(ToldEntry.objects.of(notice.city_id).filter(notice=notice).order_by("id").values_list("opportunity_id"))
    place = {row[0]: number for number, row in enumerate(told)}
    rows = Opportunity.objects.listed(notice.city, at).filter(pk__in=place).select_related("unit")
    return sorted(rows, key=lambda one: place[one.pk])


def counts(city: City, today: date) -> dict[str, Any]:
    """How many searches stand how, what the confirmed ones look for, and how many mails went in the last days. Never whose."""
    rows = SavedSearch.objects.of(city)
    sought = rows.filter(_STANDINGS[Standing.ACTIVE]).values_list("said", flat=True)
    since = today - timedelta(days=RECENT_DAYS)
    mails = Notice.objects.of(city).filter(on__gte=since).order_by().values_list("state").annotate(Count("pk"))
    return {
        "standings": rows.aggregate(
            **{str(name): Count("pk", filter=condition) for name, condition in _STANDINGS.items()}
        ),
        "industries": dict(Counter(said.get("industry", "") for said in sought).most_common()),
        "mails": dict(mails),
        "since": since,
    }
