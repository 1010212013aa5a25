"""Contracts before they are signed: upload, the marked text, a reviewer's word on each flag, the three reviews."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.common.problems import Refused
from zhaoshang.contracts.actions.reading import STAGE, handle_flag, upload_text
from zhaoshang.contracts.actions.reviewing import record_review
from zhaoshang.contracts.models import ContractText, Flag, Review
from zhaoshang.contracts.queries import flags_of, reviews_of, texts_of
from zhaoshang.contracts.refusals import SAID
from zhaoshang.contracts.rules.clauses import (
    CLEAR,
    FINDING_LABELS,
    HANDLED_LABELS,
    REVIEW_LABELS,
    Finding,
    Handled,
    ReviewKind,
)
from zhaoshang.desk import contracts_shown as shown_as
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.appraisals_shown import standard_shown
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import handed_out
from zhaoshang.desk.views.projects import found_project
from zhaoshang.machines.handing import SentIn
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import BadDay, NotOpen
from zhaoshang.projects.stages.queries import asked_since, missing_for
from zhaoshang.projects.stages.rules import REVIEWED
from zhaoshang.ui.filters import date_

REFUSED: tuple[type[Exception], ...] = (*SAID, Refused, BadDay, NotOpen)


@desk_page(Can.READ_PAYMENTS)
def contract(request: Any, code: str) -> HttpResponse:
    """A project's contract: what the signing still wants, versions, reviews, and the forms of both sides."""
    project, viewer = found_project(request, code), request.viewer
    texts = texts_of(project)
    flags = flags_of(texts[0]) if texts else []
    sees = viewer.sees_unit(project.unit_id)
    own = bool(texts) and texts[0].drafted_by_id == viewer.user.pk
    shown = {
        "project": project,
        "texts": texts,
        "text_rows": [shown_as.text_row(one) for one in texts],
        "flags": flags,
        "left": sum(Handled(one.handled) not in CLEAR for one in flags),
        "standing": _standing(project),
        "review_rows": [shown_as.review_row(one) for one in reviews_of(project)],
        "kinds": [(str(one), _(text)) for one, text in REVIEW_LABELS.items()],
        "findings": [(str(one), _(text)) for one, text in FINDING_LABELS.items()],
        "today": timezone.localdate().isoformat(),
        "may_upload": viewer.can(Can.PREPARE_CONTRACT) and sees,
        "may_review": viewer.can(Can.REVIEW_CONTRACT) and not own,
        "own": own,
    }
    return render(request, "desk/contracts/project.html", shown)


def _standing(project: Project) -> str:
    """What the reviews mean for the signing, as of today."""
    if project.signed_on is not None:
        return _("%(day)s 签约") % {"day": date_(project.signed_on)}
    since = asked_since(project.city, STAGE, REVIEWED)
    if since is None:
        return _("现行的阶段定义不要求签约前的审查")
    if since > timezone.localdate():
        return _("今天签约还不要求审查；%(day)s 起签约须先有审查") % {"day": date_(since)}
    lacks = [_(one.label) for one in missing_for(project, STAGE) if one.code in REVIEWED]
    return _("签约还缺：%(what)s") % {"what": _("、").join(lacks)} if lacks else _("签约前的审查已齐")


def _tried(request: Any, act: Any, said: str) -> None:
    try:
        act()
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, said)


def file_of(request: Any) -> dict[str, Any]:
    """The upload's bytes and name; nothing when there is none."""
    file = request.FILES.get("file")
    return {"content": file.read(), "name": file.name or ""} if file else {"content": b"", "name": ""}


