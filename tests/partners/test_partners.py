"""Who may be a partner, for how long, and what the yearly review comes to."""

from datetime import date
from typing import Any

import pytest
from cast import Cast
from django.db import DatabaseError, transaction
from leads.told import told

from partners.appointed import CHAMBER, chamber
from zhaoshang.common.periods import Period
from zhaoshang.partners.appointing import (
    AlreadyPartner,
    AlreadyReviewed,
    BadTerm,
    DocumentMissing,
    Forbidden,
    NotAPartnersLogin,
    appoint,
    end_partner,
    link_login,
    review_partner,
)
from zhaoshang.partners.models import Partner, PartnerReview
from zhaoshang.partners.queries import appointed, in_standing, review_due
from zhaoshang.partners.rules import Nature, Outcome, Standing
from zhaoshang.regions.access import NotAllowed


@pytest.mark.parametrize(
    "changes, rule",
    [
        ({"nature": Nature.STATE_BODY}, "1"),
        ({"nature": Nature.SOE}, "2"),
        ({"name": "示例市商务局"}, "3"),
        ({"nature": Nature.PERSON, "post": "示例局副局长"}, "4"),
        ({"declared": ("no_relation",)}, "5"),
        ({"declared": ("no_official",)}, "6"),
    ],
)
def test_who_may_not_be_a_partner_is_refused_by_the_rule_that_says_so(
    cast: Cast, changes: dict[str, Any], rule: str
) -> None:
    with pytest.raises(Forbidden) as refusal:
        chamber(cast, **changes)
    assert rule in [one.no for one in refusal.value.rules]


def test_partners_are_numbered_by_the_year_of_their_term(cast: Cast) -> None:
    numbers = [chamber(cast, name=f"示例{number}商会").number for number in range(2)]
    numbers.append(chamber(cast, name="示例旧商会", term_from=date(2022, 5, 1)).number)
    assert numbers == ["2023-001", "2023-002", "2022-001"]


def test_one_partner_is_not_appointed_twice_at_a_time(cast: Cast) -> None:
    chamber(cast)
    with pytest.raises(AlreadyPartner):
        chamber(cast, term_from=date(2024, 12, 31), term_to=date(2025, 12, 31))
    assert chamber(cast, term_from=date(2025, 1, 1), term_to=date(2025, 12, 31)).number == "2025-001"


def test_only_the_bureau_appoints(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        appoint(city=cast.city, new=CHAMBER, by=cast.officer, at=cast.now)


def test_a_term_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    with pytest.raises(BadTerm):
        chamber(cast, term_to=date(2022, 1, 1))


@pytest.mark.parametrize(
    "day, standing",
    [
        (date(2022, 12, 31), Standing.TO_COME),
        (date(2024, 12, 31), Standing.STANDING),
        (date(2025, 1, 1), Standing.EXPIRED),
    ],
)
def test_a_standing_comes_from_dates_alone(cast: Cast, day: date, standing: Standing) -> None:
    partner = chamber(cast)
    rows = Partner.objects.of(cast.city)
    assert (partner.standing(day), in_standing(rows, standing, day).count()) == (standing, 1)


def test_a_login_must_have_the_role_of_a_partner(cast: Cast) -> None:
    partner, other = chamber(cast), chamber(cast, name="示例第二商会")
    with pytest.raises(NotAPartnersLogin):
        link_login(partner=partner, username="officer", by=cast.statistician, at=cast.now)
    link_login(partner=partner, username="PARTNER", by=cast.statistician, at=cast.now)
    with pytest.raises(NotAPartnersLogin):
        link_login(partner=other, username="partner", by=cast.statistician, at=cast.now)


def test_a_review_counts_the_years_leads_and_is_made_once(cast: Cast) -> None:
    """One lead a year is asked for, none was brought, then one."""
    partner = chamber(cast)
    told(cast, origin_ref=str(partner.pk))
    review = review_partner(partner=partner, year=2023, outcome=Outcome.CONTINUE, by=cast.statistician, at=cast.now)
    assert (review.leads, review.kept, review.duties_met) == (1, 0, True)
    with pytest.raises(AlreadyReviewed):
        review_partner(partner=partner, year=2023, outcome=Outcome.WARN, by=cast.statistician, at=cast.now)


def test_a_review_may_lengthen_the_term_or_end_it(cast: Cast) -> None:
    partner, other = chamber(cast), chamber(cast, name="示例第二商会")
    review_partner(
        partner=partner,
        year=2023,
        outcome=Outcome.CONTINUE,
        term_to=date(2026, 12, 31),
        by=cast.statistician,
        at=cast.now,
    )
    review_partner(partner=other, year=2023, outcome=Outcome.END, note="未履职", by=cast.statistician, at=cast.now)
    rows = dict(Partner.objects.of(cast.city).values_list("name", "term_to"))
    assert rows[partner.name] == date(2026, 12, 31)
    assert Partner.objects.of(cast.city).get(pk=other.pk).standing(cast.now.date()) == Standing.ENDED


def test_who_stood_last_year_is_due_for_review(cast: Cast) -> None:
    partner = chamber(cast)
    assert list(review_due(cast.city, date(2024, 1, 15))) == [partner]
    review_partner(partner=partner, year=2023, outcome=Outcome.CONTINUE, by=cast.statistician, at=cast.now)
    assert list(review_due(cast.city, date(2024, 1, 15))) == []


def test_partners_of_a_quarter_are_those_whose_term_began_in_it(cast: Cast) -> None:
    chamber(cast)
    chamber(cast, name="示例第二商会", term_from=date(2023, 4, 1))
    assert [appointed(cast.city, Period.parse(text)).count() for text in ("2023Q1", "2023Q2", "2022")] == [1, 1, 0]


def test_the_database_keeps_an_appointment_and_a_review(cast: Cast) -> None:
    partner = chamber(cast)
    review_partner(partner=partner, year=2023, outcome=Outcome.WARN, by=cast.statistician, at=cast.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Partner.objects.of(cast.city).update(term_from=date(2020, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        PartnerReview.objects.of(cast.city).update(leads=9)


def test_an_end_has_its_reason(cast: Cast) -> None:
    with pytest.raises(DocumentMissing):
        end_partner(partner=chamber(cast), on=date(2023, 6, 1), reason="", by=cast.statistician, at=cast.now)
