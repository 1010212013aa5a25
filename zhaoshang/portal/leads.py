"""What the public may see of leads and partners: the state of a lead by its receipt, and rewards on public notice."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import PUBLIC_LABELS
from zhaoshang.partners.queries import public_claims
from zhaoshang.partners.rules import CLAIM_LABELS, ClaimState
from zhaoshang.portal.pages import public_page, render_public
from zhaoshang.ui.filters import date_, yuan

LISTED = 100


@public_page
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """A lead's public state, for whoever holds its receipt (128 random bits); nothing of what it says or who works on it."""
    city = request.viewer.city  # type: ignore[attr-defined]
    lead = Lead.objects.of(city).filter(receipt=receipt[:26]).first() if len(receipt) == 26 else None
    if lead is None:
        raise Http404
    page = render_public(request, "portal/receipt.html", {"lead": lead, "state": _(PUBLIC_LABELS[lead.public_state])})
    page["Cache-Control"] = "no-store"
    return page


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
    ]
    shown = [_row(one) for one in rows.order_by("-id")[:LISTED]]
    return render_public(request, "portal/notices.html", {"columns": columns, "rows": shown})


def _row(claim: Any) -> dict[str, Any]:
    state = ClaimState(claim.state)
    return {
        "partner": claim.partner.name,
        "project": claim.project.code,
        "reward": yuan(claim.reward_fen),
        "notice": f"{date_(claim.notice_from)} — {date_(claim.notice_until)}",
        "state": {"text": _(CLAIM_LABELS[state]), "pill": "ok" if state == ClaimState.FINAL else "todo"},
    }
