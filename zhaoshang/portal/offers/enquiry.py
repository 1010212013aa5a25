"""“Ask about this”: a question of the public becomes a lead with its clocks and a receipt."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhaoshang.common.ids import uuid7
from zhaoshang.leads.actions import take_in
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.portal.linked import linked_page
from zhaoshang.portal.offers.shown import titled
from zhaoshang.portal.offers.views import listed_entry
from zhaoshang.portal.pages import Links, render_public
from zhaoshang.tenancy.models import City


class EnquiryForm(forms.Form):
    """Who asks what; ``key`` makes a form that is sent twice one lead."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    investor = forms.CharField(label=gettext_lazy("企业或机构"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("您想了解什么"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("例如拟投资的产品、用地、投资额和时间。"),
    )
    contact = forms.CharField(label=gettext_lazy("联系人"), max_length=60, required=False)
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=gettext_lazy("不填也可以：凭回执号能看到办理状态，但我们无法回电。"),
    )
    agreed = forms.BooleanField(label=gettext_lazy("我同意按上面的告知使用这些信息"))


@linked_page
def enquire(request: HttpRequest, code: str = "") -> HttpResponse:
    """Ask about an entry on offer, or in general; the receipt is shown at once."""
    city = request.viewer.city  # type: ignore[attr-defined]
    about = listed_entry(city, code, timezone.now()) if code else None
    if city._state.adding or (code and about is None):
        raise Http404
    link = Links(request)
    form = EnquiryForm(request.POST or None, initial={"key": uuid7()})
    shown: dict[str, Any] = {
        "form": form,
        "about": about,
        "about_title": titled(about) if about else "",
        "action": link("enquire_about", code) if code else link("enquire"),
    }
    if request.method == "POST" and form.is_valid():
        lead = _taken(city, form.cleaned_data, about)
        shown |= {"lead": lead, "status_url": link("receipt", lead.receipt)}
    response = render_public(request, "portal/offers/enquire.html", shown)
    response.status_code = 422 if form.errors else 200
    return response


def _taken(city: City, given: dict[str, Any], about: Opportunity | None) -> Lead:
    """The lead; its origin is the form that was sent, so that only the same form sent again is the same lead."""
    named = f"{about.code} {about.title}" if about else ""
    words = [
        f"{_('咨询条目')}：{named}" if named else "",
        f"{_('企业或机构')}：{given['investor']}",
        given["text"],
        f"{_('联系人')}：{given['contact']} {given['phone']}" if given["contact"] or given["phone"] else "",
    ]
    return take_in(
        city=city,
        came_by=CameBy.PORTAL,
        origin_label=named[:120],
        origin_ref=given["key"].hex,
        text="\n".join(word for word in words if word),
        investor=given["investor"],
        subject=about.title if about else "",
        industry=about.industry if about else "",
        contact=given["contact"],
        phone=given["phone"],
        by=None,
        at=timezone.now(),
    )
