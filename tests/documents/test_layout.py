"""Numbers of headings, titles in lines, the signature: as GB/T 9704-2012 has them."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from zhaoshang.ui.documents.layout import Line, lay_out
from zhaoshang.ui.documents.model import Block, Checkpoint, Document, Heading, Paragraph, runs
from zhaoshang.ui.documents.paper import mark_size_pt, signature_blanks
from zhaoshang.ui.documents.titles import title_lines
from zhaoshang.ui.documents.words import chinese_number, date_text


def printed(document: Document, style: str) -> list[str]:
    lines = (piece for piece in lay_out(document).pieces if isinstance(piece, Line))
    return ["".join(run.text for run in line.runs) for line in lines if line.style.startswith(style)]


def test_headings_are_numbered_and_start_anew_under_each_other(bulletin: Document) -> None:
    levels: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4, 4, 2, 1, 2)
    blocks: tuple[Block, ...] = tuple(Heading(level, runs("题")) for level in levels)
    numbered = ["一、题", "（一）题", "1.题", "（1）题", "（2）题", "（二）题", "二、题", "（一）题"]
    assert printed(replace(bulletin, blocks=blocks), "Heading") == numbered


def test_english_headings_carry_their_whole_place(bulletin: Document) -> None:
    levels: tuple[Literal[1, 2], ...] = (1, 2, 2)
    blocks: tuple[Block, ...] = tuple(Heading(level, runs("Part")) for level in levels)
    assert printed(replace(bulletin, blocks=blocks, language="en"), "Heading") == ["1. Part", "1.1 Part", "1.2 Part"]


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")])
def test_headings_count_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_the_hundredth_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="not 100"):
        chinese_number(100)


def test_dates_have_no_leading_zeros() -> None:
    assert date_text(date(2023, 4, 8), "zh") == "2023年4月8日"
    assert date_text(date(2023, 4, 8), "en") == "8 April 2023"


def test_a_date_begins_two_characters_further_in_than_its_issuer() -> None:
    issuer_blank, date_blank = signature_blanks("示例市招商局办公室", "2023年4月18日")
    assert issuer_blank == 2
    assert (issuer_blank + 9) - (date_blank + 6.5) == 2


def test_a_date_longer_than_its_issuer_keeps_two_blank() -> None:
    assert signature_blanks("招商局", "2023年4月18日") == (7.5, 2)


def test_several_attachments_are_numbered_and_one_is_not(bulletin: Document) -> None:
    assert printed(bulletin, "Attachment") == ["附件：1. 重点项目清单", "2. 各地区完成情况表"]
    assert printed(replace(bulletin, attachments=("清单",)), "Attachment") == ["附件：清单"]


def test_without_a_number_no_red_head_is_printed(bulletin: Document) -> None:
    assert lay_out(replace(bulletin, number=None)).head == ()


def test_a_short_title_stays_on_one_line() -> None:
    assert title_lines("关于一季度工作情况的通报") == ("关于一季度工作情况的通报",)


def test_a_long_title_breaks_between_words_into_like_lines() -> None:
    assert title_lines("关于2023年一季度全市招商引资工作情况的通报") == (
        "关于2023年一季度全市",
        "招商引资工作情况的通报",
    )


def test_an_english_title_keeps_its_words_and_spaces() -> None:
    title = "Bulletin on domestic capital in place across the city in the first quarter"
    lines = title_lines(title)
    assert "".join(lines) == title
    assert {word for line in lines for word in line.split()} == set(title.split())


def test_no_part_of_a_title_is_lost_or_too_wide() -> None:
    title = "关于进一步加强新形势下重点产业链招商引资项目全生命周期服务保障和督导考核评价工作的若干意见"
    lines = title_lines(title)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 20


def test_a_long_issuer_is_set_smaller_to_stay_in_one_line() -> None:
    assert mark_size_pt("示例局") == 40
    assert mark_size_pt("示例市招商引资工作领导小组办公室") * 16 <= 442.3


def test_a_source_shows_what_it_stands_for(bulletin: Document) -> None:
    meaning, place, digest = printed(bulletin, "SourceEntry")[:3]
    assert meaning == "〔1〕729.4亿元　口径：到位内资（省外）（2023版）；规则：示例规则第3条"
    assert place == "编号：capital_in_place/v2/city/2023Q1；快照：snapshot-01"
    assert digest == "摘要：" + "5f" * 32


@pytest.mark.parametrize(("length", "held"), [(1, True), (168, True), (169, False)])
def test_a_last_paragraph_of_moderate_length_stays_with_the_signature(
    bulletin: Document, length: int, held: bool
) -> None:
    text = lay_out(
        replace(bulletin, blocks=(Paragraph(runs("文" * length)), Checkpoint("账本检查点")), sources=())
    ).text
    last = next(piece for piece in text if isinstance(piece, Line) and piece.style == "BodyText")
    assert last.keep_next is held
