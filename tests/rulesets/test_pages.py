"""Pages of local rules: the list, a set in words, the difference of two, and issuing one after it was tried."""

from datetime import timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import Cast
from django.test import Client
from django.utils import timezone
from issued import issued

from zhaoshang.duties.queries import DUTIES
from zhaoshang.rulebook.kinds import KINDS
from zhaoshang.rulesets.texts import body_of
from zhaoshang.talks.models import TalkRules
from zhaoshang.talks.terms import TALKS

pytestmark = pytest.mark.django_db
NEW = "/desk/local-rules/talks/new/"


def said(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return str(page.content.decode())


def typed(**given: Any) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    head = {"code": "talks-new", "title": "首谈办法", "title_en": "", "document": "示例〔2023〕2号", "valid_from": day}
    return head | {"mode": "text", "text": body_of(TALKS.sample_text), "step": "try"} | given


def test_the_list_names_every_kind_and_says_which_are_samples(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    issued(cast, TALKS)
    text = said(client, "/desk/local-rules/")
    assert [code for code in KINDS if f"/desk/local-rules/{code}/" not in text] == []
    assert ("示例办法" in text, text.count("自带示例")) == (True, len(KINDS) - 1)


@pytest.mark.parametrize("code", list(KINDS))
def test_each_kind_has_its_lines_in_words_and_its_file(cast: Cast, client: Client, code: str) -> None:
    client.force_login(cast.leader)
    kept = issued(cast, KINDS[code])
    for path in ("", "sample/", f"sets/{kept.code}/", f"compare/?before=sample&after={kept.code}"):
        said(client, f"/desk/local-rules/{code}/{path}")
    file = client.get(f"/desk/local-rules/{code}/files/{kept.code}/")
    assert (file["Content-Type"].startswith("application/toml"), "示例〔2023〕1号" in file.content.decode()) == (
        True,
        True,
    )


def test_what_is_not_there_is_404(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    for path in ("none/", "talks/sets/none/", "talks/files/none/", "talks/compare/?before=none"):
        assert client.get(f"/desk/local-rules/{path}").status_code == 404


def test_a_set_is_tried_and_then_issued(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    text = body_of(TALKS.sample_text).replace("protected_days = 90", "protected_days = 30")
    tried = client.post(NEW, typed(text=text)).content.decode()
    assert ("保护期（天）" in tried, "保护会更早结束" in tried, TalkRules.objects.of(cast.city).exists()) == (
        True,
        True,
        False,
    )
    done = client.post(NEW, typed(text=text, step="issue"), follow=True).content.decode()
    assert ("已发布" in done, TalkRules.objects.of(cast.city).get().content["protected_days"]) == (True, 30)


def test_a_form_is_tried_too_and_goes_over_into_text(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    assert 'name="v:renewal.days"' in said(client, NEW)
    fields = {"mode": "form", "v:renewal.days": "20"}
    assert "续期" in client.post(NEW, typed(**fields)).content.decode()
    assert "days = 20" in client.post(NEW, typed(**fields, step="text")).content.decode()


def test_a_fault_comes_back_with_its_line_and_key(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    text = body_of(TALKS.sample_text).replace("protected_days = 90", "protected_days = -1")
    page = client.post(NEW, typed(text=text))
    assert (page.status_code, "第 8 行 “protected_days”" in page.content.decode()) == (422, True)
    wrong = client.post(NEW, typed(mode="form", **{"v:renewal.days": "x"}))
    assert (wrong.status_code, "renewal.days" in wrong.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("given", "words"), [({"valid_from": ""}, "起始日期"), ({"code": ""}, "代号"), ({"text": "a ="}, "TOML")]
)
def test_what_is_missing_is_said(cast: Cast, client: Client, given: dict[str, Any], words: str) -> None:
    client.force_login(cast.statistician)
    page = client.post(NEW, typed(step="issue", **given))
    assert (page.status_code, words in page.content.decode(), TalkRules.objects.of(cast.city).exists()) == (
        422,
        True,
        False,
    )


@pytest.mark.parametrize("code", list(KINDS))
def test_every_kind_can_be_tried(cast: Cast, client: Client, code: str) -> None:
    client.force_login(cast.statistician)
    given = typed(text=body_of(KINDS[code].sample_text))
    assert "没有不同" in client.post(f"/desk/local-rules/{code}/new/", given).content.decode()


def test_only_who_writes_rules_gets_the_form(cast: Cast, client: Client) -> None:
    client.force_login(cast.verifier)
    assert client.get(NEW).status_code == 403
    assert "发布新的一套" not in said(client, "/desk/local-rules/talks/")


def test_the_interface_lists_tries_and_issues(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)
    assert len(client.get("/api/local-rules").json()) == len(KINDS)
    text = DUTIES.sample_text.replace("days = 1\nsource", "days = 2\nsource")
    path, kind = "/api/local-rules/duties", "application/json"
    told = client.post(f"{path}/try", {"text": text}, content_type=kind).json()
    assert told["differences"] == [{"key": "clock[lead_answer].days", "before": 1, "after": 2}]
    head = {"code": "own", "title": "示例", "document": "示例1号", "valid_from": "2023-01-01"}
    assert client.post(path, {**head, "text": text}, content_type=kind).status_code == 201
    assert client.get(f"{path}?code=own").json()["content"]["clock"][0]["days"] == 2
    again = client.post(path, {**head, "text": text}, content_type=kind)
    bad = client.post(path, {**head, "code": "b", "text": text.replace("days = 2", "days = 0")}, content_type=kind)
    assert (again.status_code, bad.status_code, "clock[1].days" in bad.json()["detail"]) == (409, 422, True)
    assert client.get("/api/local-rules/none").status_code == 404


def test_the_pages_ask_the_same_however_many_were_issued(cast: Cast, client: Client) -> None:
    client.force_login(cast.leader)
    for number in range(5):
        issued(cast, TALKS, code=f"n{number}", valid_from=timezone.localdate() + timedelta(days=1 + number))
    for address, path in (("desk:local_rules", ""), ("desk:local_kind", "talks/")):
        client.get(f"/desk/local-rules/{path}")
        assert queries_of(client, f"/desk/local-rules/{path}") == QUERY_COUNTS[address]
