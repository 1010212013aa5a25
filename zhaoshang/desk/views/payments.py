"""The ledger's payments: the list with its filters and their sum, and one payment with everything that answers for it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.actions import left_of
from zhaoshang.capital.currencies import amount_text, rate_text
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.queries import computing_rules, ruling
from zhaoshang.capital.rules import (
    KIND_LABELS,
    ORIGIN_LABELS,
    STANDING_LABELS,
    Kind,
    Origin,
    Standing,
)
from zhaoshang.capital.wording import words_of
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period, month_text
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk import payment_story
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms import proofs
from zhaoshang.desk.forms.payment import open_months, source_choices
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.desk.refusals import groups_text
from zhaoshang.desk.saved_shown import view_bar
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.kept_lists import LISTS
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.regions.rules import SOURCE_CLASS_LABELS, SourceClass
from zhaoshang.review.queries import differences, looked_through
from zhaoshang.review.rules import HINT_LABELS, is_late
from zhaoshang.ui.filters import named, named_short

FILTERS = LISTS["payment_list"].filters
MOST_SUMMED = 20_000
MOST_EXPORTED = 50_000
MOST_PROJECTS = 300
STANDING_PILLS = {
    Standing.DECLARED: "wait",
    Standing.RETURNED: "stop",
    Standing.WITHDRAWN: "off",
    Standing.VERIFIED: "ok",
}


def visible_payment(viewer: Viewer, key: UUID) -> Payment:
    """The payment, if the viewer may see it; hidden and absent are the same 404."""
    rows = Payment.objects.visible_to(viewer).select_related(
        "project__enterprise", "unit", "city", "declared_by", "decided_by", "reverses__project", "succeeds__project"
    )
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


def filtered(viewer: Viewer, wanted: dict[str, str]) -> "QuerySet[Payment]":
    """The viewer's payments that fit the filters; a filter that cannot be read fits nothing."""
    rows = Payment.objects.visible_to(viewer)
    try:
        if "month" in wanted:
            period = Period.parse(wanted["month"])
            # One month is asked by equality: then its index also gives the order, and a page costs a page.
            single = period.first == period.last
            rows = (
                rows.filter(report_month=period.first)
                if single
                else rows.filter(report_month__range=(period.first, period.last))
            )
        if "batch" in wanted:
            rows = rows.filter(batch=UUID(wanted["batch"]))
    except (NotAPeriod, ValueError):
        return rows.none()
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    for name, column in (("standing", "standing"), ("kind", "kind"), ("source", "source_code")):
        if name in wanted:
            rows = rows.filter(**{column: wanted[name]})
    if text := wanted.get("project"):
        rows = rows.filter(project_id__in=_projects(viewer, text))
    return rows


def _projects(viewer: Viewer, text: str) -> Any:
    """Projects found by code or name: as ids while they are few, so that their payments are found by index."""
    found = Project.objects.visible_to(viewer).filter(Q(code=text.split(" ")[0]) | Q(name__icontains=text)).order_by()
    ids = list(found.values_list("pk", flat=True)[: MOST_PROJECTS + 1])
    return ids if len(ids) <= MOST_PROJECTS else found.values("pk")


