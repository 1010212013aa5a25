"""Linking a person's account with their identity at the provider, for the security administrator."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.people import REFUSED, a_person
from zhaoshang.people.linking import SubjectTaken, link_account, unlink_account
from zhaoshang.people.rules import Can


class LinkForm(forms.Form):
    """What the provider calls the person."""

    subject = forms.CharField(max_length=200)


@desk_page(Can.GRANT, methods=("POST",))
def person_link(request: Any, key: UUID) -> HttpResponse:
    """Link the account."""
    if settings.SSO is None:
        raise Http404
    user, viewer, form = a_person(request, key), request.viewer, LinkForm(request.POST)
    try:
        if not form.is_valid():
            messages.error(request, _("标识要填，最多 200 个字符：本人单点登录不成时，页面上会显示。"))
        else:
            told = {"issuer": settings.SSO.issuer, "subject": form.cleaned_data["subject"]}
            link_account(city=viewer.city, user=user, by=viewer.user, at=timezone.now(), **told)
            messages.success(request, _("已关联，本人可以用单点登录；原来的登录全部失效。"))
    except SubjectTaken:
        messages.error(request, _("没有关联：这个标识已关联别的账号，或本账号已有关联。"))
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    return redirect("desk:person", key)


@desk_page(Can.GRANT, methods=("POST",))
def person_unlink(request: Any, key: UUID) -> HttpResponse:
    """Take the link off; also after single sign-on was switched off."""
    user, viewer = a_person(request, key), request.viewer
    try:
        unlink_account(city=viewer.city, user=user, by=viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已解除关联，本人的登录全部失效。"))
    return redirect("desk:person", key)
