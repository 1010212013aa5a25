"""Sample vouchers for a demonstration city: plainly invented, marked as samples across the page, never to pass for real.

Each is set on its own, not cut from a batch: its bytes, hence its digest, depend on nothing but itself.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhaoshang.common.money import grouped
from zhaoshang.ui.documents.capitals import amount_in_capitals
from zhaoshang.ui.documents.model import clean
from zhaoshang.ui.documents.typesetting import press
from zhaoshang.ui.documents.words import date_text

SlipKind = Literal["bank_receipt", "capital_verification", "invoice", "equipment_list", "land_receipt"]

WATERMARK = "样例 · 非真实凭证 SAMPLE"
_DISCLAIMER = "样例：单位、项目、金额均属虚构，不具任何效力。"


@dataclass(frozen=True, slots=True)
class _Form:
    """The printed words of one kind of voucher."""

    title: str
    issuer: str
    payer: str
    payee: str
    day: str


_FORMS: dict[SlipKind, _Form] = {
    "bank_receipt": _Form("银行电子回单", "示例银行（虚构）", "付款人", "收款人", "交易日期"),
    "capital_verification": _Form("验资报告（摘要）", "示例会计师事务所（虚构）", "出资人", "被审验单位", "验资截止日"),
    "invoice": _Form("增值税发票（样式）", "示例税务局（虚构）", "购买方", "销售方", "开票日期"),
    "equipment_list": _Form("设备购置清单", "示例企业（虚构）", "购置单位", "供货单位", "到货日期"),
    "land_receipt": _Form("土地出让价款缴款凭证", "示例自然资源局（虚构）", "缴款人", "收款单位", "缴款日期"),
}


def evidence_slip(
    kind: SlipKind,
    *,
    serial: str,
    payer: str,
    payee: str,
    amount_fen: int,
    paid_on: date,
    purpose: str,
    project_name: str,
    note: str = "",
) -> bytes:
    """One sample voucher as PDF, dated ``paid_on``. Raises ``ValueError`` for an amount below zero."""
    form = _FORMS[kind]
    rows = [
        (form.payer, clean(payer)),
        (form.payee, clean(payee)),
        ("金额（小写）", f"¥{grouped(amount_fen)}"),
        ("金额（大写）", amount_in_capitals(amount_fen)),
        ("用途", clean(purpose)),
        ("项目", clean(project_name)),
        ("备注", clean(note) or "—"),
    ]
    content = {
        "title": form.title,
        "issuer": form.issuer,
        "serial": f"编号：{clean(serial)}",
        "day": f"{form.day}：{date_text(paid_on, 'zh')}",
        "rows": rows,
        "watermark": WATERMARK,
        "disclaimer": _DISCLAIMER,
    }
    return press("slip.typ").pdf(content, paid_on, archival=False)
