"""The only writers of articles and their versions."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.publishing.models import Article, ArticleVersion
from zhaoshang.publishing.rules import Kind, VersionState
from zhaoshang.tenancy.models import City


class CodeTaken(Exception):
    """Another article has this code."""


class WordsMissing(Exception):
    """A title and a body are needed; a repost's source needs its name; the argument names what is missing."""


class NotOpen(Exception):
    """The version is not in the state in which this can be done to it."""


class Changed(Exception):
    """Somebody else saved the version meanwhile."""


class SamePerson(Exception):
    """Who wrote or submitted a version does not decide on it."""


class TooEarly(Exception):
    """The instant lies before the decision: nothing is ever published backdated."""


class AlreadySeen(Exception):
    """The version is visible already: it can be corrected or the article withdrawn, but not called back."""


class ReasonMissing(Exception):
    """The act needs a reason."""


class AlreadyWithdrawn(Exception):
    """The article was withdrawn."""


class HasOpenVersion(Exception):
    """A version of the article is being written or decided on already."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a version says; see :class:`models.ArticleVersion`."""

    title: str
    body: str
    title_en: str = ""
    body_en: str = ""
    keywords: str = ""
    source_name: str = ""
    source_url: str = ""
    document: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


def _whole(words: Words) -> None:
    for name in ("title", "body"):
        if not getattr(words, name).strip():
            raise WordsMissing(name)
    if words.source_url and not words.source_name.strip():
        raise WordsMissing("source_name")
    if words.valid_from and words.valid_until and words.valid_until < words.valid_from:
        raise WordsMissing("valid_until")


@transaction.atomic
def write_article(
    *, city: City, code: str, kind: Kind, words: Words, by: User, at: datetime, is_sample: bool = False
) -> ArticleVersion:
    """Begin an article with the draft of its first version. Raises :class:`CodeTaken`, :class:`WordsMissing`."""
    _whole(words)
    if Article.objects.of(city).filter(code=code).exists():
        raise CodeTaken(code)
    article = Article.objects.create(city=city, code=code, kind=kind, is_sample=is_sample, begun_by=by, begun_at=at)
    version: ArticleVersion = ArticleVersion.objects.create(
        city=city, article=article, number=1, written_by=by, written_at=at, **asdict(words)
    )
    record("publishing.article.begun", city=city, by=by, at=at, about=version, code=code)
    return version


@transaction.atomic
def correct_article(*, article: Article, correction: str, by: User, at: datetime) -> ArticleVersion:
    """Begin the next version of a published article, with the words of the last; ``correction`` tells the public what it puts right.

    Raises :class:`ReasonMissing`, :class:`AlreadyWithdrawn`, :class:`HasOpenVersion`.
    """
    if not correction.strip():
        raise ReasonMissing
    held: Article = Article.objects.of(article.city_id).select_for_update().get(pk=article.pk)
    if held.withdrawn_at:
        raise AlreadyWithdrawn
    last = ArticleVersion.objects.of(article.city_id).filter(article=article).order_by("-number")[0]
    if last.state != VersionState.APPROVED:
        raise HasOpenVersion
    words = {name: getattr(last, name) for name in Words.__dataclass_fields__}
    version: ArticleVersion = ArticleVersion.objects.create(
        city_id=article.city_id, article=article, number=last.number + 1, correction=correction.strip(),
        written_by=by, written_at=at, **words,
    )  # fmt: skip
    record("publishing.article.correction_begun", city=version.city, by=by, at=at, about=version, reason=correction)
    return version


def _locked(version: ArticleVersion, *states: VersionState) -> ArticleVersion:
    held: ArticleVersion = (
        ArticleVersion.objects.of(version.city_id).select_for_update().select_related("city", "article").get(pk=version.pk)
    )  # fmt: skip
    if held.state not in states:
        raise NotOpen(held.state)
    return held


