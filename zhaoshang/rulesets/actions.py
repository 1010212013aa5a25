"""The one act on local rules, and what it refuses."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone

from zhaoshang.common.problems import N_, Refused
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import viewer_of
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.rulesets.models import IssuedRules
from zhaoshang.rulesets.texts import content_in
from zhaoshang.tenancy.models import City

LONGEST = {"code": 40, "title": 120, "title_en": 120, "document": 120}


class NotIssued(Refused):
    """A set is not issued; ``words`` is the sentence. ``clash``: because of one that stands."""

    name: ClassVar[str] = "not_issued"
    words: ClassVar[str] = ""
    clash: ClassVar[bool] = True

    def __init__(self, **params: object) -> None:
        super().__init__(self.name, self.words, **params)


class CodeTaken(NotIssued):
    """Another set of the kind has the code."""

    name = "code_taken"
    words = N_("代号“{taken}”已由“{title}”使用。请另取一个，例如加上年份。")


class DayTaken(NotIssued):
    """Another set of the kind begins on the day."""

    name = "day_taken"
    words = N_("“{title}”也从 {day} 起适用。请改一个起始日。")


class TooEarly(NotIssued):
    """What has been in force is not changed afterwards: a set follows another from tomorrow on at the earliest."""

    name = "too_early"
    words = N_("“{title}”正在适用，新的一套最早从 {day} 起。已经按旧办法办的不追溯。")


class HeadMissing(NotIssued):
    """A set has a code of letters and digits, a title and the document that issues it, none too long."""

    name = "head_missing"
    words = N_("请填代号（字母、数字、短横，最多 40 个）、名称和文号（各最多 120 字）。没有文件的规则不能发布。")
    clash = False


@transaction.atomic
def issue_set(
    *,
    kind: Kind[Any],
    city: City,
    code: str,
    title: str,
    document: str,
    content: Mapping[str, Any],
    valid_from: date,
    title_en: str = "",
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> IssuedRules:
    """Issue a set of a kind from a day on; it never changes, and what was decided before stays as it was.

    Raises ``rules.BadRules`` naming the key, :class:`HeadMissing`, :class:`CodeTaken`, :class:`DayTaken`, :class:`TooEarly`,
    ``NotAllowed``.
    """
    viewer_of(by, city).require(Can.WRITE_RULES)
    head = {"code": code.strip(), "title": title.strip(), "title_en": title_en.strip(), "document": document.strip()}
    _check_head(head)
    kind.check(content)
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # two sets of one kind are issued one after the other
    check_place(kind, city, head["code"], valid_from, timezone.localdate(at))
    issued: IssuedRules = kind.model.objects.create(
        city=city, content=content_in(content), valid_from=valid_from, is_sample=is_sample, issued_by=by, issued_at=at,
        **head, **kind.columns,
    )  # fmt: skip
    told: dict[str, Any] = {
        "kind": kind.code,
        "code": issued.code,
        "document": issued.document,
        "from": str(valid_from),
    }
    record("rulesets.rules.issued", city=city, by=by, at=at, about=issued, **told)
    return issued


def _check_head(head: Mapping[str, str]) -> None:
    try:
        validate_slug(head["code"])
    except ValidationError:
        raise HeadMissing from None
    if not head["title"] or not head["document"] or any(len(head[key]) > most for key, most in LONGEST.items()):
        raise HeadMissing


def check_place(kind: Kind[Any], city: City, code: str, valid_from: date, today: date) -> None:
    """Whether a set may have this code and begin on this day. Raises :class:`CodeTaken`, :class:`DayTaken`, :class:`TooEarly`."""
    rows = kind.rows(city)
    if held := rows.filter(code=code).first():
        raise CodeTaken(taken=code, title=held.title)
    if held := rows.filter(valid_from=valid_from).first():
        raise DayTaken(title=held.title, day=str(valid_from))
    if valid_from <= today and (held := rows.in_force(today).first()):
        raise TooEarly(title=held.title, day=str(date.fromordinal(today.toordinal() + 1)))
