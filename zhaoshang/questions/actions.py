"""The only writer of saved questions. What one saved, one shares, renames and deletes oneself."""

from datetime import datetime

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.questions.models import SavedQuestion
from zhaoshang.questions.rules import Question
from zhaoshang.tenancy.models import City

LONGEST_TITLE = 80


class TitleMissing(Exception):
    """A saved question needs a title of at most 80 signs."""


class TitleTaken(Exception):
    """One has another question of this title."""


class NotOwn(Exception):
    """Somebody else saved it."""


@transaction.atomic
def save_question(
    *, city: City, question: Question, title: str, shared: bool = False, by: User, at: datetime
) -> SavedQuestion:
    """Keep a question under a title. Raises :class:`TitleMissing`, :class:`TitleTaken`."""
    title = _title(city, by, title)
    saved = SavedQuestion.objects.create(
        city=city,
        owner=by,
        title=title,
        question=[list(pair) for pair in question.params()],
        is_shared=shared,
        saved_at=at,
    )
    record("questions.question.saved", city=city, by=by, at=at, about=saved, shared=shared)
    return saved


@transaction.atomic
def share_question(*, saved: SavedQuestion, shared: bool, by: User, at: datetime) -> SavedQuestion:
    """Show it to everybody who may ask, or take it back. Raises :class:`NotOwn`."""
    _own(saved, by)
    saved.is_shared = shared
    saved.save(update_fields=["is_shared"])
    verb = "questions.question.shared" if shared else "questions.question.unshared"
    record(verb, city=saved.city, by=by, at=at, about=saved)
    return saved


@transaction.atomic
def rename_question(*, saved: SavedQuestion, title: str, by: User, at: datetime) -> SavedQuestion:
    """Give it another title. Raises :class:`NotOwn`, :class:`TitleMissing`, :class:`TitleTaken`."""
    _own(saved, by)
    before, saved.title = saved.title, _title(saved.city, by, title, but=saved)
    saved.save(update_fields=["title"])
    record("questions.question.renamed", city=saved.city, by=by, at=at, about=saved, before=before)
    return saved


@transaction.atomic
def delete_question(*, saved: SavedQuestion, by: User, at: datetime) -> None:
    """Take it away for everybody; the diary keeps what it asked. Raises :class:`NotOwn`."""
    _own(saved, by)
    record("questions.question.deleted", city=saved.city, by=by, at=at, about=saved, question=saved.question)
    SavedQuestion.objects.of(saved.city_id).filter(pk=saved.pk).delete()


def _own(saved: SavedQuestion, by: User) -> None:
    if saved.owner_id != by.pk:
        raise NotOwn(saved.title)


def _title(city: City, owner: User, text: str, but: SavedQuestion | None = None) -> str:
    """The title, if the owner has no other question of it."""
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise TitleMissing
    held = SavedQuestion.objects.of(city).filter(owner=owner, title=title)
    if (held.exclude(pk=but.pk) if but is not None else held).exists():
        raise TitleTaken(title)
    return title
