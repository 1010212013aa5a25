"""What is too much for a page is left to a worker: it asks the same address again, with the rights that the person has then."""

from contextvars import ContextVar
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse
from django.urls import resolve

from zhaoshang.common.files import digest
from zhaoshang.jobs.actions import begin
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind
from zhaoshang.jobs.running import Refused, Run
from zhaoshang.tenancy.snapshot import one_state

_in_worker: ContextVar[bool] = ContextVar("in_worker", default=False)


class Later(Exception):
    """More than a page may make its reader wait for; ``title`` is what the file is called."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


def at_once(rows: int, title: str) -> None:
    """Go on if so many rows may be written within the request, or a worker is doing it. Raises :class:`Later`."""
    if rows > settings.AT_ONCE_ROWS and not _in_worker.get():
        raise Later(title)


def leave(request: Any, refusal: Later, at: Any) -> Job:
    """Put the address into the line. Raises ``jobs.actions.TooManyWaiting``."""
    viewer, path = request.viewer, request.get_full_path()
    return begin(
        city=viewer.city, kind=Kind.FILE, key=f"file:{digest(f'{viewer.user.pk}:{path}'.encode())}",
        given={"path": path, "host": request.get_host(), "secure": request.is_secure()}, about=refusal.title,
        by=viewer.user, at=at,
    )  # fmt: skip


def make_file(run: Run) -> None:
    """Ask for the file as the person would, all of it of one moment, and keep it for them."""
    run.tell("writing")
    token = _in_worker.set(True)
    try:
        with one_state():
            response = _answer(run)
    except (PermissionDenied, Http404):
        raise Refused("not_allowed") from None
    finally:
        _in_worker.reset(token)
    if response.status_code != 200 or "Content-Disposition" not in response.headers:
        raise Refused("not_allowed" if response.status_code in (302, 403, 404) else "no_file")
    run.tell("keeping")
    kept = response.content
    run.keep_file(kept, response["Content-Disposition"], response["Content-Type"])


def _answer(run: Run) -> HttpResponse:
    """The door's own way, from the person on: the viewer is asked for anew, and the veil lies over what leaves."""
    from zhaoshang.desk.middleware import VeilMiddleware, ViewerMiddleware  # they import the pages, which import this

    parts = urlsplit(run.given["path"])
    request: Any = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": run.given["host"].partition(":")[0],
            "SERVER_PORT": "443" if run.given["secure"] else "80",
            "HTTP_HOST": run.given["host"],
            "wsgi.url_scheme": "https" if run.given["secure"] else "http",
            "wsgi.input": BytesIO(),
        }
    )
    request.user, request.session, request.htmx = run.job.asked_by, {}, False

    def page(asked: Any) -> HttpResponse:
        match = asked.resolver_match = resolve(asked.path_info)
        return match.func(asked, *match.args, **match.kwargs)  # type: ignore[no-any-return]

    return ViewerMiddleware(VeilMiddleware(page))(request)
