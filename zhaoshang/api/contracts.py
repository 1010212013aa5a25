"""Contracts before they are signed: texts with their flagged passages, a reviewer's word on each, and the reviews."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import File, Query, Router, Status, UploadedFile
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Strict
from zhaoshang.api.stages import project_seen
from zhaoshang.contracts.actions.reading import handle_flag, upload_text
from zhaoshang.contracts.actions.reviewing import record_review
from zhaoshang.contracts.models import ContractText, Flag, Review
from zhaoshang.contracts.queries import flags_of, reviews_of, texts_of
from zhaoshang.contracts.rules.clauses import Finding, Handled, ReviewKind
from zhaoshang.people.rules import Can

router = Router(tags=["contracts"])


def _text(one: ContractText) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "version": one.version,
        "name": one.name,
        "digest": one.digest,
        "standard": one.standard,
        "is_sample": one.is_sample,
        "drafted_by": one.drafted_by.username,
        "drafted_at": one.drafted_at,
    }


def _flag(one: Flag) -> dict[str, Any]:
    plain = ("number", "code", "label", "article", "explanation", "paragraph", "page", "start", "end", "passage")
    said = {"handled": one.handled, "reason": one.reason, "handled_at": one.handled_at}
    who = one.handled_by.username if one.handled_by else None
    return {"id": str(one.pk), **{name: getattr(one, name) for name in plain}, **said, "handled_by": who}


def _review(one: Review) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "finding": one.finding,
        "version": one.text.version if one.text else None,
        "conclusion": one.conclusion,
        "done_on": one.done_on,
        "name": one.name,
        "digest": one.digest,
        "reviewed_by": one.reviewed_by.username,
        "reviewed_at": one.reviewed_at,
    }


@router.get(
    "/projects/{code}/contract",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="A project's contract: versions, flags of the newest, reviews",
)
def contract(request: ApiRequest, code: str) -> Any:
    """What is missing for the signing stands under ``/projects/{code}/stages``."""
    project = project_seen(request, code)
    texts = texts_of(project)
    return {
        "texts": [_text(one) for one in texts],
        "flags": [_flag(one) for one in flags_of(texts[0])] if texts else [],
        "reviews": [_review(one) for one in reviews_of(project)],
    }


@router.get(
    "/contract-texts/{key}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="One version with its paragraphs and flags",
)
def contract_text(request: ApiRequest, key: UUID) -> Any:
    """Paragraphs count from 1; a flag's ``start`` and ``end`` are places in its paragraph. No paragraphs: no text layer."""
    text = ContractText.objects.visible_to(request.viewer).select_related("drafted_by").get(pk=key)
    paragraphs = [{"page": page, "text": said} for page, said in text.passages]
    return {**_text(text), "paragraphs": paragraphs, "flags": [_flag(one) for one in flags_of(text)]}


@router.post(
    "/projects/{code}/contract-texts",
    auth=needs(Can.PREPARE_CONTRACT),
    response={201: dict[str, Any]},
    summary="Take in the next version of a contract",
)
def new_contract_text(request: ApiRequest, code: str, file: UploadedFile = File(...)) -> Any:  # type: ignore[type-arg]  # noqa: B008
    """Word or PDF, told by its content; risky clauses are flagged."""
    given: dict[str, Any] = {"content": file.read(), "name": file.name or "", "by": caller(request)}
    text = upload_text(project=project_seen(request, code), at=timezone.now(), **given)
    return Status(201, {"id": str(text.pk), "version": text.version, "flags": len(flags_of(text))})


class Word(Strict):
    """``remove`` (to be struck out), ``justified`` (why), ``no_hit``; ``read`` for a file without a text layer."""

    handled: Literal["remove", "justified", "no_hit", "read"]
    reason: Line = ""


@router.post(
    "/contract-flags/{key}",
    auth=needs(Can.REVIEW_CONTRACT),
    response={200: dict[str, Any]},
    summary="A reviewer's word on a flagged passage",
)
def deal_with_flag(request: ApiRequest, key: UUID, body: Word) -> Any:
    """Once, by another than who uploaded the text."""
    rows = Flag.objects.visible_to(request.viewer).select_related("text__project__city")
    flag = handle_flag(
        flag=rows.get(pk=key), handled=Handled(body.handled), reason=body.reason, by=caller(request), at=timezone.now()
    )
    return _flag(flag)


class Opinion(Strict):
    """A review; ``exception``: article 12 of 《公平竞争审查条例》, fair-competition review only."""

    kind: Literal["due_diligence", "legal_review", "fair_competition"]
    finding: Literal["passed", "exception", "refused"]
    conclusion: Annotated[str, Field(min_length=1, max_length=1000)]
    done_on: date


@router.post(
    "/projects/{code}/reviews",
    auth=needs(Can.REVIEW_CONTRACT),
    response={201: dict[str, str]},
    summary="Record due diligence, legal or fair-competition review",
)
def new_review(
    request: ApiRequest,
    code: str,
    said: Query[Opinion],
    file: UploadedFile = File(...),  # type: ignore[type-arg]  # noqa: B008
) -> Any:
    """With the opinion's file; what passed becomes evidence of the stage «signed»."""
    review = record_review(
        project=project_seen(request, code),
        kind=ReviewKind(said.kind),
        finding=Finding(said.finding),
        conclusion=said.conclusion,
        done_on=said.done_on,
        content=file.read(),
        name=file.name or "",
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(review.pk), "digest": review.digest})
