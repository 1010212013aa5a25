"""``/healthz``: the process answers. ``/readyz``: it can work. ``/metrics``: how much and how fast, for Prometheus."""

import hmac
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhaoshang.watch.counting import exposed
from zhaoshang.watch.states import states

LOCAL = ("127.0.0.1", "::1")
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
)


def is_insider(request: Any) -> bool:
    """Who asks from this very server and not through its proxy, or brings the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if settings.METRICS_TOKEN and hmac.compare_digest(given, settings.METRICS_TOKEN.encode()):
        return True
    return request.META.get("REMOTE_ADDR") in LOCAL and not any(name in request.META for name in FORWARDED)


@require_safe
@never_cache
def healthz(request: Any) -> HttpResponse:
    """Alive: asks nothing of database or disk."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: Any) -> HttpResponse:
    """200 or 503; what is wrong is told to insiders."""
    found = states()
    ready = all(one.good for one in found if one.fatal)
    body: dict[str, Any] = {"ready": ready}
    if is_insider(request):
        body["parts"] = {one.name: {"good": one.good, "told": one.told} for one in found}
    return JsonResponse(body, status=200 if ready else 503)


@require_safe
@never_cache
def metrics(request: Any) -> HttpResponse:
    """To insiders; for others there is nothing here."""
    if not is_insider(request):
        return HttpResponse(status=404)
    content, kind = exposed()
    return HttpResponse(content, content_type=kind)
