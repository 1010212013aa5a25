"""One's own second factor: how it stands; a telephone put on with a QR code and a first code, recovery codes shown once, taken off."""

from collections.abc import Callable
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from zhaoshang.desk.access import desk_page
from zhaoshang.people import second_factor as factors
from zhaoshang.people import sessions
from zhaoshang.people.passkeys import MOST, passkeys_of
from zhaoshang.people.safety import policy_on
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import named


class FirstCodeForm(forms.Form):
    """The first code that the telephone shows."""

    code = forms.CharField(
        label=gettext_lazy("手机上显示的六位数字"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def acting(request: Any) -> dict[str, Any]:
    """Who does it, to their own account."""
    user = request.viewer.user
    return {"city": request.viewer.city, "user": user, "by": user, "at": timezone.now()}


def _required(viewer: Viewer) -> bool:
    """Whether the person's role may not be without."""
    role = viewer.role
    return viewer.must_enrol or (
        role is not None and policy_on().asks_second_factor(role, sample=viewer.city.is_sample)
    )


def may_take_off(viewer: Viewer) -> bool:
    """Whether one factor may go: another stays, or the role may be without."""
    city, user = viewer.city, viewer.user
    assert user is not None
    held = bool(factors.telephone_of(city, user)) + len(passkeys_of(city, user))
    return held > 1 or not _required(viewer)


@sensitive_variables("secret")
@desk_page(methods=("GET", "POST"), proof=True)
def second_factor(request: Any) -> HttpResponse:
    """How it stands; with a POST a new secret as QR code, to be confirmed."""
    city, user = request.viewer.city, request.viewer.user
    since, keys = factors.telephone_of(city, user), passkeys_of(city, user)
    if request.method == "POST" and since is None:
        return _enrolling(request, factors.begin_enrolment(**acting(request)), FirstCodeForm())
    shown = {
        "in_force": user.second_factor_at is not None,
        "telephone": since,
        "passkeys": keys,
        "most": len(keys) >= MOST,
        "left": factors.recovery_codes_left(city, user),
        "required": _required(request.viewer),
        "may_take_off": may_take_off(request.viewer),
    }
    return render(request, "desk/account/second_factor.html", shown)


@sensitive_variables("secret")
def _enrolling(request: Any, secret: str, form: FirstCodeForm, status: int = 200) -> HttpResponse:
    address = factors.address_for_app(request.viewer.user, named(request.viewer.city), secret)
    drawn = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    shown = {"form": form, "qr": drawn, "secret": secret, "groups": groups}
    return render(request, "desk/account/enrol.html", shown, status=status)


@sensitive_post_parameters()
@desk_page(methods=("POST",))
def second_factor_confirm(request: Any) -> HttpResponse:
    """The first code puts it in force; the recovery codes stand on the answer and nowhere else."""
    form = FirstCodeForm(request.POST)
    if form.is_valid():
        try:
            codes = factors.confirm_enrolment(code=form.cleaned_data["code"], **acting(request))
        except factors.WrongCode:
            form.add_error("code", _("验证码不对。请核对手机时间，用新出现的一个再试。"))
        else:
            return put_on(request, codes)
    return _enrolling(request, request.POST.get("secret", "")[:64], form, status=422)


def put_on(request: Any, codes: list[str]) -> HttpResponse:
    """This session goes on, and has just been proven; the recovery codes are shown when there are new ones."""
    update_session_auth_hash(request, request.viewer.user)
    sessions.prove(request.session)
    if codes:
        return render(request, "desk/account/recovery.html", {"codes": codes})
    messages.success(request, _("已添加。其他设备上的登录已经失效；备用码照旧有效。"))
    return redirect("desk:second_factor")


@desk_page(methods=("POST",), proof=True)
def second_factor_codes(request: Any) -> HttpResponse:
    """New recovery codes; the old ones are worth nothing."""
    try:
        return put_on(request, factors.renew_recovery_codes(**acting(request)))
    except factors.WrongCode:
        return redirect("desk:second_factor")


@desk_page(methods=("POST",), proof=True)
def second_factor_remove(request: Any) -> HttpResponse:
    """Take the telephone off, where another factor stays or the role allows to be without."""
    if factors.telephone_of(request.viewer.city, request.viewer.user) is not None:
        taking_off(request, lambda: factors.remove_factor(**acting(request)))
    return redirect("desk:second_factor")


def taking_off(request: Any, act: Callable[[], None]) -> None:
    """Do it and go on in this session, or say why not."""
    if not may_take_off(request.viewer):
        messages.error(
            request, _("你的岗位必须有第二验证，最后一个不能停用。可先添加另一个；都丢了，请找安全管理员重置。")
        )
        return
    act()
    update_session_auth_hash(request, request.viewer.user)
    messages.success(request, _("已停用。其他设备上的登录已经失效。"))
