"""The writers of rule sets: a draft is tried, then issued; an issued one never changes, only its last month is set by its successor."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from zhaoshang.capital import rollup
from zhaoshang.capital.models import RuleSet, Total
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
def revise_rules(*, rules: RuleSet, content: dict[str, Any], by: User, at: datetime, **head: Any) -> RuleSet:
    """Change a draft's content, and of its ``head`` any of ``title, source, valid_from, computed_from``.

    Raises :class:`AlreadyIssued`, ``BadRule``, and ``TypeError`` for another part of the head.
    """
    if unknown := set(head) - {"title", "source", "valid_from", "computed_from"}:
        raise TypeError(f"a draft's head has no {sorted(unknown)}")
    check_content(content)
    draft = RuleSet.objects.of(rules.city_id).filter(pk=rules.pk, issued_at__isnull=True)
    if not draft.update(content=content, **head):
        raise AlreadyIssued(rules.code)
    record("capital.rules.revised", city=rules.city, by=by, at=at, about=rules)
    return RuleSet.objects.of(rules.city_id).select_related("city").get(pk=rules.pk)  # type: ignore[no-any-return]


@transaction.atomic
def discard_rules(*, rules: RuleSet, by: User, at: datetime) -> None:
    """Throw a draft away; the diary keeps what it said. Raises :class:`AlreadyIssued`."""
    draft = RuleSet.objects.of(rules.city_id).filter(pk=rules.pk, issued_at__isnull=True)
    # Not delete(): it would ask every table that refers to rule sets, in all cities. The database holds the references.
    if not draft._raw_delete(draft.db):
        raise AlreadyIssued(rules.code)
    record("capital.rules.discarded", city=rules.city, by=by, at=at, about=rules, content=rules.content)


@transaction.atomic
def issue_rules(*, rules: RuleSet, by: User, at: datetime, document: str = "") -> RuleSet:
    """Make a draft official from its month, as ``document`` says: the set before it ends the month before, and totals are
    kept under it from now on and for past months back to ``computed_from``.

    Raises :class:`AlreadyIssued`, :class:`OverlapsIssued`.
    """
    City.objects.select_for_update(no_key=True).get(pk=rules.city_id)  # two sets are issued one after the other
    issued = RuleSet.objects.of(rules.city_id).filter(issued_at__isnull=False)
    if issued.filter(valid_from__gte=rules.valid_from).exists():
        raise OverlapsIssued(rules.code)
    if (
        not RuleSet.objects.of(rules.city_id)
        .filter(pk=rules.pk, issued_at__isnull=True)
        .update(issued_by=by, issued_at=at, document=document.strip() or rules.document)
    ):
        raise AlreadyIssued(rules.code)
    _end(issued.filter(valid_to__isnull=True, valid_from__lt=rules.valid_from), rules)
    fresh = RuleSet.objects.of(rules.city_id).select_related("city").get(pk=rules.pk)
    rollup.compute_for(fresh.city, fresh)
    record(
        "capital.rules.issued",
        city=fresh.city,
        by=by,
        at=at,
        about=fresh,
        document=fresh.document,
        valid_from=fresh.valid_from,
        computed_from=fresh.computed_from,
    )
    return fresh  # type: ignore[no-any-return]


def _end(before: "QuerySet[RuleSet]", rules: RuleSet) -> None:
    """The sets that ``rules`` follows end the month before; totals of later months would go stale under them and are given up."""
    ended = list(before.values_list("pk", flat=True))
    before.update(valid_to=rules.valid_from - 1)
    Total.objects.of(rules.city_id).filter(rule_set_id__in=ended, month__gte=rules.valid_from).delete()
