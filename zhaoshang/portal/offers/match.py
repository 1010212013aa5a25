"""“What are you looking for”: entries ranked by what they meet, with the reasons."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.opportunities.matching import REASONS, Match, ranked
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.portal.offers.saving import SaveForm
from zhaoshang.portal.offers.views import cards_of
from zhaoshang.portal.pages import Links, public_page, render_public
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.publishing.queries import terms_on
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.searches.queries import in_words, offer_of
from zhaoshang.searches.rules import said_of, wish_of
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import named

SHOWN = 12


@public_page
def match(request: HttpRequest) -> HttpResponse:
    """Entries for what the address says is looked for."""
    city, at, link = request.viewer.city, timezone.now(), Links(request)  # type: ignore[attr-defined]
    said = said_of(request.GET)
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
        "save": _saving(city, said, at) if said and not unread and settings.EMAIL_BACKEND else None,
        "units": [everything, *((unit.code, named(unit)) for unit in ReportingUnit.objects.of(city))],
    }
    return render_public(request, "portal/offers/match.html", given)


def _reasons(one: Match) -> dict[str, Any]:
    return {"met": [_(REASONS[name]) for name in one.met], "missed": [_(REASONS[name]) for name in one.missed]}


def _saving(city: City, said: dict[str, str], at: datetime) -> dict[str, Any]:
    """What the form for saving the search needs."""
    return {
        "form": SaveForm(initial=said),
        "words": in_words(city, said),
        "terms": terms_on(city, timezone.localdate(at)),
    }
