"""Public pages kept ready for whoever asks next.

A page is kept for a few seconds, and only as long as nothing was written in the city: every write leaves a line in the diary, so their
number tells, in each of the server's processes alike. The last line would not: one that was begun earlier may become true after it, and
of two within a millisecond either may come last. What has an instant comes at most :data:`SECONDS` late, never early; what was withdrawn
is gone with the next request.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from zhaoshang.common.ids import first_of
from zhaoshang.people.models import Event
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City

SECONDS = 15
LONGEST_ACT = 600  # of an act that takes longer the page may be so late as if it had an instant
LONGEST_QUERY, MOST_BYTES = 200, 400_000


def kept_page(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page as it was made a moment ago, else made now. One query, and the page's own when it is made."""
    city: City = request.viewer.city  # type: ignore[attr-defined]
    asked = request.META.get("QUERY_STRING", "")
    if (
        not settings.KEEP_PUBLIC_PAGES
        or city._state.adding
        or len(asked) > LONGEST_QUERY
        or "HX-Request" in request.headers
    ):
        return make()
    name = _name(city, request, asked)
    held = caches["pages"].get(name)
    if held is None:
        made = make()
        private = "no-store" in made.get("Cache-Control", "")
        if made.status_code == 200 and not private and len(made.content) <= MOST_BYTES:
            caches["pages"].set(name, (made.content, dict(made.items())), SECONDS)
        return made
    content, headers = held
    return HttpResponse(content, headers=headers)


def _name(city: City, request: HttpRequest, asked: str) -> str:
    slot = int(true_now().timestamp()) // SECONDS
    lines = Event.objects.of(city).filter(id__gte=first_of(slot * SECONDS - LONGEST_ACT)).count()
    moment = int(timezone.now().timestamp()) // SECONDS
    told = (city.pk, slot, lines, moment, get_language(), request.scheme, request.get_host(), request.path, asked)
    return hashlib.sha256(repr(told).encode()).hexdigest()
