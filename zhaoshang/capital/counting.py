"""The writers of rule sets: a draft is tried, then issued; an issued one never changes, only its last month is set by its successor."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhaoshang.capital import rollup
from zhaoshang.capital.models import RuleSet
from zhaoshang.capital.rules import check_content
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


class AlreadyIssued(Exception):
    """The rule set is issued; draft a new one."""


class OverlapsIssued(Exception):
    """Another issued set is official from the same month or later."""


@transaction.atomic
def draft_rules(
    *,
    city: City,
    code: str,
    title: str,
    content: dict[str, Any],
    source: str,
    valid_from: int,
    computed_from: int | None = None,
    document: str = "",
    is_sample: bool = False,
    by: User,
    at: datetime,
) -> RuleSet:
    """Keep a draft. Months are month numbers. Raises ``capital.rules.BadRule`` naming the rule that cannot be read."""
    check_content(content)
    rules = RuleSet.objects.create(
        city=city,
        code=code,
        title=title,
        content=content,
        source=source,
        document=document,
        is_sample=is_sample,
        valid_from=valid_from,
        computed_from=valid_from if computed_from is None else computed_from,
        drafted_by=by,
        drafted_at=at,
    )
    record("capital.rules.drafted", city=city, by=by, at=at, about=rules)
    return rules


@transaction.atomic
def revise_rules(*, rules: RuleSet, content: dict[str, Any], by: User, at: datetime) -> RuleSet:
    """Change a draft's content. Raises :class:`AlreadyIssued`, ``BadRule``."""
    check_content(content)
    changed = RuleSet.objects.of(rules.city_id).filter(pk=rules.pk, issued_at__isnull=True).update(content=content)
    if not changed:
        raise AlreadyIssued(rules.code)
    record("capital.rules.revised", city=rules.city, by=by, at=at, about=rules)
    rules.content = content
    return rules


@transaction.atomic
def issue_rules(*, rules: RuleSet, by: User, at: datetime) -> RuleSet:
    """Make a draft official from its month: the set before it ends the month before, and totals are kept under it from now on
    and for past months back to ``computed_from``. Raises :class:`AlreadyIssued`, :class:`OverlapsIssued`."""
    issued = RuleSet.objects.of(rules.city_id).filter(issued_at__isnull=False).select_for_update()
    if issued.filter(valid_from__gte=rules.valid_from).exists():
        raise OverlapsIssued(rules.code)
    if (
        not RuleSet.objects.of(rules.city_id)
        .filter(pk=rules.pk, issued_at__isnull=True)
        .update(issued_by=by, issued_at=at)
    ):
        raise AlreadyIssued(rules.code)
    issued.filter(valid_to__isnull=True, valid_from__lt=rules.valid_from).update(valid_to=rules.valid_from - 1)
    fresh = RuleSet.objects.of(rules.city_id).select_related("city").get(pk=rules.pk)
    rollup.compute_for(fresh.city, fresh)
    record(
        "capital.rules.issued",
        city=fresh.city,
        by=by,
        at=at,
        about=fresh,
        valid_from=fresh.valid_from,
        computed_from=fresh.computed_from,
    )
    return fresh  # type: ignore[no-any-return]
