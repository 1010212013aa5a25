"""The number on a page that refuses, which the log has too: whoever asks for help names it."""

import logging
import secrets

from django.http import HttpRequest

logger = logging.getLogger(__name__)


def reference(request: HttpRequest, status: int) -> str:
    """A new number, logged with what was asked for."""
    number = secrets.token_hex(4).upper()
    level = logging.ERROR if status >= 500 else logging.INFO
    logger.log(level, "%s %s answered %s, reference %s", request.method, request.path, status, number)
    return number
