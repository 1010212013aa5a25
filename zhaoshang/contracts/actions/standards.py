"""Issuing what projects and contracts are measured by, and which of it holds on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhaoshang.contracts.models import Standard
from zhaoshang.contracts.rules.clauses import lexicon_in
from zhaoshang.contracts.rules.sheets import check_standard
from zhaoshang.contracts.samples import sample
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import viewer_of
from zhaoshang.tenancy.models import City


class StandardTaken(Exception):
    """The city has one of this kind with this code, or one that begins on this day."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A standard's content, and what is kept of it with everything that was measured by it."""

    content: dict[str, Any]
    told: dict[str, Any]


@transaction.atomic
def issue_standard(
    *,
    city: City,
    kind: str,
    code: str,
    title: str,
    document: str,
    content: dict[str, Any],
    valid_from: date,
    title_en: str = "",
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> Standard:
    """Issue thresholds (``appraisal``) or risky clauses (``clauses``) from a day on; they never change.

    Raises ``rules.sheets.BadStandard``, ``rules.clauses.BadLexicon``, :class:`StandardTaken`, ``NotAllowed``.
    """
    viewer_of(by, city).require(Can.WRITE_RULES)
    if kind == "appraisal":
        check_standard(content)
    else:
        lexicon_in(content)
    held = Standard.objects.of(city).filter(kind=kind)
    if held.filter(code=code).exists() or held.filter(valid_from=valid_from).exists():
        raise StandardTaken(code)
    issued: Standard = Standard.objects.create(
        city=city,
        kind=kind,
        code=code,
        title=title,
        title_en=title_en,
        document=document,
        is_sample=is_sample,
        content=content,
        valid_from=valid_from,
        issued_by=by,
        issued_at=at,
    )
    record("contracts.standard.issued", city=city, by=by, at=at, about=issued, document=document)
    return issued


def in_force(city: City, kind: str, day: date) -> InForce:
    """The city's own on the day, else the sample that comes with the system. One query."""
    rows = Standard.objects.of(city).filter(kind=kind, valid_from__lte=day)
    issued = rows.order_by("-valid_from").first()
    if issued is None:
        content = sample(kind)
        said = {key: content[key] for key in ("code", "title", "title_en", "document")}
        return InForce(content, said | {"is_sample": True})
    said = {key: getattr(issued, key) for key in ("code", "title", "title_en", "document", "is_sample")}
    return InForce(issued.content, said)