@desk_page(Can.READ_PAYMENTS)
def payment_list(request: Any) -> HttpResponse:
    """Payments, newest first; the filters stand in the address, their sum above the table."""
    viewer, wanted = request.viewer, chosen(request, dict.fromkeys(FILTERS))
    views = view_bar(request, "payment_list")
    if views.opens_with:
        return redirect(views.opens_with)
    rows = filtered(viewer, wanted).select_related("project", "unit", "declared_by")
    if request.GET.get("xlsx"):
        return _as_sheet(rows, wanted)
    page = page_of(request, rows)
    shown = {
        "views": views,
        "wanted": wanted,
        "choices": _choices(viewer),
        "page": page,
        "columns": columns(viewer),
        "rows": table_rows(page.rows),
        "total": _total(rows),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/payments/list.html", shown)


def _choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    units = ReportingUnit.objects.of(viewer.city)
    units = units if viewer.sees_all_units else units.filter(pk__in=viewer.unit_ids)
    months = ReportMonth.objects.of(viewer.city).order_by("-number").values_list("number", flat=True)
    every = ("", _("全部"))
    return {
        "unit": [every, *((unit.code, named(unit)) for unit in units)],
        "month": [every, *_period_choices(list(months))],
        "standing": [every, *((str(one), _(text)) for one, text in STANDING_LABELS.items())],
        "kind": [every, *((str(one), _(text)) for one, text in KIND_LABELS.items())],
        "source": [every, *(pair for _group, pairs in source_choices(viewer.city) for pair in pairs)],
    }


def _period_choices(months: list[int]) -> list[tuple[str, str]]:
    """Months, latest first, each year's before its months."""
    found: list[tuple[str, str]] = []
    for number in months:
        year = str(number // 12)
        if (year, year) not in found:
            found.append((year, year))
        found.append((month_text(number), month_text(number)))
    return found


def _total(rows: "QuerySet[Payment]") -> dict[str, Any]:
    """Sum and number of what is filtered; beyond twenty thousand rows a page does not add them up."""
    found = (
        rows.order_by()
        .select_related(None)[: MOST_SUMMED + 1]
        .aggregate(fen=Sum("amount_fen"), count=Count("amount_fen"))
    )
    return {"fen": found["fen"] or 0, "count": found["count"], "too_many": found["count"] > MOST_SUMMED}


def columns(viewer: Viewer, *, with_unit: bool = True, with_project: bool = True) -> list[dict[str, Any]]:
    """Columns of every table of payments."""
    found: list[dict[str, Any]] = [{"key": "month", "label": _("报告月"), "kind": "date"}]
    if with_project:
        found.append({"key": "project", "label": _("项目"), "kind": "link", "head": True})
    if with_unit and (viewer.sees_all_units or len(viewer.unit_ids) > 1):
        found.append({"key": "unit", "label": _("地区")})
    return [
        *found,
        {"key": "amount", "label": _("到位金额"), "unit": _("万元"), "kind": "number"},
        {"key": "kind", "label": _("资金类型")},
        {"key": "source", "label": _("来源")},
        {"key": "paid_on", "label": _("到账日期"), "kind": "date"},
        {"key": "standing", "label": _("状态"), "kind": "pill"},
    ]


def table_rows(payments: Iterable[Payment]) -> list[dict[str, Any]]:
    """Rows of every table of payments; each opens the payment."""
    return [table_row(payment) for payment in payments]


def table_row(payment: Payment) -> dict[str, Any]:
    """One payment as a row."""
    href = reverse("desk:payment", args=[payment.pk])
    standing = Standing(payment.standing)
    pill = {"text": _(STANDING_LABELS[standing]), "pill": STANDING_PILLS[standing]}
    if payment.reverses_id:
        pill["note"] = _("冲减")
    elif standing == Standing.RETURNED:
        pill["note"] = payment.return_reason
    return {
        "_href": href,
        "_id": f"p-{payment.pk}",
        "_kind": "muted" if standing in (Standing.RETURNED, Standing.WITHDRAWN) else "",
        "month": month_text(payment.report_month),
        "project": {"text": payment.project.name, "href": href, "note": payment.project.code},
        "unit": named_short(payment.unit),
        "amount": _amount_cell(payment),
        "kind": _(KIND_LABELS[Kind(payment.kind)]),
        "source": {"text": _(SOURCE_CLASS_LABELS[SourceClass(payment.source_class)]), "note": payment.payer},
        "paid_on": f"{payment.paid_on:%Y-%m-%d}",
        "standing": pill,
    }


def _amount_cell(payment: Payment) -> Any:
    yuan = payment_story.exact_wan(payment.amount_fen)
    return {"text": yuan, "note": payment_story.original(payment.foreign)} if payment.foreign else yuan


def _foreign_cells(payment: Payment) -> list[Any]:
    kept = payment.foreign
    if kept is None:
        return ["", "", "", None, ""]
    return [kept.currency, amount_text(kept.minor, kept.currency), rate_text(kept.rate_e8), kept.rate_on, kept.source]


def _as_sheet(rows: "QuerySet[Payment]", wanted: dict[str, str]) -> HttpResponse:
    titles = (
        _("报告月"),
        _("地区"),
        _("项目编码"),
        _("项目"),
        _("付款单位"),
        _("银行流水号"),
        _("资金类型"),
        _("来源地"),
    )
    more = (_("新建或续建"), _("到账日期"), _("到位金额（元）"), _("状态"), _("序号"), _("原因或备注"))
    foreign = (_("币种"), _("原币金额"), _("汇率"), _("汇率日期"), _("汇率来源"))
    forms = {9: "date", 10: "amount", 12: "integer", 17: "date"}
    heads = [Column(title, forms.get(place, "text")) for place, title in enumerate([*titles, *more, *foreign])]
    lines: list[list[Any]] = [
        [
            month_text(payment.report_month),
            named(payment.unit),
            payment.project.code,
            payment.project.name,
            payment.payer,
            payment.bank_serial,
            _(KIND_LABELS[Kind(payment.kind)]),
            payment.source_code,
            _(ORIGIN_LABELS[Origin(payment.origin)]),
            payment.paid_on,
            in_unit(payment.amount_fen, "元"),
            _(STANDING_LABELS[Standing(payment.standing)]),
            payment.seq,
            payment.reason or payment.return_reason or payment.note,
            *_foreign_cells(payment),
        ]
        for payment in rows.order_by("-id")[:MOST_EXPORTED]
    ]
    notes = [(_("筛选条件"), _("；").join(f"{name}={text}" for name, text in wanted.items()) or _("全部"))]
    if len(lines) == MOST_EXPORTED:
        notes.append((_("注意"), _("只导出了最近的 %(count)s 笔。请缩小范围分次导出。") % {"count": MOST_EXPORTED}))
    return sheet(heads, lines, _("到位资金台账"), notes)


@desk_page(Can.READ_PAYMENTS)
def payment_open(request: Any, key: UUID) -> HttpResponse:
    """One payment: its columns, what counts of it under which rule, its evidence, its history, its place in the chain."""
    payment = visible_payment(request.viewer, key)
    return render(request, "desk/payments/payment.html", payment_context(request, payment))


def payment_context(request: Any, payment: Payment) -> dict[str, Any]:
    """Everything that the payment's page shows."""
    viewer: Viewer = request.viewer
    rows = Payment.objects.of(viewer.city).select_related("project", "unit").order_by()
    month = ReportMonth.objects.of(viewer.city).get(number=payment.report_month)
    waiting = looked_through(viewer.city, [payment])[0] if payment.standing == Standing.DECLARED else None
    return {
        "payment": payment,
        "facts": payment_story.facts(payment),
        "standing": table_row(payment)["standing"],
        "rulings": [(rules, ruling(rules, payment)) for rules in computing_rules(viewer.city, payment.report_month)],
        "evidence": payment_story.evidence(payment),
        "history": payment_story.history(payment),
        "missing": groups_text(waiting.missing) if waiting else "",
        "wording": _wording(payment),
        "hints": [_(HINT_LABELS[hint]) for hint in waiting.hints] if waiting else [],
        "opposite": table_rows(sorted(rows.filter(reverses=payment), key=lambda one: one.declared_at)),
        "left_fen": left_of(payment) if payment.standing == Standing.VERIFIED else None,
        "followed": list(rows.filter(succeeds=payment)),
        "late": is_late(timezone.localdate(payment.declared_at), month.due_on),
        "month": month,
        "may": payment_story.allowed(viewer, payment, month.is_open, bool(open_months(viewer.city))),
        "slots": proofs.empty_slots()[:1],
        "proof_choices": proofs.proof_choices(),
        "accepted": proofs.ACCEPTED,
        "columns": columns(viewer, with_project=False),
        "in_queue": request.GET.get("queue") == "1",
    }


def _wording(payment: Payment) -> list[str]:
    """The words of a contract, a loan or a deposit in it, of a payment that is said to count all the same."""
    if not payment.counts_because:
        return []
    files = Evidence.objects.of(payment.city_id).filter(payment=payment).values_list("file__name", flat=True)
    found = words_of(payment, files, timezone.localdate(payment.declared_at))
    words = _("%(where)s中有“%(word)s”（%(name)s）")
    return [words % {**one, "where": _(one["where"])} for one in found]


def changed_page(request: Any, payment: Payment, seen: int) -> HttpResponse:
    """409: the payment changed since it was looked at; what changed, and the way back to look again."""
    fresh = visible_payment(request.viewer, payment.pk)
    rows = payment_story.told(fresh, differences(fresh, seen))
    return render(request, "desk/payments/changed.html", {"payment": fresh, "rows": rows}, status=409)
