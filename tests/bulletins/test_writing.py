"""A bulletin from draft to withdrawal: every number bound, frozen at publication, read back by our own reader, corrected only beside."""

from datetime import date
from typing import Any

import pytest
from cast import NOW, YI, Cast
from dictionary import Dictionary
from django.db import Error, transaction

from bulletins.conftest import held_against
from zhaoshang.bulletins import writing
from zhaoshang.bulletins.blocks import BrokenBlocks, Token, tokens, unbound
from zhaoshang.bulletins.drafting import NothingToSay
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.paper import paper_of
from zhaoshang.bulletins.printing import UnknownFigures
from zhaoshang.bulletins.queries import corrections_of
from zhaoshang.bulletins.rules import BulletinState, Outcome
from zhaoshang.capital.actions import declare_opposite
from zhaoshang.capital.models import Payment
from zhaoshang.capital.verification import verify
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.freezing import frozen_in, recompute
from zhaoshang.people.models import Event
from zhaoshang.regions.models import ReportMonth
from zhaoshang.review.closing import MonthTold, ask_reopen, close_month, decide_reopen
from zhaoshang.ui.documents.docx import bound_figures, check_docx, write_docx
from zhaoshang.ui.documents.kept import document_from
from zhaoshang.ui.documents.text import plain_text_with_spans

Q1 = Period.parse("2023Q1")
HEAD = writing.Head("示例市2023年一季度国内招商情况通报", "示例〔2023〕5号", "示例办公室", "各区", date(2023, 4, 18))


def drafted(cast: Cast, period: Period = Q1) -> Bulletin:
    return writing.draft_bulletin(
        city=cast.city, period=period, issuer="示例办公室", dated=date(2023, 4, 18), by=cast.statistician, at=NOW
    )


def published(cast: Cast, **waived: Any) -> Bulletin:
    draft = drafted(cast)
    return writing.publish_bulletin(
        bulletin=draft, revision=1, waived=waived.get("waived", []), by=cast.statistician, at=NOW
    )


def revised(cast: Cast, draft: Bulletin, blocks: Any, revision: int = 1) -> Bulletin:
    return writing.revise_bulletin(
        bulletin=draft, revision=revision, head=HEAD, blocks=blocks, by=cast.statistician, at=NOW
    )


def paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "text": text}


@pytest.mark.case("F12")
def test_a_month_that_a_published_bulletin_tells_is_not_opened_again_until_it_is_withdrawn(
    told: Dictionary, cast: Cast
) -> None:
    march = parse_month("2023-03")
    close_month(city=cast.city, number=march, by=cast.statistician, at=NOW)
    asked = ask_reopen(city=cast.city, number=march, reason="漏报", by=cast.statistician, at=NOW)
    bulletin = published(cast)
    with pytest.raises(MonthTold):
        ask_reopen(city=cast.city, number=march, reason="漏报", by=cast.statistician, at=NOW)
    with pytest.raises(MonthTold):
        decide_reopen(change=asked, approved=True, by=cast.second_statistician, at=NOW)
    with pytest.raises(Error, match="tells this month"), transaction.atomic():
        ReportMonth.objects.of(cast.city).filter(number=march).update(state="open")
    writing.withdraw_bulletin(bulletin=bulletin, reason="数据有误", by=cast.statistician, at=NOW)
    decide_reopen(change=asked, approved=True, by=cast.second_statistician, at=NOW)
    assert ReportMonth.objects.of(cast.city).get(number=march).is_open
    assert Bulletin.objects.of(cast.city).get().text == bulletin.text


def test_a_draft_has_the_customary_parts_and_no_typed_number(told: Dictionary, cast: Cast) -> None:
    draft = drafted(cast)
    headings = [block["text"] for block in draft.blocks if block["kind"] == "heading"]
    assert headings == ["总体情况", "各地区情况", "存在问题", "下一步工作"]
    assert unbound(draft.blocks) == []
    assert len(tokens(draft.blocks)) > 15


def test_a_draft_tells_the_account_s_troubles(told: Dictionary, cast: Cast) -> None:
    text = writing.publish_bulletin(bulletin=drafted(cast), revision=1, waived=[], by=cast.statistician, at=NOW).text
    assert "西海区到位内资欠序时进度20.0个百分点" in text
    assert "2023年1月、2023年2月、2023年3月尚未关账" in text


