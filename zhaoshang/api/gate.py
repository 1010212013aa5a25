"""Who calls, what they may call, and how refusals are said: JSON with a stable code and a sentence."""

from collections.abc import Callable
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


class Gate:
    """What an operation asks of its caller, checked before its body is read. A refusal leaves a line in the diary."""

    def __init__(self, *any_of: Can) -> None:
        super().__init__()
        self.any_of = any_of

    def admitted(self, request: Any) -> Viewer:
        """The viewer, if one of the capabilities is held. Raises :class:`NotAllowed`."""
        viewer: Viewer = request.viewer
        if not any(viewer.can(need) for need in self.any_of):
            needed = "|".join(self.any_of)
            record(
                "api.refused",
                city=viewer.city,
                by=viewer.user,
                at=timezone.now(),
                refused=True,
                path=request.path[:200],
                needed=needed,
            )
            raise NotAllowed(needed)
        return viewer


class Session(Gate, APIKeyCookie):
    """The desk's own login; writing needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        """None without a session: who is not logged in owes no CSRF token and is told to log in."""
        return super()._get_key(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: Any, key: str | None) -> Viewer | None:
        """The viewer that the middleware found."""
        return self.admitted(request) if request.viewer.user is not None else None


class Bearer(Gate, HttpBearer):
    """A token in the Authorization header; never in the address."""

    def authenticate(self, request: Any, token: str) -> Viewer | None:
        """The token's person, now; a read-only token is refused for writing."""
        city = request.viewer.city
        rows = Token.objects.of(city).filter(
            digest=digest_of(token), revoked_at__isnull=True, expires_at__gt=timezone.now()
        )
        held = rows.select_related("user").first()
        if held is None or (request.method not in READS and not held.can_write):
            return None
        request.viewer = viewer_of(held.user, city)
        request.token_id = held.pk
        return self.admitted(request) if request.viewer.role else None


def needs(*any_of: Can) -> list[Callable[..., Any]]:
    """Both ways in, for who may do one of these. The permission matrix reads the requirement from here."""
    return [Bearer(*any_of), Session(*any_of)]
