"""Issuing the rules of first talk, and which hold on a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.talks.models import Claim, TalkRules
from zhaoshang.talks.refusals import RulesCodeTaken
from zhaoshang.talks.rules import Terms, sample_set, terms_in
from zhaoshang.tenancy.models import City


@transaction.atomic
def issue_talk_rules(
    *,
    city: City,
    code: str,
    title: str,
    document: str,
    content: dict[str, Any],
    valid_from: date,
    title_en: str = "",
    is_sample: bool = False,
    by: User | None,
    at: datetime,
) -> TalkRules:
    """Issue rules from a day on; they never change. Raises ``rules.BadTerms`` naming the entry, :class:`RulesCodeTaken`."""
    terms_in(content)
    if TalkRules.objects.of(city).filter(Q(code=code) | Q(valid_from=valid_from)).exists():
        raise RulesCodeTaken
    issued: TalkRules = TalkRules.objects.create(
        city=city,
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
    record("talks.rules.issued", city=city, by=by, at=at, about=issued, document=document)
    return issued


def rules_on(city: City, day: date) -> TalkRules | None:
    """The rules in force on the day as the city issued them; None: the sample that comes with the system holds. One query."""
    found: TalkRules | None = TalkRules.objects.of(city).filter(valid_from__lte=day).order_by("-valid_from").first()
    return found


def terms_on(city: City, day: date) -> Terms:
    """The terms of the day. One query."""
    return terms_of(rules_on(city, day))


def terms_of(rules: TalkRules | None) -> Terms:
    """The terms of a rule set, or of the sample."""
    return terms_in(rules.content if rules else sample_set())


def terms_for(claim: Claim) -> Terms:
    """The terms under which a claim was made; they stay its own when newer rules come."""
    return terms_of(claim.rules)
