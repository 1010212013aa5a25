"""An article from its first draft to its instant: nothing is seen before it, on any channel, and two people agree on every word."""

import json
from datetime import timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import Cast
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhaoshang.people.actions import issue_token
from zhaoshang.people.models import Event, User
from zhaoshang.publishing import actions
from zhaoshang.publishing.actions import Words
from zhaoshang.publishing.models import Article, ArticleVersion
from zhaoshang.publishing.queries import corrections, listed, read
from zhaoshang.publishing.rules import Kind, VersionState, changes, parts

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WORDS = Words("示例标题", "第一段。\n\n- 甲\n- 乙", "Sample title", "First.\n\n- a\n- b")


def written(cast: Cast, code: str = "first", **words: Any) -> ArticleVersion:
    given = Words(**{name: getattr(WORDS, name) for name in Words.__dataclass_fields__} | words)
    return actions.write_article(
        city=cast.city, code=code, kind=Kind.NEWS, words=given, by=cast.statistician, at=cast.now
    )


def published(cast: Cast, code: str = "first", visible_from: Any = None) -> ArticleVersion:
    version = actions.submit(version=written(cast, code), by=cast.statistician, at=cast.now)
    return actions.approve(version=version, by=cast.verifier, at=cast.now, visible_from=visible_from)


def test_a_body_is_headings_paragraphs_and_lists() -> None:
    kinds = [(part.kind, part.texts) for part in parts("## 题\n一句。\n\n- 甲\n- 乙\r\n\r\n末段")]
    assert kinds == [("heading", ("题",)), ("paragraph", ("一句。",)), ("list", ("甲", "乙")), ("paragraph", ("末段",))]


def test_what_changed_is_told_passage_by_passage() -> None:
    [change] = changes("一。\n\n二。\n\n三。", "一。\n\n二点。\n\n三。")
    assert (change.before, change.after) == ("二。", "二点。")


def test_who_wrote_or_submitted_does_not_approve(cast: Cast) -> None:
    version = actions.submit(version=written(cast), by=cast.second_statistician, at=cast.now)
    for own in (cast.statistician, cast.second_statistician):
        with pytest.raises(actions.SamePerson):
            actions.approve(version=version, by=own, at=cast.now)


def test_the_database_refuses_one_pair_of_eyes_and_changed_words(cast: Cast) -> None:
    version = published(cast)
    rows = ArticleVersion.objects.of(cast.city).filter(pk=version.pk)
    for wrong in ({"decided_by": cast.statistician}, {"title": "别的"}, {"state": VersionState.DRAFT}):
        with pytest.raises(Error), transaction.atomic():
            rows.update(**wrong)


def test_nothing_is_seen_before_its_instant_on_any_channel(cast: Cast, client: Client) -> None:
    instant = timezone.now() + HOUR
    actions.approve(
        version=actions.submit(version=written(cast), by=cast.statistician, at=cast.now),
        by=cast.verifier,
        at=timezone.now(),
        visible_from=instant,
    )
    assert client.get("/articles/first/").status_code == 404
    for channel in ("/", "/articles/", "/articles/feed.atom", "/ask/log/", "/ask/?about=first"):
        assert "示例标题" not in client.get(channel).content.decode()
    assert not listed(cast.city, instant - HOUR / 60, Kind.NEWS) and listed(cast.city, instant, Kind.NEWS)


def test_a_publication_is_never_backdated(cast: Cast) -> None:
    version = actions.submit(version=written(cast), by=cast.statistician, at=cast.now)
    with pytest.raises(actions.TooEarly):
        actions.approve(version=version, by=cast.verifier, at=cast.now, visible_from=cast.now - HOUR)


def test_a_scheduled_version_can_be_called_back_and_a_seen_one_cannot(cast: Cast) -> None:
    waiting, seen = published(cast, "waits", cast.now + HOUR), published(cast, "seen")
    actions.call_back(version=waiting, reason="改期", by=cast.verifier, at=cast.now)
    with pytest.raises(Article.DoesNotExist):
        read(cast.city, "waits", cast.now + 2 * HOUR)
    with pytest.raises(actions.AlreadySeen):
        actions.call_back(version=seen, reason="改期", by=cast.verifier, at=cast.now)


def test_a_correction_says_why_and_what_it_changed(cast: Cast, client: Client) -> None:
    first = published(cast)
    second = actions.correct_article(article=first.article, correction="漏写丙", by=cast.statistician, at=cast.now)
    words = Words("示例标题", "第一段。\n\n- 甲\n- 乙\n- 丙")
    second = actions.rewrite(version=second, revision=1, words=words, by=cast.statistician, at=cast.now)
    assert read(cast.city, "first", cast.now).version == first
    actions.submit(version=second, by=cast.statistician, at=cast.now)
    actions.approve(version=second, by=cast.verifier, at=cast.now + HOUR)
    [told] = corrections(first.article, cast.now + HOUR)
    assert told.version.correction == "漏写丙" and told.changes[0].after.endswith("丙")
    page = client.get("/articles/first/").content.decode()
    assert "漏写丙" in page and "<ins>" in page


