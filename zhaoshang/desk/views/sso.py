"""Logging in by the identity provider: there, and back. It stands for the password; the second factor is asked as ever."""

from typing import Any
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from zhaoshang.desk.access import public_page
from zhaoshang.desk.views.account import TOKEN, braked, first_step_right, must_wait
from zhaoshang.people import account, sso
from zhaoshang.people.linking import person_of
from zhaoshang.people.models import User
from zhaoshang.people.provider import Provider
from zhaoshang.tenancy.clock import now_of

_KEPT = "sso"


@public_page("GET")
@never_cache
def sso_begin(request: Any) -> HttpResponse:
    """Off to the provider; what must come back with the answer stays in the session."""
    provider = _provider()
    try:
        address, kept = sso.begin(provider, _back())
    except sso.ProviderDown as down:
        return _not_in(request, "provider_down", _down(provider), subject=str(down))
    request.session[_KEPT] = kept | {"next": request.GET.get("next", "")}
    return HttpResponse(status=302, headers={"Location": address})


@public_page("GET")
@never_cache
@sensitive_variables()
def sso_back(request: Any) -> HttpResponse:
    """Back from the provider: the answer is good once, in the session that asked."""
    provider, kept = _provider(), request.session.pop(_KEPT, {})
    if seconds := must_wait(request):
        return braked(request, seconds)
    try:
        said = sso.finish(provider, kept, request.GET.dict(), _back())
    except sso.ProviderDown as down:
        return _not_in(request, "provider_down", _down(provider), subject=str(down))
    except sso.WrongAnswer as wrong:
        return _not_in(request, str(wrong), _("单点登录没有成功：回答核对不上，或等得太久。请再试一次，或用密码登录。"))
    user = person_of(request.viewer.city, provider.issuer, said.subject)
    if user is None:
        told = _("%(provider)s认出了你，但没有关联本系统的账号。请把这个标识告诉安全管理员：%(subject)s")
        return _not_in(
            request, "unknown", told % {"provider": _called(provider), "subject": said.subject}, subject=said.subject
        )
    if not user.is_active or AxesProxyHandler.is_locked(request, {"username": user.username}):
        return _not_in(
            request,
            "shut",
            _("这个账号已停用或暂时锁定，请找系统管理员或安全管理员。"),
            subject=said.subject,
            user=user,
        )
    user.backend = "django.contrib.auth.backends.ModelBackend"
    request.session[TOKEN] = said.token
    return first_step_right(request, user, kept["next"], sso=True, asserted=said.factor)


def _provider() -> Provider:
    provider: Provider | None = settings.SSO
    if provider is None:
        raise Http404
    return provider


def _back() -> str:
    """Where the provider sends people back to: our configured address, whatever host was asked for."""
    return f"{settings.DESK_URL}{reverse('desk:sso_back')}"


def _called(provider: Provider) -> str:
    return provider.label or _("单点登录")


def _down(provider: Provider) -> str:
    return _("%(provider)s现在联系不上，请用密码登录。") % {"provider": _called(provider)}


def _not_in(request: Any, why: str, told: str, *, subject: str = "", user: User | None = None) -> HttpResponse:
    """To the login page with one sentence; the diary keeps why."""
    city, wanted = request.viewer.city, request.GET.get("next", "")
    if not city._state.adding:
        account.not_by_sso(city=city, why=why, subject=subject[:200], by=user, at=now_of(city))
    messages.error(request, told)
    return redirect(f"{reverse('desk:login')}?{urlencode({'next': wanted})}" if wanted else "desk:login")
