"""One's own passkeys: put on with this device or a security key, named, taken off."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.views.factor import acting, put_on, taking_off
from zhaoshang.people import passkeys
from zhaoshang.people.models import Passkey


class NewPasskeyForm(forms.Form):
    """What the person calls it, and what the browser answered."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)
    answer = forms.CharField(max_length=passkeys.LONGEST, widget=forms.HiddenInput)


@desk_page(methods=("POST",), proof=True)
def passkey_new(request: Any) -> HttpResponse:
    """The page on which the browser makes one."""
    try:
        options = passkeys.creation_options(request.viewer.city, request.viewer.user)
    except passkeys.TooManyPasskeys:
        messages.error(request, _("最多 %(most)s 把通行密钥，请先停用一把。") % {"most": passkeys.MOST})
        return redirect("desk:second_factor")
    return render(request, "desk/account/passkey_new.html", {"form": NewPasskeyForm(), "options": options})


@sensitive_post_parameters()
@desk_page(methods=("POST",))
def passkey_confirm(request: Any) -> HttpResponse:
    """Keep what the browser made, if it answers what ``passkey_new`` asked of this person a moment ago."""
    form = NewPasskeyForm(request.POST)
    try:
        if not form.is_valid():
            raise passkeys.WrongPasskey
        return put_on(request, passkeys.put_on(**form.cleaned_data, **acting(request)))
    except (passkeys.WrongPasskey, passkeys.TooManyPasskeys):
        messages.error(request, _("没有添加：浏览器的回答不对，或等得太久。请重新开始。"))
        return redirect("desk:second_factor")


@desk_page(methods=("POST",), proof=True)
def passkey_remove(request: Any, key: UUID) -> HttpResponse:
    """Take one of one's own off."""
    viewer = request.viewer
    rows = Passkey.objects.of(viewer.city).filter(user=viewer.user).select_related("city")
    passkey: Passkey = get_object_or_404(rows, pk=key)
    passkey.user = viewer.user
    taking_off(request, lambda: passkeys.take_off(passkey=passkey, by=viewer.user, at=timezone.now()))
    return redirect("desk:second_factor")
