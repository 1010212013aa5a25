"""What people typed is cleaned once; what cannot be answered for is refused."""

from dataclasses import replace

import pytest

from zhaoshang.ui.documents.model import Column, Document, FigureRun, Image, Table, Text, Unsourced, clean, figures, row


@pytest.mark.case("D12")
def test_control_and_direction_characters_are_removed() -> None:
    assert clean("到位\x00内\u202e资\ufeff\ud800") == "到位内资"


def test_line_breaks_and_tabs_become_one_space() -> None:
    assert Text("第一行\r\n\t第二行").text == "第一行 第二行"


def test_the_words_of_a_drawing_are_cleaned_too() -> None:
    assert Image("<svg/>", alt="图\x00", caption="图\n1").alt == "图"


def test_figures_come_in_reading_order(bulletin: Document) -> None:
    assert [figure.text for figure in figures(bulletin)] == ["729.4亿元", "24.3%", "120.5"]


def test_a_figure_without_its_source_is_refused_by_name(bulletin: Document) -> None:
    with pytest.raises(Unsourced, match=r"120\.5 \(capital_in_place/v2/jia/2023Q1\)"):
        replace(bulletin, sources=bulletin.sources[:2])


def test_a_document_may_list_no_sources_at_all(bulletin: Document) -> None:
    assert replace(bulletin, sources=()).sources == ()


@pytest.mark.parametrize("ref", ["", "r" * 65])
def test_a_reference_that_word_cannot_keep_is_refused(ref: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 characters"):
        FigureRun("1亿元", ref)


def test_a_ragged_row_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match="row 2: 1 cells for 2 columns"):
        Table((Column("地区"), Column("金额")), (row("甲", "1"), row("乙")))
