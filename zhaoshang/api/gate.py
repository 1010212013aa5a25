"""Who calls, what they may call, and how refusals are said: JSON with a stable code and a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from zhaoshang.people.actions import digest_of
from zhaoshang.people.diary import record
from zhaoshang.people.models import Token
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of

READS = frozenset({"GET", "HEAD", "OPTIONS"})


class ApiRequest(HttpRequest):
    """A request that an authenticator let in; for annotations only."""

    viewer: Viewer


class Session(APIKeyCookie):
    """The desk's own login; writing needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: Any, key: str | None) -> Viewer | None:
        """The viewer that the middleware found."""
        viewer: Viewer = request.viewer
        return viewer if viewer.user is not None else None


class Bearer(HttpBearer):
    """A token in the Authorization header; never in the address."""

    def authenticate(self, request: Any, token: str) -> Viewer | None:
        """The token's person, now; a read-only token is refused for writing."""
        city = request.viewer.city
        now = timezone.now()
        rows = Token.objects.of(city).filter(digest=digest_of(token), revoked_at__isnull=True, expires_at__gt=now)
        held = rows.select_related("user").first()
        if held is None or (request.method not in READS and not held.can_write):
            return None
        request.viewer = viewer_of(held.user, city)
        return request.viewer if request.viewer.role else None


def needs(*any_of: Can) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let in who may do one of these; a refusal leaves a line in the diary. The permission matrix reads the requirement here."""

    def wrap(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            viewer: Viewer = request.viewer
            if not any(viewer.can(need) for need in any_of):
                record(
                    "api.refused",
                    city=viewer.city,
                    by=viewer.user,
                    at=timezone.now(),
                    refused=True,
                    path=request.path[:200],
                    needed="|".join(any_of),
                )
                raise NotAllowed("|".join(any_of))
            return operation(request, *args, **kwargs)

        guarded.required_capabilities = any_of  # type: ignore[attr-defined]
        return guarded

    return wrap
