"""The site's articles and what the public asks: reading them, each step of a version, answers."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime, StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Line, Page, Strict
from zhaoshang.api.seen import Revision, looked_at
from zhaoshang.outreach.models import Activity
from zhaoshang.people.rules import Can
from zhaoshang.publishing import actions, asking, identity
from zhaoshang.publishing.actions import Words
from zhaoshang.publishing.announcing import announce_activity, take_back
from zhaoshang.publishing.imaging import add_image
from zhaoshang.publishing.models import Announcement, ArticleVersion, PublicRequest
from zhaoshang.publishing.rules import Kind, Outcome
from zhaoshang.searches.queries import counts

router = Router(tags=["publishing"])
PAGE = 50
Title = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=120)]
Body = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=50_000)]


class WordsBody(Strict):
    """What a version says; days as ``2023-04-12``."""

    title: Title
    body: Body
    title_en: Annotated[str, StringConstraints(strict=True, max_length=200)] = ""
    body_en: Annotated[str, StringConstraints(strict=True, max_length=50_000)] = ""
    keywords: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    source_name: Annotated[str, StringConstraints(strict=True, max_length=80)] = ""
    source_url: Annotated[str, StringConstraints(strict=True, max_length=300, pattern=r"^(https?://[^\s<>\"]+)?$")] = ""
    document: Annotated[str, StringConstraints(strict=True, max_length=120)] = ""
    valid_from: date | None = None
    valid_until: date | None = None


class NewArticle(WordsBody):
    """A new article; ``code`` is its name in the address, for ever."""

    code: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    kind: Kind


class Rewritten(WordsBody):
    """Other words for a version; ``revision`` as it was read (or ``If-Match``)."""

    revision: Revision | None = None


class Step(Strict):
    """One step; ``return``, ``call_back``, ``correct`` and ``withdraw`` need a reason; ``visible_from`` goes with ``approve``."""

    step: Literal["submit", "return", "approve", "call_back", "correct", "withdraw"]
    reason: Line = ""
    visible_from: AwareDatetime | None = None


class Document(Strict):
    """The kind of document that was seen; never its number."""

    document: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60)]


class RequestAnswer(Strict):
    """To the asker, and for the public log."""

    outcome: Outcome
    reply: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=2_000)]
    public_reply: Line


def _told(version: ArticleVersion) -> dict[str, Any]:
    return {
        "id": str(version.pk),
        "code": version.article.code,
        "kind": version.article.kind,
        "number": version.number,
        "revision": version.revision,
        "state": version.state,
        "visible_from": version.visible_from,
        "called_back_at": version.called_back_at,
        "withdrawn_at": version.article.withdrawn_at,
        "correction": version.correction,
        "return_reason": version.return_reason,
        **{name: getattr(version, name) for name in Words.__dataclass_fields__},
    }


def _words(body: WordsBody) -> Words:
    return Words(**{name: getattr(body, name) for name in Words.__dataclass_fields__})


def _found(request: ApiRequest, key: UUID) -> ArticleVersion:
    rows = ArticleVersion.objects.of(request.viewer.city).select_related("article", "city")
    return rows.get(pk=key)  # type: ignore[no-any-return]


@router.get(
    "/articles",
    auth=needs(Can.WRITE_SITE, Can.PUBLISH_SITE),
    response={200: Page},
    summary="Versions of articles, newest first",
)
def articles(request: ApiRequest, kind: Kind | None = None, state: str | None = None, after: UUID | None = None) -> Any:
    """Drafts too; the public reads the site."""
    given = {"article__kind": kind, "state": state}
    rows = ArticleVersion.objects.of(request.viewer.city).select_related("article")
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return {"rows": [_told(one) for one in shown], "next": str(shown[-1].pk) if len(found) > PAGE else None}


@router.post(
    "/articles",
    auth=needs(Can.WRITE_SITE),
    response={201: dict[str, Any]},
    summary="Begin an article",
)
def new_article(request: ApiRequest, body: NewArticle) -> Any:
    """Its first version, as a draft."""
    given: dict[str, Any] = {"city": request.viewer.city, "by": caller(request), "at": timezone.now()}
    return Status(201, _told(actions.write_article(code=body.code, kind=body.kind, words=_words(body), **given)))


@router.put(
    "/articles/{key}",
    auth=needs(Can.WRITE_SITE),
    response={200: dict[str, Any]},
    summary="Save other words of a draft",
)
def rewrite_article(request: ApiRequest, key: UUID, body: Rewritten) -> Any:
    """Refused when somebody saved meanwhile."""
    given: dict[str, Any] = {"by": caller(request), "at": timezone.now()}
    version = _found(request, key)
    with looked_at(request, body.revision, lambda: _told(_found(request, key))) as revision:
        return _told(actions.rewrite(version=version, revision=revision, words=_words(body), **given))


@router.post(
    "/articles/{key}/steps",
    auth=needs(Can.WRITE_SITE, Can.PUBLISH_SITE),
    response={200: dict[str, Any]},
    summary="One step of a version",
)
def article_step(request: ApiRequest, key: UUID, body: Step) -> Any:
    """Submitting and correcting take the right to write, all else the right to publish."""
    version = _found(request, key)
    request.viewer.require(Can.WRITE_SITE if body.step in ("submit", "correct") else Can.PUBLISH_SITE)
    given: dict[str, Any] = {"by": caller(request), "at": timezone.now()}
    match body.step:
        case "submit":
            version = actions.submit(version=version, **given)
        case "return":
            version = actions.hand_back(version=version, reason=body.reason, **given)
        case "approve":
            version = actions.approve(version=version, visible_from=body.visible_from, **given)
        case "call_back":
            version = actions.call_back(version=version, reason=body.reason, **given)
        case "correct":
            version = actions.correct_article(article=version.article, correction=body.reason, **given)
        case "withdraw":
            version.article = actions.withdraw_article(article=version.article, reason=body.reason, **given)
    return _told(version)


class ImageIn(Strict):
    """What a picture shows, in both languages."""

    alt: Annotated[str, StringConstraints(max_length=200)]
    alt_en: Annotated[str, StringConstraints(max_length=300)]


@router.post(
    "/articles/{key}/images",
    auth=needs(Can.WRITE_SITE),
    response={201: dict[str, Any]},
    summary="Add a picture to an article",
)
def new_image(request: ApiRequest, key: UUID, said: Query[ImageIn], file: File[UploadedFile]) -> Any:
    """Made anew from its pixels in up to three widths; a line ``[图1]`` in a body shows it by its ``number``."""
    held = add_image(
        article=_found(request, key).article, content=file.read(), name=file.name or "", **said.dict(),
        by=caller(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"number": held.number, "sizes": held.sizes, "alt": held.alt, "alt_en": held.alt_en})


class Announced(Strict):
    """From when the public knows of it (none: from now); or ``take_back`` with the reason."""

    visible_from: AwareDatetime | None = None
    take_back: bool = False
    reason: Line = ""


@router.post(
    "/activities/{code}/announcement",
    auth=needs(Can.PUBLISH_SITE),
    response={200: dict[str, Any]},
    summary="Announce an activity on the site, or take it back",
)
def announcement(request: ApiRequest, code: str, body: Announced) -> Any:
    """Whoever entered the activity does not announce it."""
    activity = Activity.objects.visible_to(request.viewer).select_related("city").get(code=code)
    given: dict[str, Any] = {"by": caller(request), "at": timezone.now()}
    if body.take_back:
        rows = Announcement.objects.of(activity.city_id).filter(activity=activity, taken_back_at__isnull=True)
        held = take_back(announcement=rows.get(), reason=body.reason, **given)
    else:
        held = announce_activity(activity=activity, visible_from=body.visible_from, **given)
    return {"activity": code, "visible_from": held.visible_from, "taken_back_at": held.taken_back_at}


def _asked(one: PublicRequest) -> dict[str, Any]:
    return {
        "number": one.number,
        "asked": one.asked,
        "about": one.article.code if one.article else None,
        "text": one.text,
        "received_at": one.received_at,
        "due_on": one.due_on,
        "outcome": one.outcome,
        "reply": one.reply,
        "public_reply": one.public_reply,
        "answered_at": one.answered_at,
    }


@router.get(
    "/public-requests",
    auth=needs(Can.ANSWER_PUBLIC),
    response={200: Page},
    summary="What the public asked",
)
def public_requests(request: ApiRequest, answered: bool = False, after: UUID | None = None) -> Any:
    """Those without an answer, or the answered ones; never who asked."""
    rows = PublicRequest.objects.of(request.viewer.city).select_related("article")
    rows = rows.exclude(outcome="") if answered else rows.filter(outcome="")
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return {"rows": [_asked(one) for one in shown], "next": str(shown[-1].pk) if len(found) > PAGE else None}


@router.post(
    "/public-requests/{number}/answer",
    auth=needs(Can.ANSWER_PUBLIC),
    response={200: dict[str, Any]},
    summary="Answer a request of the public",
)
def answer_request(request: ApiRequest, number: int, body: RequestAnswer) -> Any:
    """Once; the public words go into the log."""
    one = PublicRequest.objects.of(request.viewer.city).select_related("city", "article").get(number=number)
    now = timezone.now()
    given: dict[str, Any] = {"by": caller(request), "at": now, "today": timezone.localdate(now)}
    return _asked(asking.answer(request=one, **body.dict(), **given))


@router.post(
    "/public-requests/{number}/identity",
    auth=needs(Can.ANSWER_PUBLIC),
    response={200: dict[str, Any]},
    summary="Note that the asker's document was seen",
)
def note_identity(request: ApiRequest, number: int, body: Document) -> Any:
    """Of a request about personal information, before it is granted."""
    one = PublicRequest.objects.of(request.viewer.city).get(number=number)
    check = identity.note_document(request=one, document=body.document, by=caller(request), at=timezone.now())
    return {"number": one.number, "way": check.way, "proven_at": check.proven_at}


@router.get(
    "/saved-searches",
    auth=needs(Can.ANSWER_PUBLIC),
    response={200: dict[str, Any]},
    summary="How many searches investors have saved",
)
def saved_searches(request: ApiRequest) -> Any:
    """Counts by standing, by the industry that the confirmed ones look for, and of the mails of the last 30 days; never whose."""
    return counts(request.viewer.city, timezone.localdate())
