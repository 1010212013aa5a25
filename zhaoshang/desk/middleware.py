"""Who is looking, and in which language, for every request; and what keeps private pages out of caches."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers

from zhaoshang.capital.hiding import names_in_file, veil_of
from zhaoshang.common.lines import plain_lines
from zhaoshang.common.problems import Held, WritesStopped
from zhaoshang.common.veil import read_through
from zhaoshang.desk.views.errors import bad_request, held, not_found, writes_stopped
from zhaoshang.people import sessions
from zhaoshang.people.models import User
from zhaoshang.regions.access import Viewer, viewer_of
from zhaoshang.tenancy.clock import clock_of
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.trouble import Trouble, trouble_of

_PRIVATE = ("/desk/", "/api/")
Answer = Callable[[HttpRequest], HttpResponse]


def city_of_installation() -> City | None:
    """The city that this installation's pages serve; None before the bootstrap."""
    return City.objects.filter(code=settings.CITY).first()


class SizeMiddleware:
    """A request that announces more than one may bring is refused before any of it is read: also where no nginx stands before us."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdecimal() or int(announced) > settings.REQUEST_LIMIT_BYTES:
            return bad_request(request, RequestDataTooBig())
        return self.get_response(request)


class StorableMiddleware:
    """A request with what no database can keep (NUL, a text beyond its column) is a faulty request at every door, not a fault of ours."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = (request.path_info, *request.GET, *(value for _, values in request.GET.lists() for value in values))
        return bad_request(request) if any("\x00" in text for text in asked) else self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """For what is only seen when it is written."""
        if isinstance(exception, WritesStopped):
            return writes_stopped(request)
        if isinstance(exception, Held):
            return held(request)
        return bad_request(request, exception) if isinstance(exception, DataError) else None


class LinesMiddleware:
    """Lines of what a form sends end with LF, as a program sends them: browsers write CR LF. Only where a form was read already: the
    API reads its own, after it asked who is there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """After the token of the form was looked for, which reads it."""
        if request.method != "POST" or request.path_info.startswith("/api/"):
            return
        sent = request.POST.copy()
        for name, values in request.POST.lists():
            sent.setlist(name, plain_lines(values))
        sent._mutable = False
        request.POST = sent  # type: ignore[assignment]


class LanguageMiddleware:
    """Chinese unless somebody chose otherwise; the browser's own wish is not asked, so that colleagues see the same page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        return response


class SessionsMiddleware(SessionMiddleware):
    """Django's; when the store is full or can only be read, a page is shown all the same: that somebody was seen is noted another time."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer, with the session kept where it can be."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted as error:
            if trouble_of(error) in (Trouble.FULL, Trouble.READ_ONLY):
                return response
            raise


class SessionLimitsMiddleware:
    """A login that lay idle too long, or lasts too long, is over before anything is asked of it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if sessions.is_over(request.session):
                logout(request)
                request.was_over = True  # type: ignore[attr-defined]
            else:
                sessions.touch(request.session)
        return self.get_response(request)


class ViewerMiddleware:
    """Puts ``request.viewer`` on every request: asked anew each time, so a withdrawn role ends at once; and tells the city's time."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        city = city_of_installation()
        asking = getattr(request, "user", None)  # a server with the public site alone knows no logins
        user = asking if isinstance(asking, User) else None
        asserted = user is not None and settings.SSO is not None and bool(request.session.get("asserted"))
        viewer = viewer_of(user, city, asserted=asserted) if city else Viewer(City())
        request.viewer = viewer  # type: ignore[attr-defined]
        # Failed logins are counted by our own clock, whatever the city's: otherwise none would ever lock.
        logs_in = not settings.PORTAL_ALONE and request.path.startswith(resolve_url(settings.LOGIN_URL))
        with clock_of(None if logs_in else city):
            return self.get_response(request)


class VeilMiddleware:
    """Nothing leaves that names a confidential project to who is not of its team: pages, JSON, spreadsheets, documents, file names.

    The columns that pages read hold the code name already; this catches what people typed elsewhere, and what cannot be rewritten. A
    file in which a name still stands afterwards, such as a PDF that was handed in, is absent to who may not read the name.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with read_through(lambda: veil_of(request.viewer)) as asked:  # type: ignore[attr-defined]
            response = self.get_response(request)
        veil = asked()
        if veil and response.streaming:
            stream: Any = response
            stream.streaming_content = map(veil.over, stream.streaming_content)
        elif veil:
            response.content = veil.over(response.content)
            if names_in_file(veil, response.content):
                return not_found(request)
            if "Content-Length" in response.headers:
                response["Content-Length"] = str(len(response.content))
            for name in ("Content-Disposition", "Location"):
                if name in response.headers:
                    response[name] = veil.over_text(response[name])
        return response


class PrivatePagesMiddleware:
    """What a logged-in person or a program with a key sees is never kept by a cache, nor by the browser after logout; nor is any other
    answer of desk and API: a cache may go by the address alone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        private = request.path.startswith(_PRIVATE) or request.user.is_authenticated
        if private and "Cache-Control" not in response.headers:
            response["Cache-Control"] = "no-store"
        return response
