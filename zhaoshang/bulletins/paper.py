"""A bulletin as plain JSON for paper and page: its printed blocks with a short reference at each figure, and what each rests on."""

import hashlib
from collections.abc import Sequence
from typing import Any

from zhaoshang.bulletins.account import Account
from zhaoshang.bulletins.blocks import tokens
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.printing import Printer
from zhaoshang.bulletins.rules import period_words
from zhaoshang.common.periods import Period

REF_LENGTH_MAX = 64
ASPECT_LABELS = {
    "value": "", "growth": "同比", "of_year": "完成年度目标", "ahead": "与序时进度相比", "target": "年度目标", "share": "占全市比重",
    "rank": "名次", "meaning": "口径", "part_origin": "其中新建或续建", "part_source": "其中来源地",
}  # fmt: skip
DRAFT_NOTE = "送审稿，数字随账变动，发布时冻结。"


def ref_of(token: str) -> str:
    """A figure's reference on paper: its address in the city, shortened by a digest where Word keeps no more."""
    ref = token.strip("{}").partition("|")[0]
    if len(ref) <= REF_LENGTH_MAX:
        return ref
    return f"{ref[: REF_LENGTH_MAX - 9]}#{hashlib.sha256(ref.encode()).hexdigest()[:8]}"


def printed_now(bulletin: Bulletin) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A draft's blocks as they would be printed now, and what its figures rest on. Raises ``printing.UnknownFigures``."""
    printer = Printer(Account(bulletin.city))
    blocks = printer.blocks(bulletin.blocks)
    return blocks, [{**(one := printer.print(token)).rests, "text": one.text} for token in tokens(bulletin.blocks)]


def paper_of(bulletin: Bulletin) -> dict[str, Any]:
    """What ``ui.documents.kept.document_from`` takes: of a published bulletin exactly what was printed, of a draft as it stands now."""
    blocks, figures = (bulletin.printed, bulletin.figures) if not bulletin.is_draft else printed_now(bulletin)
    return {
        "title": bulletin.title,
        "number": bulletin.number,
        "issuer": bulletin.issuer,
        "recipients": bulletin.recipients,
        "dated": bulletin.dated,
        "blocks": [_with_refs(block) for block in blocks],
        "sources": [] if bulletin.is_draft else _sources(figures, bulletin),
        "notes": [DRAFT_NOTE] if bulletin.is_draft else [],
        "checkpoint": "" if bulletin.is_draft else _checkpoint(bulletin),
        "sample": bulletin.is_sample,
    }


def _with_refs(block: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] == "table":
        return {**block, "rows": [[_runs(cell) for cell in row] for row in block["rows"]]}
    return {**block, "runs": _runs(block["runs"])}


def _runs(runs: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"text": run["text"], "ref": ref_of(run["figure"])} if "figure" in run else {"text": run["text"]}
        for run in runs
    ]


def meaning_of(figure: dict[str, Any]) -> str:
    """What a figure is, in a phrase: 金普新区2023年一季度到位内资，同比."""
    label = figure.get("part") or ASPECT_LABELS[figure["aspect"]]
    return _meaning(figure) + (f"，{label}" if label else "")


def _meaning(figure: dict[str, Any]) -> str:
    place = figure["unit_name"] or "全市"
    return f"{place}{period_words(Period.parse(figure['period']))}{figure['name']}"


def _sources(figures: Sequence[dict[str, Any]], bulletin: Bulletin) -> list[dict[str, str]]:
    """One entry for each figure, however many of its aspects are printed."""
    once = {ref_of(figure["token"]): figure for figure in reversed(figures)}
    return [_source(ref, figure, bulletin) for ref, figure in reversed(once.items())]


def _source(ref: str, figure: dict[str, Any], bulletin: Bulletin) -> dict[str, str]:
    return {
        "ref": ref,
        "definition": _meaning(figure),
        "version": figure["version_title"],
        "rule": figure["rule"] or "按项目登记日期计数",
        "digest": figure["digest"],
        "snapshot_id": str(bulletin.snapshot),
    }


def _checkpoint(bulletin: Bulletin) -> str:
    return f"账本第{bulletin.ledger_seq}条，摘要 {bulletin.ledger_digest}；本通报摘要 {bulletin.digest}"
