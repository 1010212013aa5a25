"""Issuing the rules."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhaoshang.outreach.models import OutreachSet
from zhaoshang.outreach.rules import rules_in
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import viewer_of
from zhaoshang.tenancy.models import City


@transaction.atomic
def issue_outreach_set(
    *,
    city: City,
    code: str,
    title: str,
    document: str,
    content: dict[str, Any],
    valid_from: date,
    title_en: str = "",
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> OutreachSet:
    """Issue rules from a day on; they never change. Raises ``rules.BadRules``, ``NotAllowed``."""
    viewer_of(by, city).require(Can.WRITE_RULES)
    rules_in(content)
    issued: OutreachSet = OutreachSet.objects.create(
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
    record("outreach.rules.issued", city=city, by=by, at=at, about=issued, document=document)
    return issued
