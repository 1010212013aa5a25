"""Which identity provider colleagues may log in by (OpenID Connect), as the environment tells. Plain Python: the settings read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

_HERE = {"localhost", "127.0.0.1", "::1"}
_SAYS = {"amr", "acr"}


class BadProvider(ValueError):
    """What was set cannot be used; says which variable, and what it wants."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider, and us as it knows us. ``claim`` names the account; ``factors``: pairs of claim and value by which the provider says
    that it has asked for a second factor itself; ``ends_there``: who logs out here is logged out there too."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    label: str = ""
    claim: str = "sub"
    factors: frozenset[tuple[str, str]] = frozenset()
    ends_there: bool = True

    def asserts_factor(self, claims: Mapping[str, object]) -> bool:
        """Whether the token says so in one of ``factors``: ``acr`` is one word, ``amr`` a list."""

        def said(name: str) -> list[object]:
            value = claims.get(name)
            return value if isinstance(value, list) else [value]

        return any(value in said(name) for name, value in self.factors)


def provider_from(told: Mapping[str, str]) -> Provider | None:
    """From ``ZHAOSHANG_SSO_*``; None while no issuer is set. Raises :class:`BadProvider`."""
    issuer = told.get("ZHAOSHANG_SSO_ISSUER", "").strip()
    if not issuer:
        return None
    parts = urlsplit(issuer)
    over_tls = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not parts.hostname or not over_tls or parts.query or parts.fragment or parts.username is not None:
        raise BadProvider(f"ZHAOSHANG_SSO_ISSUER: {issuer!r} is no https address without query")
    client = told.get("ZHAOSHANG_SSO_CLIENT", "").strip()
    if not client:
        raise BadProvider("ZHAOSHANG_SSO_CLIENT is missing: the client id that the provider gave")
    return Provider(
        issuer=issuer,
        client=client,
        secret=_secret(told.get("ZHAOSHANG_SSO_SECRET_FILE", "")),
        label=told.get("ZHAOSHANG_SSO_LABEL", "").strip()[:20],
        claim=told.get("ZHAOSHANG_SSO_CLAIM", "").strip() or "sub",
        factors=_factors(told.get("ZHAOSHANG_SSO_SECOND_FACTOR", "")),
        ends_there=told.get("ZHAOSHANG_SSO_LOGOUT", "1").strip() != "0",
    )


def _secret(path: str) -> str:
    try:
        secret = Path(path).read_text("utf-8").strip() if path else ""
    except (OSError, ValueError) as error:
        raise BadProvider(f"ZHAOSHANG_SSO_SECRET_FILE cannot be read: {error}") from error
    if not secret:
        raise BadProvider("ZHAOSHANG_SSO_SECRET_FILE must name a file with the client's secret")
    return secret


def _factors(written: str) -> frozenset[tuple[str, str]]:
    pairs = [one.strip().partition("=") for one in written.split(",") if one.strip()]
    if wrong := [name for name, _, value in pairs if name not in _SAYS or not value]:
        raise BadProvider(f"ZHAOSHANG_SSO_SECOND_FACTOR: write amr=mfa or acr=VALUE, not {wrong[0]!r}")
    return frozenset((name, value) for name, _, value in pairs)