@transaction.atomic
def rewrite(*, version: ArticleVersion, revision: int, words: Words, by: User, at: datetime) -> ArticleVersion:
    """Save other words. ``revision``: what the writer had before them. Raises :class:`NotOpen`, :class:`Changed`, :class:`WordsMissing`."""
    _whole(words)
    held = _locked(version, VersionState.DRAFT, VersionState.RETURNED)
    if held.revision != revision:
        raise Changed
    said: dict[str, Any] = asdict(words)
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    if changed:
        held.revision += 1
        # Whoever put words into it last has written it, and so cannot be the one who decides.
        held.written_by, held.written_at = by, at
        held.save(update_fields=[*changed, "revision", "written_by", "written_at"])
        record("publishing.version.rewritten", city=held.city, by=by, at=at, about=held, fields=changed)
    return held


@transaction.atomic
def submit(*, version: ArticleVersion, by: User, at: datetime) -> ArticleVersion:
    """Hand a version to whoever decides; its words stand still from now on. Raises :class:`NotOpen`."""
    held = _locked(version, VersionState.DRAFT, VersionState.RETURNED)
    held.state, held.submitted_by, held.submitted_at = VersionState.SUBMITTED, by, at
    held.decided_by, held.decided_at, held.return_reason = None, None, ""
    held.save(update_fields=["state", "submitted_by", "submitted_at", "decided_by", "decided_at", "return_reason"])
    record("publishing.version.submitted", city=held.city, by=by, at=at, about=held, number=held.number)
    return held


def _decided(version: ArticleVersion, by: User) -> ArticleVersion:
    held = _locked(version, VersionState.SUBMITTED)
    if any(same_person(one, by) for one in (held.written_by_id, held.submitted_by_id)):
        raise SamePerson
    return held


@transaction.atomic
def hand_back(*, version: ArticleVersion, reason: str, by: User, at: datetime) -> ArticleVersion:
    """Give a version back to its writer. Raises :class:`ReasonMissing`, :class:`NotOpen`, :class:`SamePerson`."""
    if not reason.strip():
        raise ReasonMissing
    held = _decided(version, by)
    held.state, held.decided_by, held.decided_at, held.return_reason = VersionState.RETURNED, by, at, reason.strip()
    held.save(update_fields=["state", "decided_by", "decided_at", "return_reason"])
    record("publishing.version.returned", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    return held


@transaction.atomic
def approve(*, version: ArticleVersion, by: User, at: datetime, visible_from: datetime | None = None) -> ArticleVersion:
    """Approve a version: it is read from ``visible_from`` on (none: from now).

    Raises :class:`NotOpen`, :class:`SamePerson`, :class:`TooEarly`.
    """
    held = _decided(version, by)
    instant = visible_from or at
    if instant < at:
        raise TooEarly
    held.state, held.decided_by, held.decided_at, held.visible_from = VersionState.APPROVED, by, at, instant
    held.save(update_fields=["state", "decided_by", "decided_at", "visible_from"])
    record("publishing.version.approved", city=held.city, by=by, at=at, about=held, visible_from=instant.isoformat())
    return held


@transaction.atomic
def call_back(*, version: ArticleVersion, reason: str, by: User, at: datetime) -> ArticleVersion:
    """Keep an approved version from ever being seen, before its instant.

    Raises :class:`ReasonMissing`, :class:`NotOpen`, :class:`AlreadySeen`.
    """
    if not reason.strip():
        raise ReasonMissing
    held = _locked(version, VersionState.APPROVED)
    if held.called_back_at:
        raise NotOpen(held.state)
    if held.visible_from is None or held.visible_from <= at:
        raise AlreadySeen
    held.called_back_by, held.called_back_at = by, at
    held.save(update_fields=["called_back_by", "called_back_at"])
    record("publishing.version.called_back", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    return held


@transaction.atomic
def withdraw_article(*, article: Article, reason: str, by: User, at: datetime) -> Article:
    """Take an article off the site; its page stays and gives the reason. Raises :class:`ReasonMissing`, :class:`AlreadyWithdrawn`."""
    if not reason.strip():
        raise ReasonMissing
    held: Article = Article.objects.of(article.city_id).select_for_update().select_related("city").get(pk=article.pk)
    if held.withdrawn_at:
        raise AlreadyWithdrawn
    held.withdrawn_by, held.withdrawn_at, held.withdraw_reason = by, at, reason.strip()
    held.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
    record("publishing.article.withdrawn", city=held.city, by=by, at=at, about=held, reason=reason.strip())
    return held
