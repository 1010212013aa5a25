"""The front page and what machines ask: only what may be found is told of."""

import re

import pytest
from cast import NOW, Cast
from django.test import Client
from django.urls import reverse
from opportunities.building import drafted, offered
from opportunities.test_editions import issued

from zhaoshang.opportunities import actions

pytestmark = pytest.mark.one_database


def text(client: Client, name: str, **query: str) -> str:
    answer = client.get(reverse(f"portal:{name}"), query)
    assert (answer.status_code, bool(answer.cookies)) == (200, False)
    return answer.content.decode()


def test_the_front_page_offers_a_search_the_kinds_with_counts_and_the_newest_edition(
    client: Client, cast: Cast
) -> None:
    entry = offered(cast)
    assert "一指南两清单</h2>" not in text(client, "home")
    issued(cast, [entry])
    shown = text(client, "home")
    assert re.search(r'kind=parcel"><b>1</b>', shown)
    assert ('name="q"' in shown, "示例清单 第1期" in shown) == (True, True)
    assert "kind=parcel&amp;lang=en" in text(client, "home", lang="en").replace(
        "lang=en&amp;kind=parcel", "kind=parcel&amp;lang=en"
    )


def test_the_site_map_names_what_is_listed_and_nothing_else(client: Client, cast: Cast) -> None:
    here, sold, draft = offered(cast), offered(cast), drafted(cast)
    actions.take(entry=sold, project=None, text="示例", by=cast.officer, at=NOW)
    found = text(client, "sitemap")
    assert [one.code in found for one in (here, sold, draft)] == [True, False, False]
    assert "/desk/" not in found


def test_robots_are_told_where_not_to_go(client: Client, cast: Cast) -> None:
    told = text(client, "robots")
    assert "Disallow: /desk/" in told
    assert re.search(r"Sitemap: https?://\S+/sitemap\.xml", told)


def test_a_shared_link_shows_its_title_and_city(client: Client, cast: Cast) -> None:
    entry = offered(cast)
    shown = client.get(reverse("portal:opportunity", args=[entry.code])).content.decode()
    assert f'<meta property="og:title" content="{entry.title}">' in shown
    assert f'/opportunities/{entry.code}/">' in shown
