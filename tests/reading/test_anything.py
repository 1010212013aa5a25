"""Any text is read without an exception, with work that grows with its length."""

from __future__ import annotations

import sys
from collections.abc import Callable

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


HOSTILE = {
    "one letter": "a",
    "digits": "1234567890",
    "one character": "项",
    "figures in a list": "12.5亿元、",
    "figures and their words": "到位资金12.5亿元,同比增长5.1%,",
    "shares": "占5%",
    "lists of values": "分别为1%、2%、",
    "parts of parts": "其中5亿元(其中",
    "open brackets": "（",
    "spelt brackets left open": "国(guó",
    "tags left open": "<a ",
    "entities left open": "&",
    "orphaned percent signs": "1 a %",
    "slipped bytes": "国?jī)",
    "places": "大连市、",
    "places with values": "江北区5亿元、",
    "rows of a table": "江北区 76.2 22.1\n",
    "years": "2023年",
    "months": "5月到位3亿元;",
    "positions": "居全省第一",
    "aims": "力争达到5亿元、",
    "spaces": " ",
    "empty lines": "\n",
    "lost characters": "*国",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_four_times_the_text_is_at_most_five_times_the_work(piece: str) -> None:
    def work(length: int) -> int:
        text = (piece * length)[:length]
        return _calls(lambda: read(text))

    work(3_000)
    assert work(24_000) < 5 * work(6_000) + 1_000


def _calls(do: Callable[[], object]) -> int:
    """How many functions, built-in ones included, are called: work counted, whatever else the machine does."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count
