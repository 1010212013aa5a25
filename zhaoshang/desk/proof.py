"""Whoever does what weighs heavily shows again, once in a quarter of an hour, that it is still they.

Nothing that was being sent is lost: the page that asks carries it along, and when the password or code is right the act goes on.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from zhaoshang.desk import passkey_form
from zhaoshang.people import account, brakes, second_factor, sessions
from zhaoshang.people.models import User
from zhaoshang.people.rules import PROVEN, Can
from zhaoshang.people.safety import policy_on
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

FIELD = "proof"
_NOT_CARRIED = {FIELD, passkey_form.FIELD, "csrfmiddlewaretoken"}


class ProofForm(passkey_form.PasskeyForm):
    """The password; for who has a second factor a code, or their passkey."""

    other = FIELD
    proof = forms.CharField(strip=True, max_length=200)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        user = viewer.user
        assert user is not None
        super().__init__(*args, city=viewer.city, user=user, purpose=account.PROOF, **kwargs)
        field = self.fields[FIELD]
        if user.second_factor_at:
            field.label = code_label(viewer.city, user)
            field.widget = forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
            )
        else:
            field.label, field.strip = _("密码"), False  # type: ignore[attr-defined]
            field.widget = forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})


def code_label(city: City, user: User) -> str:
    """What a field for codes is called: who has no telephone types only those on paper."""
    return _("动态验证码") if second_factor.telephone_of(city, user) else _("备用码")


def weighs(viewer: Viewer, needs: tuple[Can, ...]) -> bool:
    """Whether what is asked for weighs heavily and this person may do it."""
    return any(need in PROVEN and viewer.can(need) for need in needs)


def asked_again(request: Any) -> HttpResponse | None:
    """None when the last proof still speaks or a right one came along; else the page that asks for one."""
    if request.method == "POST" and {FIELD, passkey_form.FIELD} & set(request.POST):
        form = ProofForm(request.POST, viewer=request.viewer)
        proven = form.is_valid() and proves(request, form)
        request.POST = _without_proof(request.POST)
        return None if proven else _page(request, form)
    return None if sessions.is_proven(request.session) else _page(request, ProofForm(viewer=request.viewer))


@sensitive_variables("form")
def proves(request: Any, form: ProofForm) -> bool:
    """Whether what was typed is right; what is wrong stands in the form. Five wrong ones, and one must wait."""
    user, city = request.viewer.user, request.viewer.city
    seconds = brakes.take(city=city, door="proof", who=str(user.pk))
    if seconds:
        form.add_error(FIELD, _("输错太多次，请 %(minutes)s 分钟后再试。") % {"minutes": -(-seconds // 60)})
        return False
    typed, answer = form.cleaned_data[FIELD], form.cleaned_data[passkey_form.FIELD]
    if not account.prove(city=city, user=user, typed=typed, answer=answer, by=user, at=timezone.now()):
        form.add_error(FIELD, _("不对，没有办理。请再输一次。"))
        return False
    brakes.give_back(city=city, door="proof", who=str(user.pk))
    sessions.prove(request.session)
    return True


def _page(request: HttpRequest, form: ProofForm) -> HttpResponse:
    """What was sent goes along in hidden fields; a file cannot, and is chosen again on its own page."""
    carried = request.method == "POST" and not request.FILES
    fields = [(name, text) for name, texts in request.POST.lists() if name not in _NOT_CARRIED for text in texts]
    action = request.get_full_path() if carried else f"{reverse('desk:prove')}"
    shown = {
        "form": form,
        "action": action,
        "carried": fields if carried else [],
        "next": "" if carried else came_from(request),
        "minutes": policy_on().proof_minutes,
    }
    return render(request, "desk/account/prove.html", shown, status=403)


def _without_proof(sent: Any) -> Any:
    left = sent.copy()
    for name in (FIELD, passkey_form.FIELD):
        left.pop(name, None)
    return left


def came_from(request: HttpRequest) -> str:
    """The page on which something was sent or clicked, as far as the browser tells it."""
    here, told = f"{request.scheme}://{request.get_host()}", request.headers.get("Referer", "")
    return (
        told[len(here) :]
        if told.startswith(f"{here}/")
        else request.path
        if request.method == "GET"
        else reverse("desk:home")
    )
