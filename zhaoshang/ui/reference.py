"""The number on a page that refuses, which the log has too: whoever asks for help names it."""

import logging
import secrets

from django.http import HttpRequest

logger = logging.getLogger(__name__)


def reference(request: HttpRequest, status: int) -> str:
    """The number of the request's line in the log, or a new one; logged without the address, which may name a person."""
    number: str = getattr(request, "reference", "") or secrets.token_hex(4).upper()
    level = logging.ERROR if status >= 500 else logging.INFO
    logger.log(level, "answered %s, reference %s", status, number)
    return number
