"""Public pages are kept ready, but no longer than nothing was written, and never shown before their hour."""

import time
from datetime import timedelta
from typing import Any

import pytest
from architecture.query_counts import queries_of
from cast import NOW, Cast
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from leads.told import told
from opportunities.building import drafted, offered
from publishing.test_articles import written

from zhaoshang.opportunities.actions import publish_entry, take
from zhaoshang.publishing import actions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    caches["pages"].clear()
    settings.KEEP_PUBLIC_PAGES = True


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_same_page_asked_for_again_costs_two_queries(cast: Cast, client: Client) -> None:
    offered(cast)
    first = client.get("/opportunities/")
    assert queries_of(client, "/opportunities/") == 2
    again = client.get("/opportunities/")
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))
    assert client.get("/opportunities/", headers={"If-None-Match": again["ETag"]}).status_code == 304


def test_what_is_published_or_taken_is_seen_with_the_next_request(cast: Cast, client: Client) -> None:
    entry = drafted(cast)
    assert entry.code not in text(client, "/opportunities/")
    entry = publish_entry(entry=entry, by=cast.officer, at=NOW)
    assert entry.code in text(client, "/opportunities/")
    take(entry=entry, project=None, text="示例", by=cast.officer, at=NOW)
    assert entry.code not in text(client, "/opportunities/")
    assert client.get(f"/opportunities/{entry.code}/").status_code == 410


@pytest.mark.case("G10")
@pytest.mark.parametrize("earlier_ns", [1, 5_000_000_000, 300_000_000_000])
def test_what_another_process_began_earlier_and_ended_later_is_seen_with_the_next_request(
    cast: Cast, client: Client, monkeypatch: Any, earlier_ns: int
) -> None:
    """Its line stands before the last one that was known: in the same millisecond, or minutes ago."""
    entry = drafted(cast)
    assert entry.code not in text(client, "/opportunities/")
    clock = time.time_ns() - earlier_ns
    with monkeypatch.context() as began:
        began.setattr("zhaoshang.common.ids.time.time_ns", lambda: clock)
        began.setattr("zhaoshang.common.ids.secrets.randbits", lambda _bits: 0)
        publish_entry(entry=entry, by=cast.officer, at=NOW)
    assert entry.code in text(client, "/opportunities/")


def test_an_article_comes_with_its_hour_and_goes_when_it_is_withdrawn(
    cast: Cast, client: Client, monkeypatch: Any
) -> None:
    version = actions.submit(version=written(cast), by=cast.statistician, at=cast.now)
    hour = timezone.now() + timedelta(hours=1)
    actions.approve(version=version, by=cast.verifier, at=cast.now, visible_from=hour)
    assert "示例标题" not in text(client, "/articles/") and client.get("/articles/first/").status_code == 404
    clock: Any = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: clock() + timedelta(hours=1, minutes=1))
    assert "示例标题" in text(client, "/articles/") and client.get("/articles/first/").status_code == 200
    actions.withdraw_article(article=version.article, reason="有误", by=cast.verifier, at=hour)
    assert "示例标题" not in text(client, "/articles/") and client.get("/articles/first/").status_code == 410


def test_each_language_host_and_question_has_a_page_of_its_own(cast: Cast, client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    offered(cast, industry="C")
    pages = {
        text(client, "/opportunities/"),
        text(client, "/opportunities/?lang=en"),
        text(client, "/opportunities/?industry=I"),
        client.get("/calendar/", headers={"host": "other.example"}).content.decode(),
        text(client, "/calendar/"),
    }
    assert len(pages) == 5


def test_what_a_link_alone_opens_is_never_kept(cast: Cast, client: Client) -> None:
    lead = told(cast)
    for path in ("/ask/", f"/leads/{lead.receipt}/"):
        assert "no-store" in client.get(path)["Cache-Control"]
        with CaptureQueriesContext(connection) as first:
            client.get(path)
        assert queries_of(client, path) == len(first)
