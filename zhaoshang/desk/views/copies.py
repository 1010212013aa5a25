"""A restored copy, for the security administrator: what it is, and the two decisions about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.models import ChainHead
from zhaoshang.desk.access import desk_page
from zhaoshang.people.copies import NotACopy, accept_gap, declare_live
from zhaoshang.people.rules import Can
from zhaoshang.ui.filters import moment


class ReasonForm(forms.Form):
    """Why, in words that stand in the diary."""

    reason = forms.CharField(max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("理由")


@desk_page(Can.GRANT)
def copy_open(request: Any) -> HttpResponse:
    """What is known of the copy, and what is to be decided; of the live system that there is nothing to decide."""
    return _page(request)


def _page(request: Any, deciding: str = "", form: ReasonForm | None = None, status: int = 200) -> HttpResponse:
    city = request.viewer.city
    head = ChainHead.objects.of(city).first()
    entry = _("第 %(seq)s 条")
    facts = [(_("备份于"), moment(city.restored_from))] if city.restored_from else []
    facts.append((_("本账到"), entry % {"seq": head.seq if head else 0}))
    if city.behind_seq:
        facts.append((_("已公布到"), entry % {"seq": city.behind_seq}))
    shown = {
        "facts": facts,
        "gap": city.behind_seq,
        "copy": city.restored_from,
        "gap_form": form if deciding == "gap" else ReasonForm(prefix="gap"),
        "live_form": form if deciding == "live" else ReasonForm(prefix="live"),
    }
    return render(request, "desk/people/copy.html", shown, status=status)


@desk_page(Can.GRANT, methods=("POST",))
def copy_gap(request: Any) -> HttpResponse:
    """Let the copy be written although it lacks what was published."""
    return _decided(request, "gap", accept_gap, _("已接受，可以继续写入。缺的记录请按原始凭证补报。"))


@desk_page(Can.GRANT, methods=("POST",))
def copy_live(request: Any) -> HttpResponse:
    """From now on this is the live system."""
    return _decided(request, "live", declare_live, _("本系统从现在起是现用系统，邮件、推送和后台任务恢复。"))


def _decided(request: Any, deciding: str, decide: Callable[..., None], done: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix=deciding)
    if not form.is_valid():
        return _page(request, deciding, form, 422)
    viewer = request.viewer
    try:
        decide(city=viewer.city, reason=form.cleaned_data["reason"], by=viewer.user, at=timezone.now())
    except NotACopy:
        messages.error(request, _("没有要决定的：它已是现用系统，或已到达公布的账。"))
    else:
        messages.success(request, done)
    return redirect("desk:copy")
