"""Any text is read without an exception, in time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoshang.reading import read

PIECES = st.sampled_from(
    ["到位资金", "12.5", "亿元", "%", "个", "项目", "(guó)", "國", "?jī)", "�", "同比增长", "分别", "、", ",", "。", "\n",
     " ", "|", "大连市", "1-6月", "第2", "<p", "&amp",
     "《", "占", "其中", "目标", "的", "-", "2023年", "万", "倍", "十", "🙂", "\x00", "（", "）"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_read_and_every_claim_lies_inside_it(text: str) -> None:
    reading = read(text)
    for claim in reading.claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert reading.restored.text[claim.restored_start : claim.restored_end] == claim.quote


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "项目",
        "1亿元、",
        "占5%",
        " ",
        "\n",
        "(",
        "<a ",
        "&",
        "1 a %",
        "国(guó",
        "国?jī)",
        "大连市、",
        "江北区 76.2 22.1\n",
        "2023年",
        "居全省第一",
    ],
)
def test_four_times_the_text_takes_no_more_than_eight_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.perf_counter()
        read(text)
        return time.perf_counter() - started

    seconds(2_000)
    assert min(seconds(32_000), seconds(32_000)) < 0.3 + 8 * max(seconds(8_000), seconds(8_000))
