"""Partners: the list, an appointment with its certificate, login, yearly review and end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.capital.hiding import sought
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.partners import PartnerForm
from zhaoshang.desk.leads_shown import state_pill
from zhaoshang.desk.lists import address, as_number, attachment, chosen, page_of, sheet
from zhaoshang.desk.local_rules_shown import set_title, source_of
from zhaoshang.desk.partners_shown import (
    certificate,
    claim_columns,
    claim_row,
    columns,
    facts,
    lead_columns,
    lead_row,
    row,
    standing_pill,
)
from zhaoshang.desk.refusals import say
from zhaoshang.leads.models import Lead
from zhaoshang.partners import appointing
from zhaoshang.partners.localrules import ELIGIBILITY
from zhaoshang.partners.models import Claim, Partner, PartnerReview
from zhaoshang.partners.queries import expiring, in_standing, leads_by_partner, leads_of, review_due
from zhaoshang.partners.rules import NATURE_LABELS, OUTCOME_LABELS, STANDING_LABELS, Nature, Outcome, Standing
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City
from zhaoshang.ui.documents.pdf import write_pdf
from zhaoshang.ui.filters import called

MOST_EXPORTED = 20_000
SHOWN = 50
FILTERS = dict.fromkeys(("q", "nature", "standing", "due"))
REFUSED = (
    appointing.Forbidden,
    appointing.AlreadyPartner,
    appointing.BadTerm,
    appointing.DocumentMissing,
    appointing.NotAPartnersLogin,
    appointing.AlreadyReviewed,
    appointing.AlreadyEnded,
)


@desk_page(Can.READ_PARTNERS)
def partner_list(request: Any) -> HttpResponse:
    """Partners, newest first."""
    viewer, wanted, today = request.viewer, chosen(request, FILTERS), timezone.localdate()
    chosen_rows = {"1": review_due, "soon": expiring}.get(wanted.get("due", ""))
    rows = chosen_rows(viewer.city, today) if chosen_rows else Partner.objects.of(viewer.city)
    if "nature" in wanted:
        rows = rows.filter(nature=wanted["nature"])
    if wanted.get("standing") in list(Standing):
        rows = in_standing(rows, Standing(wanted["standing"]), today)
    if text := wanted.get("q"):
        rows = rows.filter(sought(viewer, text, "name") | Q(number__startswith=text))
    if request.GET.get("xlsx"):
        return _as_sheet(viewer.city, rows)
    page = page_of(request, rows)
    leads = leads_by_partner(viewer.city, page.rows)
    shown = {
        "page": page,
        "columns": columns(),
        "rows": [row(one, leads.get(str(one.pk), 0), today) for one in page.rows],
        "wanted": wanted,
        "natures": [("", _("全部")), *((str(key), _(text)) for key, text in NATURE_LABELS.items())],
        "standings": [("", _("全部")), *((str(key), _(text)) for key, text in STANDING_LABELS.items())],
        "xlsx_url": address(request, xlsx="1"),
        "may_appoint": viewer.can(Can.APPOINT_PARTNERS),
    }
    return render(request, "desk/partners/list.html", shown)


def _as_sheet(city: City, rows: Any) -> HttpResponse:
    heads = [
        Column(_("证书编号")),
        Column(_("合伙人"), width=32),
        Column(_("性质")),
        Column(_("聘期自"), "date"),
        Column(_("聘期至"), "date"),
        Column(_("状态")),
        Column(_("聘任文件"), width=24),
        Column(_("线索"), "integer"),
    ]
    found = list(rows.order_by("-id")[:MOST_EXPORTED])
    leads, today = leads_by_partner(city, found), timezone.localdate()
    lines: list[list[Value]] = [
        [
            one.number,
            one.name,
            _(NATURE_LABELS[Nature(one.nature)]),
            one.term_from,
            one.term_to,
            standing_pill(one, today)["text"],
            one.document,
            leads.get(str(one.pk), 0),
        ]
        for one in found
    ]
    return sheet(heads, lines, _("招商合伙人"), [])


@desk_page(Can.APPOINT_PARTNERS, methods=("GET", "POST"))
def partner_new(request: Any) -> HttpResponse:
    """Appoint one; who may not be one is refused by the rule that says so."""
    viewer, today = request.viewer, timezone.localdate()
    form = PartnerForm(request.POST or None, city=viewer.city, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            made = appointing.appoint(city=viewer.city, new=form.new(), by=viewer.user, at=timezone.now())
        except REFUSED as refusal:
            form.add_error(None, say(refusal, viewer))
        else:
            messages.success(request, _("已聘任，证书编号 %(number)s。") % {"number": made.number})
            return redirect("desk:partner", made.pk)
    rules = ELIGIBILITY.on(viewer.city, today)
    shown = {"form": form, "rules": rules.read, "title_of_rules": set_title(rules), "source": source_of(rules)}
    return render(request, "desk/partners/new.html", shown, status=422 if form.errors else 200)


def found_partner(viewer: Viewer, key: UUID) -> Partner:
    """The partner, or 404."""
    rows = Partner.objects.of(viewer.city).select_related("city", "user", "appointed_by")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PARTNERS)
def partner_open(request: Any, key: UUID) -> HttpResponse:
    """One partner: appointment, leads, claims, reviews."""
    return _page(request, found_partner(request.viewer, key))


def _page(request: Any, partner: Partner, errors: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    viewer, today = request.viewer, timezone.localdate()
    seen = (
        Lead.objects.visible_to(viewer).select_related("unit").filter(pk__in=leads_of(partner).order_by().values("pk"))
    )
    claims = Claim.objects.of(viewer.city).filter(partner=partner).select_related("partner", "project")
    reviews = PartnerReview.objects.of(viewer.city).filter(partner=partner).select_related("by").order_by("-year")
    may = viewer.can(Can.APPOINT_PARTNERS)
    years = range(partner.term_from.year, min(today.year, partner.term_to.year) + 1)
    reviewed = [one.year for one in reviews]
    shown = {
        "partner": partner,
        "standing": standing_pill(partner, today),
        "facts": facts(partner),
        "lead_columns": lead_columns(),
        "leads": [lead_row(one, state_pill(one)) for one in seen.order_by("-id")[:SHOWN]],
        "claim_columns": claim_columns(with_partner=False),
        "claims": [claim_row(one) for one in claims.order_by("-id")[:SHOWN]],
        "review_columns": _review_columns(),
        "reviews": [_review_row(one) for one in reviews],
        "outcomes": [(str(key), _(text)) for key, text in OUTCOME_LABELS.items()],
        "years": [(str(year), str(year)) for year in years if year not in reviewed] if may else [],
        "may": may,
        "errors": errors,
        "posted": request.POST,
        "today": today.isoformat(),
    }
    return render(request, "desk/partners/partner.html", shown, status=status)


def _review_columns() -> list[dict[str, Any]]:
    return [
        {"key": "year", "label": _("年度"), "head": True},
        {"key": "leads", "label": _("线索"), "kind": "number"},
        {"key": "kept", "label": _("采纳"), "kind": "number"},
        {"key": "projects", "label": _("成为项目"), "kind": "number"},
        {"key": "met", "label": _("职责"), "kind": "pill"},
        {"key": "outcome", "label": _("结论")},
        {"key": "who", "label": _("评定")},
    ]


def _review_row(one: PartnerReview) -> dict[str, Any]:
    met = {"text": _("已履行"), "pill": "ok"} if one.duties_met else {"text": _("未履行"), "pill": "warn"}
    return {
        "year": str(one.year),
        "leads": str(one.leads),
        "kept": str(one.kept),
        "projects": str(one.projects),
        "met": met,
        "outcome": {"text": _(OUTCOME_LABELS[Outcome(one.outcome)]), "note": one.note or None},
        "who": called(one.by),
    }


def _act(request: Any, key: UUID, act: Any, done: str, **given: Any) -> HttpResponse:
    partner = found_partner(request.viewer, key)
    try:
        act(partner=partner, by=request.viewer.user, at=timezone.now(), **given)
    except REFUSED as refusal:
        return _page(request, found_partner(request.viewer, key), (say(refusal, request.viewer),), status=422)
    messages.success(request, done)
    return redirect("desk:partner", key)


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def partner_login(request: Any, key: UUID) -> HttpResponse:
    """Say whose login it is."""
    return _act(request, key, appointing.link_login, _("账号已对应。"), username=request.POST.get("username", "")[:40])


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def partner_review(request: Any, key: UUID) -> HttpResponse:
    """Review a year."""
    given = request.POST
    year, outcome = as_number(given.get("year")), given.get("outcome", "")
    if year is None or outcome not in list(Outcome):
        return _page(request, found_partner(request.viewer, key), (_("请选择年度和结论。"),), status=422)
    said = {"year": year, "outcome": Outcome(outcome), "note": given.get("note", "")}
    term_to = _date(given.get("term_to", ""))
    return _act(request, key, appointing.review_partner, _("评定已记录。"), term_to=term_to, **said)


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def partner_end(request: Any, key: UUID) -> HttpResponse:
    """End the appointment."""
    on = _date(request.POST.get("on", "")) or timezone.localdate()
    return _act(request, key, appointing.end_partner, _("已解聘。"), on=on, reason=request.POST.get("reason", ""))


def _date(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


@desk_page(Can.READ_PARTNERS)
def partner_certificate(request: Any, key: UUID) -> HttpResponse:
    """The certificate as PDF/A."""
    return certificate_file(found_partner(request.viewer, key))


def certificate_file(partner: Partner) -> HttpResponse:
    """The same bytes for the same appointment and language."""
    content = write_pdf(certificate(partner, named(partner.city)))
    return attachment(content, "application/pdf", f"{_('招商合伙人聘书')}-{partner.number}.pdf")
