"""The writers of regulations: a draft is written and tried, then issued; an issued one never changes."""

from datetime import datetime

from django.db import transaction

from zhaoshang.assessments.inputs import unknown_indicators
from zhaoshang.assessments.models import Regulation
from zhaoshang.assessments.rules.reading import read_scheme
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.assessments.rules.tables import BadRegulation, Fault
from zhaoshang.common.problems import N_
from zhaoshang.figures.models import Indicator
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


class AlreadyIssued(Exception):
    """The regulation is issued; draft a new one."""


class CodeTaken(Exception):
    """Another regulation has this code."""


class DocumentMissing(Exception):
    """A regulation is issued under a document's number."""


class CannotReplace(Exception):
    """What is to be replaced is not issued, is for another purpose, begins no earlier, or has been replaced already."""


def check_text(city: City, text: str, purpose: Purpose) -> None:
    """Raise :class:`BadRegulation` unless the text can be read and every indicator in it is in the dictionary."""
    scheme = read_scheme(text, purpose)
    known = set(Indicator.objects.of(city).values_list("code", flat=True))
    faults = []
    for code in unknown_indicators(scheme, known):
        line = next((n for n, written in enumerate(text.splitlines(), start=1) if f"{code}." in written), 0)
        words = N_("指标字典里没有“{code}”。现有：{known}。")
        faults.append(Fault(line, "", words, {"code": code, "known": "、".join(sorted(known))}))
    if faults:
        raise BadRegulation(faults)


@transaction.atomic
def draft_regulation(
    *,
    city: City,
    code: str,
    purpose: Purpose,
    title: str,
    source: str,
    text: str,
    valid_from: int,
    replaces: Regulation | None = None,
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Regulation:
    """Keep a draft, valid from a month. Raises :class:`BadRegulation`, :class:`CodeTaken`."""
    check_text(city, text, purpose)
    if Regulation.objects.of(city).filter(code=code).exists():
        raise CodeTaken(code)
    regulation = Regulation.objects.create(
        city=city,
        code=code,
        purpose=purpose,
        title=title,
        source=source,
        text=text,
        valid_from=valid_from,
        replaces=replaces,
        is_sample=is_sample,
        drafted_by=by,
        drafted_at=at,
    )
    record("assessments.regulation.drafted", city=city, by=by, at=at, about=regulation)
    return regulation


@transaction.atomic
def revise_regulation(
    *, regulation: Regulation, title: str, source: str, text: str, valid_from: int, by: User, at: datetime
) -> Regulation:
    """Change a draft. Raises :class:`BadRegulation`, :class:`AlreadyIssued`."""
    check_text(regulation.city, text, Purpose(regulation.purpose))
    draft = Regulation.objects.of(regulation.city_id).filter(pk=regulation.pk, issued_at__isnull=True)
    if not draft.update(title=title, source=source, text=text, valid_from=valid_from):
        raise AlreadyIssued(regulation.code)
    record("assessments.regulation.revised", city=regulation.city, by=by, at=at, about=regulation)
    return _fresh(regulation)


@transaction.atomic
def discard_regulation(*, regulation: Regulation, by: User, at: datetime) -> None:
    """Throw a draft away; the diary keeps its text. Raises :class:`AlreadyIssued`."""
    draft = Regulation.objects.of(regulation.city_id).filter(pk=regulation.pk, issued_at__isnull=True)
    if not draft._raw_delete(draft.db):
        raise AlreadyIssued(regulation.code)
    record(
        "assessments.regulation.discarded", city=regulation.city, by=by, at=at, about=regulation, text=regulation.text
    )


@transaction.atomic
def issue_regulation(*, regulation: Regulation, document: str, by: User, at: datetime) -> Regulation:
    """Make a draft official under a document's number; what it replaces ends the month before.

    Raises :class:`DocumentMissing`, :class:`AlreadyIssued`, :class:`CannotReplace`.
    """
    if not document.strip():
        raise DocumentMissing
    rows = Regulation.objects.of(regulation.city_id)
    if not rows.filter(pk=regulation.pk, issued_at__isnull=True).update(
        document=document.strip(), issued_by=by, issued_at=at
    ):
        raise AlreadyIssued(regulation.code)
    if regulation.replaces_id is not None:
        before = rows.filter(
            pk=regulation.replaces_id,
            purpose=regulation.purpose,
            issued_at__isnull=False,
            valid_to__isnull=True,
            valid_from__lt=regulation.valid_from,
        )
        if not before.update(valid_to=regulation.valid_from - 1):
            raise CannotReplace(regulation.code)
    fresh = _fresh(regulation)
    record("assessments.regulation.issued", city=fresh.city, by=by, at=at, about=fresh, document=fresh.document)
    return fresh


def _fresh(regulation: Regulation) -> Regulation:
    rows = Regulation.objects.of(regulation.city_id).select_related("city", "replaces", "drafted_by", "issued_by")
    return rows.get(pk=regulation.pk)  # type: ignore[no-any-return]
