"""The verifier's queue: oldest first, with what is missing and what looks wrong; decided by keys, in bulk, or one by one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.actions import Changed
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import as_number, as_uuid, chosen, page_of
from zhaoshang.desk.refusals import groups_text, payment_name, say
from zhaoshang.desk.views.payments import changed_page, columns, table_row, visible_payment
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllThere, all_there
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.actions import REFUSALS, decide, decide_many
from zhaoshang.review.queries import Waiting, looked_through, undecided
from zhaoshang.review.rules import HINT_LABELS, Verdict
from zhaoshang.ui.filters import called, named

PAGE = 30
MOST_AT_ONCE = 200


@desk_page(Can.VERIFY)
def queue_list(request: Any) -> HttpResponse:
    """Declared payments of open months, oldest first."""
    viewer, wanted = request.viewer, chosen(request, {"unit": "", "month": ""})
    rows = undecided(viewer)
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    page = page_of(request, rows, newest_first=False, size=PAGE)
    units = [(unit.code, named(unit)) for unit in ReportingUnit.objects.of(viewer.city)]
    shown = {
        "page": page,
        "columns": queue_columns(request),
        "rows": [queue_row(waiting) for waiting in looked_through(viewer.city, page.rows)],
        "wanted": wanted,
        "units": [("", _("全部")), *units],
        "total": rows.order_by().count(),
        "stuck": Payment.objects.visible_to(viewer).filter(standing=Standing.DECLARED).count(),
    }
    return render(request, "desk/queue/list.html", shown)


def queue_columns(request: Any) -> list[dict[str, Any]]:
    """The columns of payments, with a box to tick and what is to be looked at in place of the standing."""
    kept = [column for column in columns(request.viewer) if column["key"] not in ("standing", "kind")]
    return [
        {"key": "check", "label": "", "kind": "check", "name": "chosen"},
        *kept,
        {"key": "look", "label": _("请留意")},
        {"key": "ready", "label": _("凭证"), "kind": "pill"},
        {"key": "who", "label": _("申报")},
    ]


def queue_row(waiting: Waiting) -> dict[str, Any]:
    """A payment as a row of the queue. The box carries the revision that was looked at."""
    payment = waiting.payment
    row = table_row(payment)
    href = f"{row['_href']}?queue=1"
    ready = {"text": _("齐全"), "pill": "ok"}
    if waiting.missing:
        ready = {"text": _("缺件"), "pill": "warn", "note": groups_text(waiting.missing)}
    if payment.reverses_id:
        ready = {"text": _("冲减"), "pill": "todo", "note": payment.reason}
    look = _("；").join(_(HINT_LABELS[hint]) for hint in waiting.hints)
    return {
        **row,
        "_href": href,
        "_kind": "problem" if waiting.hints else "",
        "check": {"value": f"{payment.pk}:{payment.revision}", "label": payment_name(payment)},
        "project": {**row["project"], "href": href},
        "look": look,
        "ready": ready,
        "who": {
            "text": called(payment.declared_by),
            "note": f"{timezone.localtime(payment.declared_at):%m-%d %H:%M}",
        },
    }


@desk_page(Can.VERIFY, methods=("POST",))
def queue_decide(request: Any) -> HttpResponse:
    """Decide on the ticked rows, each for itself; what was refused is listed with its reason."""
    verdict = request.POST.get("verdict", "")
    chosen = request.POST.getlist("chosen")[:MOST_AT_ONCE]
    pairs = {text: pair for text in chosen if (pair := _choice(text))}
    if verdict not in set(Verdict) or not chosen:
        messages.warning(request, _("没有选中任何一笔。请先勾选。"))
        return redirect("desk:queue_list")
    seen = dict(pairs.values())
    found = Payment.objects.visible_to(request.viewer).select_related("project", "unit", "city").filter(pk__in=seen)
    chosen_rows = [(payment, seen[payment.pk]) for payment in found.order_by("id")]
    there = {payment.pk for payment, _revision in chosen_rows}
    try:
        all_there(chosen, {text for text, (key, _revision) in pairs.items() if key in there})
    except NotAllThere as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:queue_list")
    outcomes = decide_many(
        chosen=chosen_rows,
        verdict=verdict,
        reason=request.POST.get("reason", "")[:400],
        by=request.viewer.user,
        at=timezone.now(),
    )
    refused = [outcome for outcome in outcomes if outcome.refusal]
    done = len(outcomes) - len(refused)
    if done:
        text = _("已核定 %(count)s 笔。") if verdict == Verdict.VERIFY else _("已退回 %(count)s 笔。")
        messages.success(request, text % {"count": done})
    if not refused:
        return redirect("desk:queue_list")
    rows = [
        {**table_row(outcome.payment), "why": say(outcome.refusal, request.viewer)}
        for outcome in refused
        if outcome.refusal
    ]
    shown = {"rows": rows, "columns": [*columns(request.viewer)[:4], {"key": "why", "label": _("没有办理的原因")}]}
    return render(request, "desk/queue/refused.html", shown, status=409)


def _choice(text: str) -> tuple[UUID, int] | None:
    """``id:revision`` of a ticked row; None for anything else."""
    key, _colon, revision = text.partition(":")
    found, seen = as_uuid(key), as_number(revision)
    return None if found is None or seen is None else (found, seen)


@desk_page(Can.VERIFY, methods=("POST",))
def payment_decide(request: Any, key: UUID) -> HttpResponse:
    """Decide on the payment of the page, as it was shown; then the next of the queue, when one came from there."""
    payment = visible_payment(request.viewer, key)
    verdict, seen = request.POST.get("verdict", ""), as_number(request.POST.get("revision"))
    if verdict not in set(Verdict) or seen is None:
        return redirect("desk:payment", key)
    try:
        decide(
            payment=payment,
            verdict=verdict,
            revision=seen,
            reason=request.POST.get("reason", "")[:400],
            by=request.viewer.user,
            at=timezone.now(),
        )
    except Changed:
        return changed_page(request, payment, seen)
    except REFUSALS as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:payment", key)
    words = _("已核定：%(payment)s") if verdict == Verdict.VERIFY else _("已退回：%(payment)s")
    messages.success(request, words % {"payment": payment_name(payment)})
    if request.POST.get("queue") != "1":
        return redirect("desk:payment", key)
    following = undecided(request.viewer).filter(pk__gt=key).first() or undecided(request.viewer).first()
    return redirect(f"{reverse('desk:payment', args=[following.pk])}?queue=1" if following else "desk:queue_list")
