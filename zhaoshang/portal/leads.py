"""What the public may see of leads and partners: the state of a lead by its receipt, and rewards on public notice."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import PUBLIC_LABELS
from zhaoshang.partners.claiming import NoticeOver, TooManyObjections, object_in_public, objection_by_receipt
from zhaoshang.partners.models import Claim
from zhaoshang.partners.queries import public_claims
from zhaoshang.partners.rules import ClaimState, claim_label
from zhaoshang.portal.linked import linked_page, receipt_page
from zhaoshang.portal.pages import Links, public_page, render_public
from zhaoshang.ui.filters import date_, yuan

LISTED = 100


@receipt_page
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """A lead's public state, for whoever holds its receipt (128 random bits); nothing of what it says or who works on it."""
    city = request.viewer.city  # type: ignore[attr-defined]
    lead = Lead.objects.of(city).filter(receipt=receipt[:26]).first() if len(receipt) == 26 else None
    if lead is None:
        raise Http404
    return render_public(request, "portal/receipt.html", {"lead": lead, "state": _(PUBLIC_LABELS[lead.public_state])})


@public_page
def notices(request: HttpRequest) -> HttpResponse:
    """Rewards on notice, then those that became final."""
    rows = public_claims(request.viewer.city)  # type: ignore[attr-defined]
    columns = [
        {"key": "partner", "label": _("合伙人"), "head": True},
        {"key": "project", "label": _("项目编号")},
        {"key": "reward", "label": _("奖励"), "unit": _("元"), "kind": "number"},
        {"key": "notice", "label": _("公示期")},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "object", "label": _("异议"), "kind": "link"},
    ]
    link, today = Links(request), timezone.localdate()
    shown = [_row(one, link, today) for one in rows.order_by("-id")[:LISTED]]
    return render_public(request, "portal/notices.html", {"columns": columns, "rows": shown})


def _row(claim: Any, link: Links, today: date) -> dict[str, Any]:
    state = ClaimState(claim.state)
    opened = state == ClaimState.PUBLISHED and claim.notice_until >= today
    return {
        "object": {"text": _("提出异议"), "href": link("claim_objection", claim.pk)} if opened else None,
        "partner": claim.partner.name,
        "project": claim.project.code,
        "reward": yuan(claim.reward_fen),
        "notice": f"{date_(claim.notice_from)} — {date_(claim.notice_until)}",
        "state": {
            "text": _(claim_label(state, claim.notice_until, today)),
            "pill": "ok" if state == ClaimState.FINAL else "todo",
        },
    }


class ObjectionForm(forms.Form):
    """What somebody says against a reward on notice."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("异议内容"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("写明哪里不对、依据是什么，例如：谁先引荐、何时何地。"),
    )
    told_by = forms.CharField(label=gettext_lazy("称呼"), max_length=60, required=False)
    contact = forms.CharField(
        label=gettext_lazy("联系方式"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("不填也可以：凭回执号就能看到答复。只用于查核这条异议。"),
    )


@linked_page
def objection(request: HttpRequest, key: UUID) -> HttpResponse:
    """Object to a reward while it is on notice; the receipt is told once."""
    city = request.viewer.city  # type: ignore[attr-defined]
    today = timezone.localdate()
    rows = Claim.objects.of(city).filter(state=ClaimState.PUBLISHED, notice_until__gte=today)
    claim = None if city._state.adding else rows.select_related("partner", "project", "city").filter(pk=key).first()
    if claim is None:
        raise Http404
    form = ObjectionForm(request.POST or None, initial={"key": uuid4()})
    shown: dict[str, Any] = {"form": form, "claim": claim, "reward": yuan(claim.reward_fen), "full": False}
    if request.method == "POST" and form.is_valid():
        try:
            made, told = object_in_public(claim=claim, by=None, at=timezone.now(), **form.cleaned_data)
        except NoticeOver:
            raise Http404 from None
        except TooManyObjections:
            shown["full"] = True
        else:
            shown |= {"made": made, "receipt": told, "status_url": Links(request)("claim_objected", told)}
    response = render_public(request, "portal/objection.html", shown)
    response.status_code = 422 if form.errors else 429 if shown["full"] else 200
    return response


@receipt_page
def objected(request: HttpRequest, receipt: str) -> HttpResponse:
    """How an objection stands, for whoever holds its receipt: when it came, by when it is answered, the answer; not what it said."""
    city = request.viewer.city  # type: ignore[attr-defined]
    one = None if city._state.adding else objection_by_receipt(city, receipt)
    if one is None:
        raise Http404
    late = one.answered_by_id is None and one.due_on is not None and one.due_on < timezone.localdate()
    return render_public(request, "portal/objected.html", {"one": one, "late": late})
