"""Receipts of forms that anybody may send: who sends the same form again holds the same receipt, and made nothing a second time."""

import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

BYTES = 16  # 128 bits
_SALT = "zhaoshang.people.receipt"


def receipt_bytes(kind: str, key: UUID | None, *said: str) -> bytes:
    """What a receipt is written from. ``key`` came with the form, ``said`` is what was typed into it; without a key it is drawn.

    Made of the installation's secret: who knows a key, even the words, cannot tell the receipt but by sending the very same form.
    """
    if key is None:
        return secrets.token_bytes(BYTES)
    told = "\n".join([kind, str(key), *(f"{len(text)}:{text}" for text in said)])
    return salted_hmac(_SALT, told, algorithm="sha256").digest()[:BYTES]
