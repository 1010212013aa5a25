"""The two rule sets of the demo city. Samples: the text of Liaoning's own rule was not found, so each rule names a practice
that was, with its place in docs/nouns/capital.md."""

from typing import Any

from zhaoshang.demo.plan import WORKING_CAPITAL_PERCENT

SOURCE = "示例规则:未见辽宁省、大连市现行办法原文,各条取自各地公开办法,仅供演示"

_BANK = ["bank_receipt", "progress_sheet"]
EVIDENCE_2022: dict[str, list[list[str]]] = {
    "fixed_assets": [_BANK],
    "equipment": [["invoice", "equipment_list"]],
    "land": [["land_receipt"]],
    "equity": [["capital_verification", "bank_receipt"]],
    "working_capital": [["bank_receipt"]],
    "other": [["bank_receipt"]],
}
# From 2023 an equity payment needs the capital verification report itself.
EVIDENCE_2023 = {**EVIDENCE_2022, "equity": [["capital_verification"]]}


def content(year: int) -> dict[str, Any]:
    """What the set of a year says. Both count alike; the evidence asked for differs."""
    return {
        "rules": [
            {
                "no": "一",
                "kind": "source",
                "counts": ["outside_province", "inside_province"],
                "text": "资金来自本市以外的境内投资者;境外资金、市内资金不计入",
            },
            {"no": "二", "kind": "industry", "excluded": ["K"], "text": "房地产业项目资金不计入"},
            {
                "no": "三",
                "kind": "payment_kind",
                "percent": {"working_capital": WORKING_CAPITAL_PERCENT},
                "text": f"流动资金按到账额的百分之{WORKING_CAPITAL_PERCENT}计入",
            },
            {"no": "四", "kind": "pro_rata", "text": "合资项目按外来投资者所占注册资本比例计入,须附到位资金分割证明"},
        ],
        "evidence": EVIDENCE_2022 if year < 2023 else EVIDENCE_2023,
    }