def test_months_that_the_account_does_not_have_are_refused(told: Dictionary, cast: Cast) -> None:
    with pytest.raises(NothingToSay):
        drafted(cast, Period.parse("2019"))


@pytest.mark.parametrize("period", ["2023Q1", "2022", "2023-03", "2022Q1"])
@pytest.mark.case("F13")
def test_our_own_bulletin_read_back_by_our_own_reader_is_confirmed_whole(
    period: str, told: Dictionary, cast: Cast
) -> None:
    bulletin = writing.publish_bulletin(
        bulletin=drafted(cast, Period.parse(period)), revision=1, waived=[], by=cast.statistician, at=NOW
    )
    document = plain_text_with_spans(document_from(paper_of(bulletin)))
    for text in (bulletin.text, document.text):
        checked = held_against(cast, text)
        told_otherwise = [
            (one.claim.quote, one.reason.text) for one in checked.verdicts if one.outcome != Outcome.CONFIRMED
        ]
        assert (told_otherwise, checked.findings) == ([], [])
    read = [(one.claim.restored_start, one.claim.restored_end) for one in held_against(cast, document.text).verdicts]
    numbers = [
        (start, end) for start, end, ref in document.spans if any(sign.isdigit() for sign in document.text[start:end])
    ]
    unread = [document.text[start:end] for start, end in numbers if not any(a < end and start < b for a, b in read)]
    assert [text for text in unread if "口径" not in text] == []


def test_publication_freezes_the_figures_and_seals_the_text(told: Dictionary, cast: Cast) -> None:
    bulletin = published(cast)
    again = Bulletin.objects.of(cast.city).select_related("city", "checkpoint").get(pk=bulletin.pk)
    assert (again.state, again.ledger_seq, again.checkpoint.digest) == (BulletinState.PUBLISHED, 6, again.ledger_digest)
    assert writing.seal_of(again) == again.digest
    rows = frozen_in(cast.city, again.snapshot)
    assert {figure["ref"] for figure in again.figures} <= {row.ref for row in rows}
    assert all(recompute(row).same for row in rows)
    assert Event.objects.of(cast.city).filter(verb="bulletins.bulletin.published").count() == 1


