"""By what one logs in oneself: one's passkeys and the identity at the provider. Taking one off asks for a login with a fresh proof, as the
desk does; no key does it, whatever its scope, since whoever finds a key must not get rid of the second factor."""

from typing import Any
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.utils import timezone
from ninja import Router

from zhaoshang.api.gate import ApiRequest, NotProven, Session, needs
from zhaoshang.api.payments import caller
from zhaoshang.desk.views.factor import may_take_off
from zhaoshang.people.linking import link_of
from zhaoshang.people.models import Passkey
from zhaoshang.people.passkeys import passkeys_of, take_off
from zhaoshang.people.rules import Can
from zhaoshang.people.sessions import is_proven
from zhaoshang.regions.access import Viewer

router = Router(tags=["people"])


class LastFactor(Exception):
    """The role must have a second factor, and this is the only one."""


class Proven(Session):
    """The desk's own login, proven a moment ago, whatever is asked for."""

    def authenticate(self, request: Any, key: str | None) -> Viewer | None:
        """Raises :class:`NotProven`."""
        viewer = super().authenticate(request, key)
        if viewer is not None and not is_proven(request.session):
            raise NotProven
        return viewer


@router.get("/me/passkeys", auth=needs(*Can), response={200: list[dict[str, Any]]}, summary="My passkeys")
def own_passkeys(request: ApiRequest) -> Any:
    """The oldest first; never the keys themselves."""
    return [
        {"id": str(one.pk), "name": one.name, "created_at": one.created_at, "used_at": one.used_at}
        for one in passkeys_of(request.viewer.city, caller(request))
    ]


@router.delete(
    "/me/passkeys/{key}", auth=[Proven(*Can)], response={200: dict[str, str]}, summary="Take one of my passkeys off"
)
def own_passkey_off(request: ApiRequest, key: UUID) -> Any:
    """My other sessions end. Another person's is absent."""
    user = caller(request)
    passkey: Passkey = Passkey.objects.of(request.viewer.city).select_related("city").get(user=user, pk=key)
    if not may_take_off(request.viewer):
        raise LastFactor
    passkey.user = user
    take_off(passkey=passkey, by=user, at=timezone.now())
    update_session_auth_hash(request, user)
    return {"taken_off": str(key)}


@router.get(
    "/me/sign-on", auth=needs(*Can), response={200: list[dict[str, Any]]}, summary="My identity at the provider"
)
def own_sign_on(request: ApiRequest) -> Any:
    """None or one. The security administrator links and unlinks; nobody does so for themselves."""
    link = link_of(request.viewer.city, caller(request))
    return [{"issuer": link.issuer, "subject": link.subject, "linked_at": link.linked_at}] if link else []
