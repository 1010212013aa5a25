"""Every page of the public site, in both languages, on a desk's screen and on a phone: axe finds nothing, nothing sticks out."""

from datetime import timedelta

import pytest
from browser import Windows
from bulletins.conftest import told  # noqa: F401 - the account that the bulletins' tests know by heart
from bulletins.test_writing import published
from cast import NOW, YI, Cast
from dictionary import Dictionary
from django.urls import reverse
from django.utils import timezone
from issued import issued as rules_issued
from leads.told import told as lead_told
from opportunities.building import offered
from opportunities.test_editions import issued
from outreach import going
from portal.test_calendar import announced
from publishing.test_articles import published as article_published
from publishing.test_images import approved

from journeys.test_pages_are_for_everybody import wrong_with
from zhaoshang.figures.freezing import frozen_in
from zhaoshang.leads.models import Lead
from zhaoshang.opportunities.actions import close_entry
from zhaoshang.opportunities.rules import Kind
from zhaoshang.outreach.actions.activities import open_registration
from zhaoshang.outreach.actions.visits import open_demand
from zhaoshang.publishing.actions import approve, correct_article, submit, withdraw_article
from zhaoshang.publishing.asking import take_request
from zhaoshang.publishing.queries import SITE
from zhaoshang.publishing.rules import Asked
from zhaoshang.searches.actions import link_of, save_search

pytestmark = pytest.mark.browser


def furnished(cast: Cast) -> list[str]:
    """The addresses of a site that has one of everything."""
    soon = timezone.localdate() + timedelta(days=30)
    first, second, gone = offered(cast, expires_on=soon), offered(cast, Kind.PLANNED), offered(cast)
    close_entry(entry=gone, reason="示例", by=cast.officer, at=NOW)
    issued(cast, [first, second])
    approved(cast)
    announced(cast)
    search = save_search(city=cast.city, given={"land": "1"}, mail="who@example.org", language="en", at=timezone.now())
    assert search
    _request, receipt = take_request(
        city=cast.city, asked=Asked.PRIVACY, text="示例", at=NOW, today=timezone.localdate(NOW)
    )
    names = "home opportunities opportunity_map offer_data editions articles calendar notices log ask enquire match statistics"
    plain = [reverse(f"portal:{name}") for name in names.split()]
    return [
        *plain,
        *(reverse("portal:opportunity", args=[one.code]) for one in (first, second, gone)),
        reverse("portal:enquire_about", args=[first.code]),
        f"{reverse('portal:opportunity_compare')}?code={first.code}&code={second.code}",
        f"{reverse('portal:match')}?industry=C&land=1",
        f"{reverse('portal:opportunities')}?q=none&area_from=many",
        reverse("portal:edition", args=[1]),
        reverse("portal:article", args=["first"]),
        reverse("portal:asked", args=[receipt]),
        reverse("portal:saved_search", args=[link_of(search)]),
        "/nothing/",
    ]


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=pytest.mark.thorough)])
def test_every_public_page_is_sound(city: Cast, windows: Windows, language: str, half: int) -> None:
    window, wrong = windows.stranger(language=language), {}
    for path in furnished(city)[half::2]:
        if found := wrong_with(window.go(path)):
            wrong[path] = found
    assert wrong == {}
    assert not Lead.objects.of(city.city).exists()


def told_of(cast: Cast) -> list[str]:
    """The addresses of a corrected bulletin and its figures, of articles put right and taken back, of pages behind links."""
    bulletin = published(cast)
    cast.verified(amount_fen=2 * YI)
    rules_issued(cast, SITE, SITE.shipped | {"least_firms": 2}, valid_from=NOW.date())
    figures = frozen_in(cast.city, bulletin.snapshot) if bulletin.snapshot else []
    first, gone = article_published(cast), article_published(cast, "gone")
    second = correct_article(article=first.article, correction="示例", by=cast.statistician, at=cast.now)
    approve(version=submit(version=second, by=cast.statistician, at=cast.now), by=cast.verifier, at=cast.now)
    withdraw_article(article=gone.article, reason="示例", by=cast.verifier, at=cast.now)
    soon = going.activity(cast, day=timezone.localdate() + timedelta(days=20))
    join = open_registration(activity=soon, consent="示例告知文本", by=cast.statistician, at=timezone.now())
    demand = open_demand(demand=going.demanded(cast), by=cast.officer, at=timezone.now())
    return [
        reverse("portal:bulletin", args=[bulletin.pk]),
        *[reverse("portal:figure", args=[one.pk]) for one in figures if one.ref.endswith("2023Q1")][:3],
        *(reverse("portal:article", args=[code]) for code in ("first", "gone")),
        reverse("portal:register", args=[join]),
        reverse("portal:demand", args=[demand]),
        reverse("portal:receipt", args=[lead_told(cast).receipt]),
    ]


@pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=pytest.mark.thorough)])
def test_what_is_published_corrected_or_behind_a_link_is_sound(
    transactional_db: None,
    told: Dictionary,  # noqa: F811
    cast: Cast,
    windows: Windows,
    language: str,
) -> None:
    window, wrong = windows.stranger(language=language), {}
    paths = told_of(cast)
    for path in paths:
        if found := wrong_with(window.go(path)):
            wrong[path] = found
    assert (len(paths) >= 8, wrong) == (True, {})
