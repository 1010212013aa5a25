"""Writing a bulletin through the desk: draft, edit, preview, pick, publish, read, withdraw."""

import json
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import YI, Cast
from dictionary import Dictionary
from django.test import Client
from django.urls import reverse

from zhaoshang.bulletins.blocks import unbound
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.people.models import Event

FIGURE = "{{capital_in_place@2023:*:2023Q1|value}}"


REASON = {"few_reason": "示例：两家企业已同意公布"}


@pytest.fixture
def desk(told: Dictionary, cast: Cast, client: Client) -> Client:
    client.force_login(cast.statistician)
    return client


@pytest.fixture
def draft(desk: Client, cast: Cast) -> Bulletin:
    desk.post(reverse("desk:bulletin_new"), {"period": "2023Q1", "issuer": "示例办公室"})
    return Bulletin.objects.of(cast.city).get()  # type: ignore[no-any-return]


def form(bulletin: Bulletin, *texts: str, **more: Any) -> dict[str, Any]:
    """The editor's form with paragraphs of these texts."""
    kept = {
        "revision": bulletin.revision, "title": "示例通报", "number": "", "issuer": "示例办公室", "recipients": "", "dated": "2023-04-18",
        "kind": ["paragraph"] * len(texts), "level": ["1"] * len(texts), "text": list(texts),
    }  # fmt: skip
    return kept | more


def at(name: str, bulletin: Bulletin, *rest: str) -> str:
    return reverse(f"desk:bulletin_{name}", args=[bulletin.pk, *rest])


def test_a_period_becomes_a_draft_whose_figures_are_marks_in_the_words(desk: Client, draft: Bulletin) -> None:
    page = desk.get(at("open", draft)).content.decode()
    assert "全市完成到位内资{{capital_in_place@2023:*:2023Q1|value}}" in page
    assert "10.0亿元" in page
    assert "2023年3月还没有关账" in page.replace("2023年1月、2023年2月、", "")


@pytest.mark.case("I9")
def test_before_publishing_the_editor_is_told_which_figures_rest_on_too_few_firms(
    desk: Client, draft: Bulletin
) -> None:
    page = desk.get(at("publish", draft)).content.decode()
    assert ("背后的企业不足 3 家" in page, "全市 · 到位内资 · 2023年一季度" in page) == (True, True)
    desk.post(at("save", draft), form(draft, "不写数。"))
    assert "背后的企业不足" not in desk.get(at("publish", draft)).content.decode()


@pytest.mark.case("I9")
def test_what_rests_on_too_few_firms_is_published_with_a_reason_that_stays_or_not_at_all(
    desk: Client, draft: Bulletin, cast: Cast
) -> None:
    refused = desk.post(at("publish", draft), {"revision": 1, "few_reason": " "})
    assert (refused.status_code, "写明为什么仍要公布" in refused.content.decode()) == (422, True)
    kept = Bulletin.objects.of(cast.city).get()
    assert (kept.state, kept.snapshot, kept.digest) == (BulletinState.DRAFT, None, "")
    assert desk.post(at("publish", draft), REASON | {"revision": 1}).status_code == 302
    told = Event.objects.of(cast.city).get(verb="publishing.bulletin.released").detail
    assert told["reason"] == REASON["few_reason"] and "capital_in_place@2023:*:2023Q1" in told["figures"]


@pytest.mark.case("I9")
def test_a_growth_rate_gives_its_base_away(desk: Client, draft: Bulletin, cast: Cast) -> None:
    desk.post(at("save", draft), form(draft, "{{capital_in_place@2023:*:2023Q1|growth}}"))
    shown = desk.get(at("publish", draft)).content.decode()
    assert "全市 · 到位内资 · 2022年一季度" in shown


def test_saving_keeps_the_words_and_the_figures_and_counts_the_drafts(
    desk: Client, draft: Bulletin, cast: Cast
) -> None:
    assert desk.post(at("save", draft), form(draft, f"到位内资{FIGURE}。")).status_code == 302
    again = Bulletin.objects.of(cast.city).get(pk=draft.pk)
    assert (again.blocks, again.revision) == ([{"kind": "paragraph", "text": f"到位内资{FIGURE}。"}], 2)


@pytest.mark.parametrize(
    ("do", "texts"),
    [
        ("down:0", ["乙", "甲", "丙"]),
        ("up:2", ["甲", "丙", "乙"]),
        ("delete:1", ["甲", "丙"]),
        ("paragraph:0", ["甲", "", "乙", "丙"]),
        ("heading:2", ["甲", "乙", "丙", ""]),
        ("up:0", ["甲", "乙", "丙"]),
        ("nonsense:9", ["甲", "乙", "丙"]),
    ],
)
def test_blocks_are_moved_added_and_taken_away_without_a_script(
    do: str, texts: list[str], desk: Client, draft: Bulletin, cast: Cast
) -> None:
    desk.post(at("save", draft), form(draft, "甲", "乙", "丙", do=do))
    blocks = Bulletin.objects.of(cast.city).get(pk=draft.pk).blocks
    assert [block["text"] for block in blocks] == texts


def test_a_bound_table_survives_the_form(desk: Client, draft: Bulletin, cast: Cast) -> None:
    table = next(block for block in draft.blocks if block["kind"] == "table")
    desk.post(at("save", draft), form(draft, json.dumps(table), kind=["table"]))
    assert Bulletin.objects.of(cast.city).get(pk=draft.pk).blocks == [table]


