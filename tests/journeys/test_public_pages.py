"""Every page of the public site, in both languages, on a desk's screen and on a phone: axe finds nothing, nothing sticks out."""

from datetime import timedelta

import pytest
from browser import Windows
from cast import NOW, Cast
from django.urls import reverse
from django.utils import timezone
from opportunities.building import offered
from opportunities.test_editions import issued
from portal.test_calendar import announced
from publishing.test_images import approved

from journeys.test_pages_are_for_everybody import wrong_with
from zhaoshang.leads.models import Lead
from zhaoshang.opportunities.actions import close_entry
from zhaoshang.opportunities.rules import Kind
from zhaoshang.publishing.asking import take_request
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
