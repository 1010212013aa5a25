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
from zhaoshang.people.rules import PROVEN, Can
from zhaoshang.people.sessions import is_proven
from zhaoshang.regions.access import NotAllowed, Viewer, viewer_of

READS = frozenset({"GET", "HEAD", "OPTIONS"})


class NotProven(Exception):
    """The login's last password or code is too old for this act."""


class OutOfScope(Exception):
    """The key reads only, or is not for this kind of thing."""


class ApiRequest(HttpRequest):
    """A request that an authenticator let in; for annotations only."""

    viewer: Viewer


class Gate:
    """What an operation asks of its caller, checked before its body is read."""

    def __init__(self, *any_of: Can) -> None:
        super().__init__()
        self.any_of = any_of
        self.area = ""  # the tag of its operation in the description (door.describe); none: open to every key

    def admitted(self, request: Any) -> Viewer:
        """The viewer, if one of the capabilities is held. Raises :class:`NotAllowed`."""
        viewer: Viewer = request.viewer
        if not any(viewer.can(need) for need in self.any_of):
            raise NotAllowed("|".join(self.any_of))
        return viewer


def write_down(request: Any, refusal: NotAllowed | OutOfScope) -> None:
    """The one line that a refusal for want of right leaves in the diary, whether the gate refused or the act behind it."""
    record(
        "api.refused",
        city=request.viewer.city,
        by=request.viewer.user,
        at=timezone.now(),
        refused=True,
        path=request.path[:200],
        needed=str(refusal)[:200],
        out_of_scope=isinstance(refusal, OutOfScope),
    )


class Session(Gate, APIKeyCookie):
    """The desk's own login; writing needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        """None without a session: who is not logged in owes no CSRF token and is told to log in."""
        return super()._get_key(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: Any, key: str | None) -> Viewer | None:
        """The viewer that the middleware found. Raises :class:`NotProven` as the desk asks again; a key's scope speaks for itself."""
        if request.viewer.user is None:
            return None
        viewer = self.admitted(request)
        heavy = any(need in PROVEN and viewer.can(need) for need in self.any_of)
        if heavy and request.method not in READS and not is_proven(request.session):
            raise NotProven
        return viewer


class Bearer(Gate, HttpBearer):
    """A token in the Authorization header; never in the address."""

    def authenticate(self, request: Any, token: str) -> Viewer | None:
        """The token's person, now. Raises :class:`OutOfScope` for a read-only token that writes, and outside its areas."""
        held = token_of(request)
        if held is None:
            return None
        request.viewer = viewer_of(held.user, request.viewer.city, asserted=False)
        if not request.viewer.role:
            return None
        if (request.method not in READS and not held.can_write) or (
            held.areas and self.area and self.area not in held.areas
        ):
            raise OutOfScope(self.area)
        return self.admitted(request)


def token_of(request: Any) -> Token | None:
    """The standing token in the Authorization header; asked of the database once a request."""
    if not hasattr(request, "held_token"):
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        rows = Token.objects.of(request.viewer.city).filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
        known = scheme.lower() == "bearer" and key
        request.held_token = (
            rows.filter(digest=digest_of(key)).select_related("user", "city").first() if known else None
        )
    held: Token | None = request.held_token
    return held


def needs(*any_of: Can) -> list[Callable[..., Any]]:
    """Both ways in, for who may do one of these. The permission matrix reads the requirement from here."""
    return [Bearer(*any_of), Session(*any_of)]
