"""Ask: the same questions as the desk's, by the same parameters of the address."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Page, Strict
from zhaoshang.people.rules import Can
from zhaoshang.questions.actions import delete_question, save_question
from zhaoshang.questions.answering import Place, answer, records
from zhaoshang.questions.plain import answer_json, saved_json
from zhaoshang.questions.queries import saved_for
from zhaoshang.questions.rules import Question, parse
from zhaoshang.questions.subjects import SOURCES, SUBJECTS

router = Router(tags=["questions"])
MOST_ROWS, MOST_COLUMNS, PAGE = 1_000, 100, 100


def asked(request: HttpRequest, *but: str) -> Question:
    """The question of the address. Raises ``Unanswerable``."""
    return parse({name: texts for name, texts in request.GET.lists() if name not in but}, SUBJECTS)


@router.get(
    "/questions/vocabulary",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="What can be asked: subjects, dimensions with their values, measures",
)
def vocabulary(request: ApiRequest) -> Any:
    """Codes for the parameters of a question; a dimension's code is also the name of its filter."""
    return [
        {
            "about": subject.code,
            "name": subject.label,
            "period": subject.period_label,
            "dimensions": [
                {"code": one.code, "name": one.label, "values": dict(one.values), "months": one.span}
                for one in subject.dimensions
            ],
            "measures": [
                {
                    "code": one.code,
                    "name": one.label,
                    "unit": "CNY" if one.is_money else "count",
                    "adds_up": one.adds_up,
                }
                for one in subject.measures
            ],
        }
        for subject in SUBJECTS.values()
    ]


@router.get(
    "/questions/answer",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, Any]},
    summary="The answer to a question",
)
def answered(request: ApiRequest) -> Any:
    """``about rows columns measure version period compare sort top`` and any dimension as a filter, as in the desk's address."""
    return answer_json(answer(asked(request), request.viewer, MOST_ROWS, MOST_COLUMNS))


@router.get(
    "/questions/records",
    auth=needs(Can.READ_PAYMENTS),
    response={200: Page},
    summary="The records that a question is answered from",
)
def question_records(request: ApiRequest, after: UUID | None = None) -> Any:
    """Newest first, by key; hold the question to a cell by its filters."""
    question = asked(request, "after")
    source = SOURCES[question.subject.code]
    rows, _version = records(question, request.viewer, Place())
    rows = rows.order_by("-id") if after is None else rows.order_by("-id").filter(id__lt=after)
    found = list(rows[: PAGE + 1])
    told = [{"id": source.key(row), **{one.code: one.plain(row) for one in source.fields}} for row in found[:PAGE]]
    return {"rows": told, "next": str(found[PAGE - 1].pk) if len(found) > PAGE else None}


@router.get(
    "/questions",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="Saved questions: one's own and the shared ones",
)
def saved_questions(request: ApiRequest) -> Any:
    """By title."""
    return [saved_json(saved) for saved in saved_for(request.viewer.city, request.viewer.user)]


class NewSaved(Strict):
    """A question as pairs of parameter and text, under a title."""

    title: Name
    question: list[tuple[str, str]]
    shared: bool = False


@router.post(
    "/questions",
    auth=needs(Can.READ_PAYMENTS),
    response={201: dict[str, Any]},
    summary="Save a question",
)
def new_saved(request: ApiRequest, body: NewSaved) -> Any:
    """It must be one that can be read; whether it has an answer is seen when it is asked."""
    given: dict[str, list[str]] = {}
    for name, text in body.question:
        given.setdefault(name, []).append(text)
    question = parse(given, SUBJECTS)
    city, by, at = request.viewer.city, caller(request), timezone.now()
    saved = save_question(city=city, question=question, title=body.title, shared=body.shared, by=by, at=at)
    return Status(201, saved_json(saved))


@router.delete(
    "/questions/{key}",
    auth=needs(Can.READ_PAYMENTS),
    response={200: dict[str, str]},
    summary="Delete one of one's own saved questions",
)
def no_longer_saved(request: ApiRequest, key: UUID) -> Any:
    """Another's is absent."""
    by = caller(request)
    saved = saved_for(request.viewer.city, by).filter(owner=by).get(pk=key)
    delete_question(saved=saved, by=by, at=timezone.now())
    return {"deleted": str(key)}