def test_an_old_revision_is_refused_and_what_was_typed_stays(desk: Client, draft: Bulletin) -> None:
    answer = desk.post(at("save", draft), form(draft, "我的话", revision=0))
    page = answer.content.decode()
    assert (answer.status_code, "别人保存过这份草稿" in page, "我的话" in page) == (409, True, True)


def test_a_bulletin_without_a_title_is_not_saved(desk: Client, draft: Bulletin, cast: Cast) -> None:
    answer = desk.post(at("save", draft), form(draft, "甲", title=" "))
    assert (answer.status_code, "请填标题和发文机关" in answer.content.decode()) == (422, True)
    assert Bulletin.objects.of(cast.city).get(pk=draft.pk).revision == 1


def test_the_preview_prints_what_is_in_the_editor_and_names_typed_numbers(
    desk: Client, draft: Bulletin, cast: Cast
) -> None:
    page = desk.post(at("preview", draft), form(draft, f"到位内资{FIGURE}，走访企业37家。")).content.decode()
    assert "10.0亿元" in page
    assert "<b>37</b>" in page
    assert Bulletin.objects.of(cast.city).get(pk=draft.pk).blocks == draft.blocks


def test_the_picker_gives_a_figure_or_says_why_not(desk: Client, draft: Bulletin) -> None:
    asked = {
        "pick_indicator": "capital_in_place",
        "pick_unit": "east",
        "pick_period": "2023Q1",
        "pick_aspect": "growth",
    }
    page = desk.get(at("figure", draft), asked).content.decode()
    assert 'data-insert="{{capital_in_place@2023:east:2023Q1|growth}}" data-text="同比增长50.0%"' in page
    assert (
        "没有一种贯穿始终的口径"
        in desk.get(at("figure", draft), asked | {"pick_period": "2022-12/2023-03"}).content.decode()
    )


def test_publishing_asks_for_each_typed_number_and_then_freezes(desk: Client, draft: Bulletin, cast: Cast) -> None:
    desk.post(at("save", draft), form(draft, f"到位内资{FIGURE}，走访企业37家。"))
    refused = desk.post(at("publish", draft), {"revision": 2})
    context = unbound(Bulletin.objects.of(cast.city).get(pk=draft.pk).blocks)[0].context
    assert (refused.status_code, f'value="{context}"' in refused.content.decode()) == (422, True)
    assert desk.post(at("publish", draft), REASON | {"revision": 2, "waive": [context]}).status_code == 302
    out = Bulletin.objects.of(cast.city).get(pk=draft.pk)
    assert (out.state, out.text.splitlines()[1]) == (BulletinState.PUBLISHED, "到位内资10.0亿元，走访企业37家。")


def test_a_published_bulletin_is_read_with_its_seal_and_corrections(desk: Client, draft: Bulletin, cast: Cast) -> None:
    desk.post(at("publish", draft), REASON | {"revision": 1})
    page = desk.get(at("open", draft)).content.decode()
    assert ("完好" in page, "没有更正" in page) == (True, True)
    cast.verified(amount_fen=2 * YI)
    page = desk.get(at("open", draft)).content.decode()
    assert ("没有更正" in page, "12.00" in page, "完好" in page) == (False, True, True)


@pytest.mark.parametrize(("ext", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_word_and_pdf_come_of_drafts_and_of_published_ones(
    ext: str, start: bytes, desk: Client, draft: Bulletin
) -> None:
    before = desk.get(at("file", draft, ext))
    desk.post(at("publish", draft), REASON | {"revision": 1})
    after = desk.get(at("file", draft, ext))
    assert (before.content[: len(start)], after.content[: len(start)]) == (start, start)
    assert after["X-Content-Type-Options"] == "nosniff"
    assert desk.get(at("file", draft, "exe")).status_code == 404


def test_a_withdrawal_shows_its_reason(desk: Client, draft: Bulletin, cast: Cast) -> None:
    desk.post(at("publish", draft), REASON | {"revision": 1})
    page = desk.post(at("withdraw", draft), {"reason": "示例原因"}, follow=True).content.decode()
    assert "示例原因" in page
    assert Bulletin.objects.of(cast.city).get(pk=draft.pk).state == BulletinState.WITHDRAWN


def test_a_draft_can_be_thrown_away_and_a_published_one_cannot(desk: Client, draft: Bulletin, cast: Cast) -> None:
    desk.post(at("discard", draft))
    assert Bulletin.objects.of(cast.city).count() == 0
    desk.post(reverse("desk:bulletin_new"), {"period": "2023Q1", "issuer": "示例办公室"})
    second = Bulletin.objects.of(cast.city).get()
    desk.post(at("publish", second), REASON | {"revision": 1})
    desk.post(at("discard", second))
    assert Bulletin.objects.of(cast.city).count() == 1


def test_a_draft_is_hidden_from_those_who_do_not_write(
    desk: Client, draft: Bulletin, cast: Cast, client: Client
) -> None:
    client.force_login(cast.leader)
    assert client.get(at("open", draft)).status_code == 404
    assert draft.title not in client.get(reverse("desk:bulletin_list")).content.decode()
    assert client.post(at("publish", draft), {"revision": 1}).status_code == 403


def test_the_list_costs_the_same_for_few_and_many_bulletins(desk: Client, draft: Bulletin) -> None:
    for _ in range(6):
        desk.post(reverse("desk:bulletin_new"), {"period": "2023Q1", "issuer": "示例办公室"})
    assert queries_of(desk, reverse("desk:bulletin_list")) == QUERY_COUNTS["desk:bulletin_list"]
