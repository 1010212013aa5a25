"""Counts each request and writes one line about it: the route's name, never its address, which may hold a name, a number or a key."""

import logging
import secrets
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from zhaoshang.watch.counting import count
from zhaoshang.watch.views import healthz, metrics, readyz

logger = logging.getLogger("zhaoshang.requests")
OWN = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
DOORS = frozenset({"portal", "desk", "api", "watch"})


class WatchMiddleware:
    """Stands before all others, so that what they refuse is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        request.reference = secrets.token_hex(4).upper()  # type: ignore[attr-defined]
        # Those who watch are answered here: what stands behind may be what is broken.
        own = OWN.get(request.path_info)
        response = own(request) if own else self.get_response(request)
        seconds = perf_counter() - start
        match = request.resolver_match
        space = "watch" if own else match.namespace if match else ""
        door = space if space in DOORS else "other"
        count(door, request.method or "", response.status_code, seconds)
        told: dict[str, str | int | None] = {
            "door": door,
            "route": f"watch:{own.__name__}" if own else match.view_name if match else "",
            "method": request.method,
        }
        told |= {"status": response.status_code, "ms": round(seconds * 1000), "reference": request.reference}  # type: ignore[attr-defined]
        logger.info("request", extra={"told": told})
        return response