def day_of(text: str) -> date:
    """A day out of a form. Raises ``BadDay``."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise BadDay(text)
    return day


@desk_page(Can.PREPARE_CONTRACT, methods=("POST",))
def contract_upload(request: Any, code: str) -> HttpResponse:
    """Take in the next version."""
    project = found_project(request, code)

    def act() -> None:
        upload_text(project=project, **file_of(request), by=request.viewer.user, at=timezone.now())

    _tried(request, act, _("合同文本已收入，风险条款已标出，请审查人逐处处理。"))
    return redirect("desk:contract", code)


def _text(request: Any, key: UUID) -> ContractText:
    rows = ContractText.objects.visible_to(request.viewer).select_related("project__city", "drafted_by")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def contract_text(request: Any, key: UUID) -> HttpResponse:
    """One version with its flagged passages marked, and what was made of each."""
    text = _text(request, key)
    flags = flags_of(text)
    newest = texts_of(text.project)[0]
    may = request.viewer.can(Can.REVIEW_CONTRACT) and text.drafted_by_id != request.viewer.user.pk
    shown = {
        "text": text,
        "project": text.project,
        "flags": [shown_as.flag_row(one) for one in flags],
        "paragraphs": shown_as.paragraphs_of(text, flags),
        "outcomes": {mark: _(HANDLED_LABELS[handled]) for handled, mark in reversed(shown_as.MARKS.items())},
        "standard": standard_shown(text.standard),
        "may_handle": may and newest == text,
        "is_newest": newest == text,
        "whole": len(text.passages) <= shown_as.MOST_PARAGRAPHS,
    }
    return render(request, "desk/contracts/text.html", shown)


@desk_page(Can.REVIEW_CONTRACT, methods=("POST",))
def contract_flag(request: Any, key: UUID) -> HttpResponse:
    """A reviewer's word on a passage."""
    rows = Flag.objects.visible_to(request.viewer).select_related("text__project__city")
    flag, given = get_object_or_404(rows, pk=key), request.POST
    handled = Handled(given["handled"]) if given.get("handled") in list(Handled) else Handled.OPEN

    def act() -> None:
        handle_flag(
            flag=flag, handled=handled, reason=given.get("reason", ""), by=request.viewer.user, at=timezone.now()
        )

    _tried(request, act, _("已记下。"))
    return redirect("desk:contract_text", flag.text_id)


@desk_page(Can.REVIEW_CONTRACT, methods=("POST",))
def contract_review(request: Any, code: str) -> HttpResponse:
    """Record due diligence, legal or fair-competition review."""
    project, given = found_project(request, code), request.POST

    def act() -> None:
        record_review(
            project=project,
            kind=ReviewKind(given["kind"]) if given.get("kind") in list(ReviewKind) else ReviewKind.DUE_DILIGENCE,
            finding=Finding(given["finding"]) if given.get("finding") in list(Finding) else Finding.REFUSED,
            conclusion=given.get("conclusion", ""),
            done_on=day_of(given.get("done_on", "")),
            **file_of(request),
            by=request.viewer.user,
            at=timezone.now(),
        )

    _tried(request, act, _("审查已登记；通过的已成为签约阶段的凭证。"))
    return redirect("desk:contract", code)


def stored(request: Any, project: Project, digest: str, mime: str, name: str) -> HttpResponse:
    """A kept file, to be saved; its bytes are checked against their digest. Of a project that is hidden from the viewer it is a 404."""
    if hidden_from(request.viewer).filter(project_id=project.pk).exists():
        raise Http404
    return handed_out(request, SentIn(project.city.code, digest, mime, name))


@desk_page(Can.READ_PAYMENTS)
def contract_file(request: Any, key: UUID) -> HttpResponse:
    """The contract as uploaded."""
    text = _text(request, key)
    return stored(request, text.project, text.digest, text.mime, text.name)


@desk_page(Can.READ_PAYMENTS)
def review_file(request: Any, key: UUID) -> HttpResponse:
    """The opinion's file."""
    rows = Review.objects.visible_to(request.viewer).select_related("project__city")
    review = get_object_or_404(rows, pk=key)
    return stored(request, review.project, review.digest, review.mime, review.name)
