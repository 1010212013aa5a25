"""The desk's one gate: login, capability, and a diary line for every refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zhaoshang.common.problems import Refused
from zhaoshang.desk.later import Later, leave
from zhaoshang.desk.once import done_once
from zhaoshang.desk.proof import asked_again, came_from, weighs
from zhaoshang.desk.views.errors import cut_short, file_refused, over_quota, scanner_away
from zhaoshang.machines.scanning import CutShort, OverQuota, ScannerAway, check_files
from zhaoshang.people.diary import record
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, Viewer

View = Callable[..., HttpResponseBase]
ENROLLING = frozenset({"second_factor", "second_factor_confirm", "passkey_new", "passkey_confirm", "password"})


class DeskRequest(HttpRequest):
    """A request that the middleware has told who is looking; for annotations only."""

    viewer: Viewer
    htmx: Any


def desk_page(*needs: Can, methods: tuple[str, ...] = ("GET",), proof: bool = False) -> Callable[[View], View]:
    """Let in who is logged in and may do one of ``needs`` (none: anybody logged in); others get 403, strangers the login page.

    What is sent to a page with one of ``people.rules.PROVEN`` or with ``proof`` needs a password or code typed lately (``desk.proof``).
    The requirement stays readable on the view (``required_capabilities``, ``allowed_methods``): the permission matrix is made from it.
    """

    def wrap(view: View) -> View:
        @require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            viewer: Viewer = request.viewer
            if viewer.user is None:
                return _to_login(request)
            if viewer.user.password_is_temporary and request.resolver_match.url_name != "password":
                return redirect("desk:password")
            if viewer.must_enrol and request.resolver_match.url_name not in ENROLLING:
                return redirect("desk:second_factor")
            if needs and not any(viewer.can(need) for need in needs):
                return _refuse(request, " | ".join(needs))
            if request.method == "POST" and (proof or weighs(viewer, needs)) and (asking := asked_again(request)):
                return asking
            if stopped := _at_the_scanner(request):
                return stopped
            try:
                return done_once(request, lambda: view(request, *args, **kwargs))
            except NotAllowed as refusal:
                return _refuse(request, str(refusal))
            except Later as more:
                return redirect("desk:job", leave(request, more, timezone.now()).pk)

        guarded.required_capabilities = needs  # type: ignore[attr-defined]
        guarded.allowed_methods = methods  # type: ignore[attr-defined]
        return guarded

    return wrap


def public_page(*methods: str) -> Callable[[View], View]:
    """A page that needs no login; its methods stay readable on the view, as :func:`desk_page` leaves them."""

    def wrap(view: View) -> View:
        opened = require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])(view)
        opened.allowed_methods = methods  # type: ignore[attr-defined]
        return opened

    return wrap


def _at_the_scanner(request: Any) -> HttpResponse | None:
    """The answer to a request of which a file may not be taken."""
    try:
        check_files(request)
    except Refused as found:
        return file_refused(request, found)
    except CutShort:
        return cut_short(request)
    except OverQuota as quota:
        return over_quota(request, quota.seconds)
    except ScannerAway:
        return scanner_away(request)
    return None


def _to_login(request: Any) -> HttpResponse:
    """Whose login ended while they worked comes back to the page on which they were, and is told so."""
    sent = request.method not in ("GET", "HEAD")
    answer = redirect_to_login(came_from(request) if sent else request.get_full_path())
    if sent or getattr(request, "was_over", False):
        answer["Location"] += "&over=1"
    return answer


def _refuse(request: Any, needed: str) -> HttpResponse:
    viewer: Viewer = request.viewer
    if viewer.city.pk and not viewer.city._state.adding:
        record(
            "desk.refused",
            city=viewer.city,
            by=viewer.user,
            at=timezone.now(),
            refused=True,
            path=request.path[:200],
            needed=needed,
        )
    raise PermissionDenied(needed)
