"""One's own second factor: put on with a QR code and a first code, recovery codes shown once, taken off."""

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


def _acting(request: Any) -> dict[str, Any]:
    user = request.viewer.user
    return {"city": request.viewer.city, "user": user, "by": user, "at": timezone.now()}


def _required(viewer: Viewer) -> bool:
    """Whether the person's role may not be without."""
    role = viewer.role
    return viewer.must_enrol or (
        role is not None and policy_on().asks_second_factor(role, sample=viewer.city.is_sample)
    )


@sensitive_variables("secret")
@desk_page(methods=("GET", "POST"), proof=True)
def second_factor(request: Any) -> HttpResponse:
    """How it stands; with a POST a new secret as QR code, to be confirmed."""
    viewer = request.viewer
    shown: dict[str, Any] = {"user": viewer.user, "required": _required(viewer)}
    if viewer.user.second_factor_at:
        shown["left"] = factors.recovery_codes_left(viewer.city, viewer.user)
    elif request.method == "POST":
        return _enrolling(request, factors.begin_enrolment(**_acting(request)), FirstCodeForm())
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
            codes = factors.confirm_enrolment(code=form.cleaned_data["code"], **_acting(request))
        except factors.WrongCode:
            form.add_error("code", _("验证码不对。请核对手机时间，用新出现的一个再试。"))
        else:
            return _told(request, codes)
    return _enrolling(request, request.POST.get("secret", "")[:64], form, status=422)


def _told(request: Any, codes: list[str]) -> HttpResponse:
    update_session_auth_hash(request, request.viewer.user)
    sessions.prove(request.session)
    return render(request, "desk/account/recovery.html", {"codes": codes})


@desk_page(methods=("POST",), proof=True)
def second_factor_codes(request: Any) -> HttpResponse:
    """New recovery codes; the old ones are worth nothing."""
    try:
        return _told(request, factors.renew_recovery_codes(**_acting(request)))
    except factors.WrongCode:
        return redirect("desk:second_factor")


@desk_page(methods=("POST",), proof=True)
def second_factor_remove(request: Any) -> HttpResponse:
    """Take it off, where the role allows to be without."""
    if _required(request.viewer):
        messages.error(request, _("你的岗位必须有第二验证，不能停用。换手机请找安全管理员重置。"))
        return redirect("desk:second_factor")
    if request.viewer.user.second_factor_at is None:
        return redirect("desk:second_factor")
    factors.remove_factor(**_acting(request))
    update_session_auth_hash(request, request.viewer.user)
    messages.success(request, _("第二验证已停用。"))
    return redirect("desk:second_factor")
