"""Declaring a payment: new, again after a return, or amended while nobody has decided on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital import actions as capital
from zhaoshang.capital.actions import Draft
from zhaoshang.capital.exchange import NotConverted, RateMissing
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.capital.wording import NotInPlace
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms import proofs
from zhaoshang.desk.forms.payment import PaymentForm, initial_of, new_key, open_months, usual_month
from zhaoshang.desk.lists import as_number
from zhaoshang.desk.refusals import payment_name, say
from zhaoshang.desk.views.errors import error_page
from zhaoshang.desk.views.payments import changed_page, visible_payment
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.review.actions import submit

REFUSED = (
    capital.PeriodClosed,
    capital.ProjectClosed,
    capital.ProofInUse,
    capital.RowKeyTaken,
    capital.NotDeclared,
    NotConverted,
    RateMissing,
    NotInPlace,
)


def payment_form(request: Any, given: QueryDict | None, **kwargs: Any) -> PaymentForm:
    """The form as the viewer may use it today."""
    months = kwargs.pop("months", None) or open_months(request.viewer.city)
    return PaymentForm(given, viewer=request.viewer, months=months, today=timezone.localdate(), **kwargs)


def _first_values(request: Any) -> dict[str, Any]:
    """What a new form begins with: the open month, and what the last entry or the project's page passed on."""
    values: dict[str, Any] = {
        "report_month": usual_month(request.viewer.city, timezone.localdate()),
        "unit": "万元",
    }
    values |= {name: request.GET[name] for name in ("report_month", "unit", "kind", "origin") if request.GET.get(name)}
    if code := request.GET.get("project"):
        project = Project.objects.visible_to(request.viewer).filter(code=code).first()
        if project:
            values |= {"project": f"{project.code} {project.name}", "source_code": project.source_code}
            values |= {"payer": project.investor}
    return values


@desk_page(Can.DECLARE, methods=("GET", "POST"))
def payment_new(request: Any) -> HttpResponse:
    """Declare a payment with its evidence."""
    if request.method == "POST":
        return _declare(request, None)
    form = payment_form(request, None, initial=_first_values(request))
    return _entry_page(request, form, proofs.empty_slots(), None)


@desk_page(Can.DECLARE, methods=("GET", "POST"))
def payment_resubmit(request: Any, key: UUID) -> HttpResponse:
    """Declare a returned or withdrawn payment again, filled in as it was."""
    before = visible_payment(request.viewer, key)
    if before.standing not in (Standing.RETURNED, Standing.WITHDRAWN):
        return error_page(request, 409, detail=_("只有被退回或撤回的到位可以重新申报。"))
    if request.method == "POST":
        return _declare(request, before)
    values = initial_of(before)
    if before.report_month not in open_months(request.viewer.city):
        values["report_month"] = usual_month(request.viewer.city, timezone.localdate())
    return _entry_page(request, payment_form(request, None, initial=values), proofs.slots_of(before), before)


def _declare(request: Any, before: Payment | None) -> HttpResponse:
    viewer, now = request.viewer, timezone.now()
    form = payment_form(request, request.POST)
    slots = proofs.taken_in(request, viewer, now)
    if form.is_valid() and not any(slot.error for slot in slots):
        draft = form.draft(before)
        files = [(slot.file, slot.proof) for slot in slots if slot.file]
        try:
            payment = submit(draft=draft, proofs=files, by=viewer.user, at=now)
        except capital.AlreadyDeclared as again:
            if not _same(again.payment, draft, viewer.user.pk):
                return error_page(request, 409, detail=_("这张表单已经用来申报过另一笔。请打开新的表单填写。"))
            payment = again.payment
        except capital.SameAgain as refusal:
            form.add_error("is_another", say(refusal, viewer))
            return _entry_page(request, form, slots, before)
        except REFUSED as refusal:
            form.add_error(None, say(refusal, viewer))
            return _entry_page(request, form, slots, before)
        return _declared(request, payment, form)
    return _entry_page(request, form, slots, before)


def _same(payment: Payment, draft: Draft, user_id: UUID) -> bool:
    """Whether the same person sent the same entry twice."""
    alike = all(getattr(payment, name) == getattr(draft, name) for name in ("report_month", *capital.TOLD_OF_THE_MONEY))
    return alike and payment.project_id == draft.project.pk and payment.declared_by_id == user_id


def _declared(request: Any, payment: Payment, form: PaymentForm) -> HttpResponse:
    messages.success(request, _("已申报：%(payment)s，等待审核。") % {"payment": payment_name(payment)})
    if request.POST.get("then") != "next":
        return redirect("desk:payment", payment.pk)
    kept = QueryDict(mutable=True)
    kept.update({"project": payment.project.code, "report_month": str(payment.report_month)})
    kept.update({"unit": form.cleaned_data["unit"], "kind": payment.kind, "origin": payment.origin})
    return redirect(f"{reverse('desk:payment_new')}?{kept.urlencode()}")


def _entry_page(request: Any, form: PaymentForm, slots: list[proofs.Slot], before: Payment | None) -> HttpResponse:
    shown = {
        "form": form,
        "slots": slots,
        "before": before,
        "key": form.data.get("key") or new_key(request.viewer.user.pk),
        "proof_choices": proofs.proof_choices(),
        "accepted": proofs.ACCEPTED,
        "has_open_month": bool(form.fields["report_month"].choices),  # type: ignore[attr-defined]
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/payments/entry.html", shown, status=status)


@desk_page(Can.DECLARE, methods=("GET", "POST"))
def payment_amend(request: Any, key: UUID) -> HttpResponse:
    """Change a payment that nobody has decided. A page that is no longer true is answered with what changed."""
    payment = visible_payment(request.viewer, key)
    if payment.standing != Standing.DECLARED or payment.reverses_id:
        return error_page(request, 409, detail=_("只有待审核的到位可以修改；已核定的请办理冲减。"))
    form = payment_form(request, request.POST or None, initial=initial_of(payment), months=[payment.report_month])
    for name in ("project", "report_month"):
        form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        seen = as_number(request.POST.get("revision")) or 0
        try:
            capital.amend(payment=payment, draft=form.draft(), revision=seen, by=request.viewer.user, at=timezone.now())
        except capital.Changed:
            return changed_page(request, payment, seen)
        except REFUSED as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, _("已修改。"))
            return redirect("desk:payment", payment.pk)
    shown = {"form": form, "payment": payment, "revision": form.data.get("revision") or payment.revision}
    return render(request, "desk/payments/amend.html", shown, status=422 if form.errors else 200)
