"""The document as clean text, which the city's own reader reads back."""

from dataclasses import replace

from zhaoshang.ui.documents.model import Document, figures
from zhaoshang.ui.documents.text import plain_text, plain_text_with_spans


def test_each_span_is_its_figure(bulletin: Document) -> None:
    plain = plain_text_with_spans(bulletin)
    assert [(plain.text[start:end], ref) for start, end, ref in plain.spans] == [
        (run.text, run.ref) for run in figures(bulletin)
    ]


def test_paragraphs_are_lines_and_cells_stand_between_tabs(bulletin: Document) -> None:
    lines = plain_text(bulletin).splitlines()
    assert lines[0] == "关于2023年一季度全市招商引资工作情况的通报"
    assert "一季度，全市到位内资729.4亿元，同比增长24.3%。" in lines
    assert "示例甲区\t120.5\t18.2" in lines


def test_small_print_is_no_claim(bulletin: Document) -> None:
    text = plain_text(bulletin)
    assert "检查点" not in text
    assert "口径" not in text
    assert text == plain_text(replace(bulletin, sources=()))