@pytest.mark.case("I11")
def test_a_withdrawn_article_leaves_its_reason(cast: Cast, client: Client) -> None:
    version = published(cast)
    actions.withdraw_article(article=version.article, reason="内容有误", by=cast.verifier, at=cast.now + HOUR)
    page = client.get("/articles/first/")
    assert page.status_code == 410 and "内容有误" in page.content.decode() and "第一段" not in page.content.decode()
    assert "示例标题" not in client.get("/articles/").content.decode()


def test_a_lost_race_between_two_writers_is_told(cast: Cast) -> None:
    version = written(cast)
    actions.rewrite(version=version, revision=1, words=Words("新题", "文"), by=cast.statistician, at=cast.now)
    with pytest.raises(actions.Changed):
        actions.rewrite(version=version, revision=1, words=Words("旧题", "文"), by=cast.statistician, at=cast.now)


def test_the_desk_takes_an_article_all_the_way(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    given = {"kind": "policy", "code": "p-1", "title": "措施", "body": "一、示例。", "valid_until": "2025-12-31"}
    address = client.post("/desk/articles/new/", given)["Location"]
    assert "措施" in client.get(address).content.decode()
    client.post(f"{address}submit/")
    assert client.post(f"{address}approve/").status_code == 302
    assert client.get("/articles/p-1/").status_code == 404
    client.force_login(cast.verifier)
    client.post(f"{address}approve/", {"visible_from": ""})
    page = client.get("/articles/p-1/?lang=en").content.decode()
    assert "措施" in page and "valid until" in page and "in Chinese only" in page
    assert {*Event.objects.of(cast.city).values_list("verb", flat=True)} >= {"publishing.version.approved"}


def test_what_is_wrong_with_an_article_is_said_at_its_field(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    given = {"kind": "news", "code": "x", "title": "题", "body": "文", "source_url": "https://example.org/a"}
    refused = client.post("/desk/articles/new/", given)
    assert refused.status_code == 422 and "转载的请写明来源名称" in refused.content.decode()
    assert not Article.objects.of(cast.city).exists()


def test_a_repost_keeps_its_source_on_page_and_feed(cast: Cast, client: Client) -> None:
    version = written(cast, source_name="示例晚报", source_url="https://example.org/a")
    actions.submit(version=version, by=cast.statistician, at=cast.now)
    actions.approve(version=version, by=cast.verifier, at=cast.now)
    assert "https://example.org/a" in client.get("/articles/first/").content.decode()
    assert "<name>示例晚报</name>" in client.get("/articles/feed.atom").content.decode()


def test_lists_ask_as_often_with_many_rows_as_with_few(cast: Cast, client: Client) -> None:
    version = published(cast)
    client.force_login(cast.statistician)
    few = queries_of(client, "/desk/articles/"), queries_of(client, "/articles/")
    for number in range(6):
        published(cast, f"more-{number}")
    assert (queries_of(client, "/desk/articles/"), queries_of(client, "/articles/")) == few
    told = {
        name: queries_of(client, reverse(f"desk:{name}")) for name in ("article_list", "request_list", "saved_searches")
    }
    told["article"] = queries_of(client, reverse("desk:article", args=[version.pk]))
    assert told == {name: QUERY_COUNTS[f"desk:{name}"] for name in told}


def test_a_machine_writes_and_another_persons_machine_approves(cast: Cast, client: Client) -> None:
    def call(by: User, verb: str, path: str, **body: Any) -> Any:
        _token, key = issue_token(city=cast.city, user=by, name="t", can_write=True, days=9, by=by, at=timezone.now())
        head = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
        return client.generic(verb, f"/api{path}", json.dumps(body), content_type="application/json", **head).json()

    made = call(cast.statistician, "POST", "/articles", code="by-api", kind="news", title="题", body="文")
    path = f"/articles/{made['id']}"
    changed = call(cast.statistician, "PUT", path, title="新题", body="文", revision=1)
    assert (changed["title"], changed["revision"]) == ("新题", 2)
    call(cast.statistician, "POST", f"{path}/steps", step="submit")
    assert call(cast.statistician, "POST", f"{path}/steps", step="approve")["code"] == "same_person"
    assert call(cast.verifier, "POST", f"{path}/steps", step="approve")["state"] == "approved"
    assert "新题" in client.get("/articles/by-api/").content.decode()
