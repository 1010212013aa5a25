"""Links that open one thing to whoever holds them. Made of the installation's secret, so that a copy of the database opens nothing."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

BYTES = 24  # 192 bits
_SALT = "zhaoshang.outreach.link"


def token(kind: str, about: UUID, number: int) -> str:
    """The link's unguessable part: the ``number``-th of what it opens. A new number closes the link before."""
    told = salted_hmac(_SALT, f"{kind}:{about}:{number}", algorithm="sha256").digest()
    return urlsafe_b64encode(told[:BYTES]).decode().rstrip("=")


def digest(told: str) -> str:
    """What is kept of a link, and looked it up by."""
    return sha256(told.encode()).hexdigest()
