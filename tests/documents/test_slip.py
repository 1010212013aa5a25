"""Sample vouchers: plainly none, readable by a machine, small, and alike for the same payment."""

import re
from datetime import date
from typing import Any, get_args

import pypdfium2
import pytest

from zhaoshang.ui.documents.capitals import amount_in_capitals
from zhaoshang.ui.documents.slip import SlipKind, evidence_slip

PAYMENT: dict[str, Any] = {
    "serial": "YL-2023-000128",
    "payer": "示例新能源集团有限公司",
    "payee": "示例甲区装备制造有限公司",
    "amount_fen": 1_234_567_800,
    "paid_on": date(2023, 3, 15),
    "purpose": "设备购置款",
    "project_name": "示例风电装备项目",
    "note": "首期",
}


def words_of(content: bytes) -> str:
    page = pypdfium2.PdfDocument(content)[0]
    return re.sub(r"\s", "", page.get_textpage().get_text_bounded())


@pytest.mark.parametrize("kind", get_args(SlipKind))
def test_every_kind_says_that_it_is_a_sample(kind: SlipKind) -> None:
    words = words_of(evidence_slip(kind, **PAYMENT))
    assert "样例·非真实凭证SAMPLE" in words
    assert "虚构" in words


def test_a_slip_can_be_read_by_a_machine() -> None:
    words = words_of(evidence_slip("bank_receipt", **PAYMENT))
    for printed in (
        "YL-2023-000128",
        "示例新能源集团有限公司",
        "12,345,678.00",
        "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元整",
        "2023年3月15日",
    ):
        assert printed in words


def test_a_slip_is_one_small_page_and_always_the_same() -> None:
    content = evidence_slip("bank_receipt", **PAYMENT)
    assert len(pypdfium2.PdfDocument(content)) == 1
    assert len(content) < 40_000
    assert evidence_slip("bank_receipt", **PAYMENT) == content


def test_two_payments_never_share_a_slip() -> None:
    assert evidence_slip("invoice", **PAYMENT) != evidence_slip("invoice", **{**PAYMENT, "serial": "YL-2023-000129"})


def test_a_slip_with_long_names_stays_one_page() -> None:
    content = evidence_slip("land_receipt", **{**PAYMENT, "payer": "示例" * 300})
    assert len(pypdfium2.PdfDocument(content)) == 1


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (10, "人民币壹角整"),
        (100, "人民币壹元整"),
        (105, "人民币壹元零伍分"),
        (1_000_000, "人民币壹万元整"),
        (10_100_050, "人民币壹拾万壹仟元伍角整"),
        (1_000_100_000, "人民币壹仟万壹仟元整"),
        (10_000_000_100, "人民币壹亿零壹元整"),
        (7_294_000_000_000, "人民币柒佰贰拾玖亿肆仟万元整"),
        (100_001_000_000_000, "人民币壹万亿零壹仟万元整"),
    ],
)
def test_amounts_are_written_in_capitals(fen: int, words: str) -> None:
    assert amount_in_capitals(fen) == words


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_an_amount_beyond_capitals_is_refused(fen: int) -> None:
    with pytest.raises(ValueError, match="no capital form"):
        amount_in_capitals(fen)
