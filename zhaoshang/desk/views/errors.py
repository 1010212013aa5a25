"""Error pages: what happened, what to do, and a reference number that the log has too; never a trace or a version."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


def error_page(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The page for a status; API callers get JSON."""
    reference = secrets.token_hex(4).upper()
    logger.warning("%s %s -> %s, reference %s", request.method, request.path, status, reference)
    return render(request, f"ui/errors/{status}.html", {"reference": reference, "reason": reason}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: hidden and absent look the same."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(request, 500)
