"""One's own keys to the API: made, shown once, stopped."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from zhaoshang.desk.access import desk_page
from zhaoshang.machines.rules import AREAS
from zhaoshang.people.actions import issue_token, revoke_token
from zhaoshang.people.models import Token
from zhaoshang.people.rules import Can

MAY = (Can.READ_PAYMENTS, Can.READ_DIARY)


class TokenForm(forms.Form):
    """What the key is for, how long it lives, whether it may write, to what it is held."""

    name = forms.CharField(max_length=60)
    days = forms.TypedChoiceField(coerce=int)
    can_write = forms.BooleanField(required=False)
    areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {"name": _("用途"), "days": _("有效期"), "can_write": _("允许写入（申报、审核等，不超过本人岗位）")}
        names["areas"] = _("只用于")
        for name, text in names.items():
            self.fields[name].label = text
        days = self.fields["days"]
        assert isinstance(days, forms.TypedChoiceField)
        areas = self.fields["areas"]
        assert isinstance(areas, forms.MultipleChoiceField)
        areas.choices = [(code, _(label)) for code, label in AREAS.items()]
        days.choices = [(count, _("%(count)s 天") % {"count": count}) for count in (30, 90, 365)]


@sensitive_variables("key")
@desk_page(*MAY, methods=("GET", "POST"))
def token_list(request: Any) -> HttpResponse:
    """One's keys; a new one is shown on the answer and nowhere else."""
    viewer, key = request.viewer, ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _token, key = issue_token(
            city=viewer.city, user=viewer.user, by=viewer.user, at=timezone.now(), **form.cleaned_data
        )
        form = TokenForm()
    rows = list(Token.objects.of(viewer.city).filter(user=viewer.user))
    areas = {row.pk: _("、").join(_(AREAS[area]) for area in row.areas if area in AREAS) for row in rows}
    shown = {"tokens": rows, "areas": areas, "form": form, "key": key, "now": timezone.now()}
    return render(request, "desk/tokens/list.html", shown, status=422 if form.errors else 200)


@desk_page(*MAY, methods=("POST",))
def token_revoke(request: Any, key: UUID) -> HttpResponse:
    """Stop one of one's own keys."""
    viewer = request.viewer
    rows = (
        Token.objects.of(viewer.city).filter(user=viewer.user, revoked_at__isnull=True).select_related("city", "user")
    )
    revoke_token(token=get_object_or_404(rows, pk=key), by=viewer.user, at=timezone.now())
    messages.success(request, _("密钥已停用。"))
    return redirect("desk:token_list")