@pytest.mark.parametrize(
    "change", [{"text": "x"}, {"title": "x"}, {"figures": []}, {"state": "draft"}, {"digest": "0" * 64}]
)
def test_the_database_refuses_to_change_a_published_bulletin(
    change: dict[str, Any], told: Dictionary, cast: Cast
) -> None:
    bulletin = published(cast)
    with pytest.raises(Error), transaction.atomic():
        Bulletin.objects.of(cast.city).filter(pk=bulletin.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        rows = Bulletin.objects.of(cast.city).filter(pk=bulletin.pk)
        rows._raw_delete(rows.db)


def test_a_typed_number_must_be_confirmed_before_publication(told: Dictionary, cast: Cast) -> None:
    draft = revised(cast, drafted(cast), [paragraph("一季度赴外招商37次，走访十二家企业，2023年3月收官。")])
    with pytest.raises(writing.NumbersUnbound) as refused:
        writing.publish_bulletin(bulletin=draft, revision=2, waived=[], by=cast.statistician, at=NOW)
    assert [one.number for one in refused.value.found] == ["37", "十二家"]
    waived = [one.context for one in refused.value.found]
    out = writing.publish_bulletin(bulletin=draft, revision=2, waived=waived, by=cast.statistician, at=NOW)
    assert out.waived == waived


def test_a_later_correction_stands_beside_and_changes_nothing(told: Dictionary, cast: Cast) -> None:
    bulletin = published(cast)
    before = Bulletin.objects.of(cast.city).values("text", "digest", "printed").get(pk=bulletin.pk)
    assert corrections_of(bulletin) == []
    cast.verified(amount_fen=2 * YI)
    found = {one.frozen.ref: one for one in corrections_of(bulletin)}
    assert found["capital_in_place@2023:*:2023Q1"].now == 12 * YI
    assert found["capital_in_place@2023:*:2023Q1"].frozen.value == 10 * YI
    assert Bulletin.objects.of(cast.city).values("text", "digest", "printed").get(pk=bulletin.pk) == before


def test_what_two_people_write_is_not_overwritten(told: Dictionary, cast: Cast) -> None:
    draft = drafted(cast)
    revised(cast, draft, [paragraph("甲")])
    with pytest.raises(writing.Changed):
        revised(cast, draft, [paragraph("乙")])
    with pytest.raises(writing.Changed):
        writing.publish_bulletin(bulletin=draft, revision=1, waived=[], by=cast.statistician, at=NOW)


def test_a_published_bulletin_is_no_draft_any_more(told: Dictionary, cast: Cast) -> None:
    bulletin = published(cast)
    with pytest.raises(writing.NotDraft):
        revised(cast, bulletin, [paragraph("甲")])
    with pytest.raises(writing.NotDraft):
        writing.discard_draft(bulletin=bulletin, by=cast.statistician, at=NOW)


def test_a_document_number_is_given_once(told: Dictionary, cast: Cast) -> None:
    revised(cast, drafted(cast), [paragraph("甲")])
    with pytest.raises(writing.NumberTaken):
        revised(cast, drafted(cast), [paragraph("乙")])


def test_a_withdrawal_needs_a_reason_and_keeps_everything_readable(told: Dictionary, cast: Cast) -> None:
    bulletin = published(cast)
    with pytest.raises(writing.ReasonMissing):
        writing.withdraw_bulletin(bulletin=bulletin, reason=" ", by=cast.statistician, at=NOW)
    out = writing.withdraw_bulletin(bulletin=bulletin, reason="数据有误", by=cast.statistician, at=NOW)
    assert (out.state, out.text, writing.seal_of(out)) == (BulletinState.WITHDRAWN, bulletin.text, bulletin.digest)
    with pytest.raises(writing.NotPublished):
        writing.withdraw_bulletin(bulletin=bulletin, reason="再撤", by=cast.statistician, at=NOW)


@pytest.mark.parametrize("text", ["{{", "{{nothing}}", "{{capital_in_place@2023:*:2023Q1|secret}}", "}} 甲"])
def test_broken_marks_are_refused(text: str, told: Dictionary, cast: Cast) -> None:
    with pytest.raises(BrokenBlocks):
        revised(cast, drafted(cast), [paragraph(text)])


@pytest.mark.parametrize(
    "ref",
    [
        "none@2023:*:2023Q1",
        "capital_in_place@1999:*:2023Q1",
        "capital_in_place@2023:none:2023Q1",
        "capital_in_place@2023:*:2019Q1",
    ],
)
def test_figures_that_the_account_does_not_know_are_refused_by_name(ref: str, told: Dictionary, cast: Cast) -> None:
    mark = f"{{{{{ref}|value}}}}"
    with pytest.raises(UnknownFigures) as refused:
        revised(cast, drafted(cast), [paragraph(mark)])
    assert refused.value.tokens == [mark]


def test_a_token_survives_its_written_form() -> None:
    token = Token("capital_in_place", "2023", "*", "2023-01/2023-02", "part_source", "110000", True)
    assert tokens([paragraph(f"甲{token}乙")]) == [token]


def test_the_word_file_keeps_the_format_of_official_papers_and_names_each_figure(told: Dictionary, cast: Cast) -> None:
    content = write_docx(document_from(paper_of(published(cast))))
    assert check_docx(content) == []
    assert "capital_in_place@2023:*:2023Q1" in {one.ref for one in bound_figures(content)}


@pytest.mark.case("F22")
def test_an_opposite_entry_in_a_later_month_is_told_beside_the_bulletin_it_touches(
    told: Dictionary, cast: Cast
) -> None:
    bulletin = writing.publish_bulletin(
        bulletin=drafted(cast, Period.parse("2023-02")), revision=1, waived=[], by=cast.statistician, at=NOW
    )
    february = Payment.objects.of(cast.city).select_related("city").get(report_month=parse_month("2023-02"))
    opposite = declare_opposite(
        payment=february, report_month=parse_month("2023-03"), amount_fen=YI, reason="示例", by=cast.officer, at=NOW
    )
    verify(payment=opposite, revision=1, by=cast.verifier, at=NOW)
    found = {one.frozen.ref: one for one in corrections_of(bulletin)}
    touched = found["capital_in_place@2023:*:2023-02"]
    assert (touched.now, touched.carried) == (6 * YI, -YI)
