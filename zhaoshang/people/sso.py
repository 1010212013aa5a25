"""The talk with the identity provider: authorization code with PKCE (OpenID Connect Core 3.1, RFC 7636), nothing else of it.

Only the configured issuer is asked, at its own origin, never where a redirect or its own metadata might lead. A token is believed when
its signature is by one of the issuer's keys under an asymmetric algorithm, and issuer, audience, times and nonce are ours.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from zhaoshang.common.wire import ask
from zhaoshang.people.provider import Provider
from zhaoshang.tenancy.clock import true_now

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
GOOD_SECONDS, LEEWAY_SECONDS = 600, 60
_KEPT_S, _DOWN_S, _KEYS_AGAIN_S = 3600, 15, 30
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)


class ProviderDown(Exception):
    """The provider does not answer, or not as itself."""


class WrongAnswer(Exception):
    """What came back proves nobody; says in a word why, for the diary."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who the provider says it is, whether it has asked for a second factor, and the token in which it said so."""

    subject: str
    factor: bool
    token: str = field(default="", repr=False)


def begin(provider: Provider, back: str) -> tuple[str, dict[str, Any]]:
    """The address to send the browser to, and what its session keeps until it comes ``back``. Raises :class:`ProviderDown`."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    digest = hashlib.sha256(kept["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back,
        "scope": "openid" if provider.claim == "sub" else "openid profile email",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    address = _metadata(provider)["authorization_endpoint"]
    joint = "&" if urlsplit(address).query else "?"
    return f"{address}{joint}{urlencode(asked)}", kept | {"at": int(true_now().timestamp())}


def finish(provider: Provider, kept: Mapping[str, Any], told: Mapping[str, str], back: str) -> Said:
    """Who it is that came back with ``told``. Raises :class:`WrongAnswer`, :class:`ProviderDown`."""
    if not kept or not 0 <= true_now().timestamp() - kept["at"] + 1 <= GOOD_SECONDS:
        raise WrongAnswer("not_begun")
    if not hmac.compare_digest(kept["state"].encode(), told.get("state", "").encode()):
        raise WrongAnswer("state")
    if told.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
        raise WrongAnswer("iss")
    if "error" in told or not told.get("code"):
        raise WrongAnswer("denied")
    token = _id_token(provider, kept["verifier"], told["code"], back)
    claims = _claims(provider, token, kept["nonce"])
    subject = claims.get(provider.claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= 200 or not subject.isprintable():
        raise WrongAnswer("subject")
    return Said(subject, provider.asserts_factor(claims), token)


def leaving(provider: Provider, token: str, back: str) -> str:
    """Where a browser that came with ``token`` is logged out at the provider too, to come ``back`` (OpenID Connect RP-Initiated Logout
    1.0); empty when the provider has no such place at its own origin, or does not answer: one is out here all the same."""
    try:
        address = _metadata(provider).get("end_session_endpoint", "")
        if not provider.ends_there or not isinstance(address, str) or _origin(address) != _origin(provider.issuer):
            return ""
    except (ProviderDown, *_BROKEN):
        return ""
    asked = {"id_token_hint": token, "client_id": provider.client, "post_logout_redirect_uri": back}
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def _metadata(provider: Provider) -> dict[str, Any]:
    """What the issuer says of itself, kept an hour. One that does not answer is left alone for a moment, so that nobody waits in line."""
    place = _place(provider, "metadata")
    held: dict[str, Any] | None = cache.get(place)
    if held is None:
        if cache.get(_place(provider, "down")):
            raise ProviderDown("a moment ago")
        try:
            held = _json(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
            if held["issuer"] != provider.issuer:
                raise ProviderDown("says it is another issuer")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if _origin(held[name]) != _origin(provider.issuer):
                    raise ProviderDown(f"{name} leads elsewhere")
        except (ProviderDown, OSError, *_BROKEN) as error:
            cache.set(place.replace("metadata", "down"), True, _DOWN_S)
            raise ProviderDown(str(error)) from error
        cache.set(place, held, _KEPT_S)
    return held


def _id_token(provider: Provider, verifier: str, code: str, back: str) -> str:
    """Exchange the code, as the client that we are. Raises :class:`WrongAnswer` when the provider refuses it."""
    metadata = _metadata(provider)
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    if "client_secret_basic" in metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote(provider.client, safe='')}:{quote(provider.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        fields |= {"client_id": provider.client, "client_secret": provider.secret}
    try:
        status, content = ask(metadata["token_endpoint"], body=urlencode(fields).encode(), headers=headers)
    except OSError as error:
        raise ProviderDown(str(error)) from error
    if status >= 500:
        raise ProviderDown(f"status {status}")
    try:
        if status != 200:
            raise WrongAnswer("code")
        return str(json.loads(content)["id_token"])
    except _BROKEN:
        raise WrongAnswer("token") from None


def _claims(provider: Provider, token: str, nonce: str) -> dict[str, Any]:
    """What the token says, once it is believed. A key that is not known yet is looked for again: providers change theirs."""
    try:
        try:
            said = jwt.decode(token, _keys(provider), algorithms=list(ALGORITHMS)).claims
        except InvalidKeyIdError:
            said = jwt.decode(token, _keys(provider, again=True), algorithms=list(ALGORITHMS)).claims
        jwt.JWTClaimsRegistry(
            now=int(true_now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(said)
    except (JoseError, *_BROKEN) as error:
        raise WrongAnswer(type(error).__name__) from error
    several = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if said.get("azp", None if several else provider.client) != provider.client:
        raise WrongAnswer("azp")
    return said


def _keys(provider: Provider, *, again: bool = False) -> KeySet:
    """The issuer's keys, kept an hour; asked for ``again`` twice a minute at the most."""
    place, asked = _place(provider, "keys"), _place(provider, "asked")
    held = cache.get(place)
    if held is None or (again and cache.add(asked, True, _KEYS_AGAIN_S)):
        try:
            held = _json(_metadata(provider)["jwks_uri"])
        except (OSError, *_BROKEN) as error:
            raise ProviderDown(str(error)) from error
        cache.set(place, held, _KEPT_S)
    return KeySet.import_key_set(held)


def _json(url: str) -> Any:
    status, content = ask(url, headers={"Accept": "application/json"})
    if status != 200:
        raise OSError(f"status {status}")
    return json.loads(content)


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _place(provider: Provider, what: str) -> str:
    return f"sso:{hashlib.sha256(provider.issuer.encode()).hexdigest()[:32]}:{what}"
