"""Files that people sent in, on their way out: as attachments that no browser guesses about, from a host of their own where there is one.

What somebody sent may be made to look like a page of ours. On a host of its own (``ZHAOSHANG_FILES_URL``) it meets no login and no page,
whatever a browser makes of it. The desk and the site still ask who may read it, each time; what they would give out becomes a
ticket for that one file, good for a minute, which the other host takes and asks nothing else.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port

from zhaoshang.common.files.keeping import FileDamaged, kept
from zhaoshang.common.files.names import download_header

PATH = "/file/"
TICKET_SECONDS = 60
_SALT = "zhaoshang.files"
_OVER = """链接已过期或无效，请回到原来的页面重新打开。
This link is over or not one of ours: open the file again where you found it.
"""
_NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class SentIn:
    """A kept file: its city's folder, digest, and what it is given out as. ``inline``: a browser may show it."""

    city: str
    digest: str
    mime: str
    name: str
    inline: bool = False

    def response(self) -> HttpResponse:
        """Its bytes, checked against the digest. Raises ``FileDamaged``."""
        response = HttpResponse(kept(Path(settings.EVIDENCE_DIR) / self.city, self.digest), content_type=self.mime)
        response["Content-Disposition"] = download_header(self.name, inline=self.inline)
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = _NOTHING_RUNS
        return response


def given_out(file: SentIn) -> HttpResponse:
    """The answer of a page whose reader may have the file. Raises ``FileDamaged``."""
    response: Any = file.response()
    response.sent_in = file
    return response  # type: ignore[no-any-return]


def ticket_of(file: SentIn) -> str:
    """For who may read it, now."""
    return signing.dumps(asdict(file), salt=_SALT)


class FilesHostMiddleware:
    """On the host of files: the file of a good ticket, and nothing else. On every other: a ticket instead of the bytes.

    It stands outside whatever looks at sessions and at what leaves, so that a file which those hold back gets no ticket.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.FILES_URL and split_domain_port(request.get_host())[0] == urlsplit(settings.FILES_URL).hostname:
            return _by_ticket(request)
        response = self.get_response(request)
        file = getattr(response, "sent_in", None)
        if file is None or not settings.FILES_URL or response.status_code != 200:
            return response
        moved = HttpResponseRedirect(f"{settings.FILES_URL}{PATH}{ticket_of(file)}")
        moved["Cache-Control"], moved["Referrer-Policy"] = "no-store", "no-referrer"
        return moved


def _by_ticket(request: HttpRequest) -> HttpResponse:
    """No page of ours stands here, so the refusal is a line of text in both languages."""
    try:
        if request.method not in {"GET", "HEAD"} or not request.path_info.startswith(PATH):
            raise signing.BadSignature
        told = signing.loads(request.path_info.removeprefix(PATH), salt=_SALT, max_age=TICKET_SECONDS)
        response = SentIn(**told).response()
    except (signing.BadSignature, FileDamaged):
        response = HttpResponse(_OVER, status=404, content_type="text/plain; charset=utf-8")
    response["Cache-Control"], response["Referrer-Policy"] = "no-store", "no-referrer"
    return response
