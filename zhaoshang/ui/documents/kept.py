"""A document from plain JSON: the form in which a noun's room keeps a paper until a door prints it.

``blocks``: ``{"kind": "heading", "level", "runs"}``, ``{"kind": "paragraph", "runs"}``, ``{"kind": "table", "caption", "unit_note",
"columns", "rows", "weights"?}``; a run is ``{"text"}`` or ``{"text", "ref"}``. ``sources``: the fields of :class:`Source`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zhaoshang.ui.documents.model import (
    Block,
    Checkpoint,
    Column,
    Document,
    FigureRun,
    Heading,
    Language,
    Paragraph,
    Runs,
    Source,
    Table,
    Text,
)


def document_from(paper: Mapping[str, Any], language: Language = "zh") -> Document:
    """``paper``: title, issuer, dated (a date), number, recipients, blocks, sources, notes, checkpoint, sample; else ``KeyError``."""
    blocks = tuple(_block(block) for block in paper["blocks"])
    checkpoint = (Checkpoint(paper["checkpoint"]),) if paper["checkpoint"] else ()
    return Document(
        title=paper["title"],
        issuer=paper["issuer"],
        date=paper["dated"],
        blocks=blocks + checkpoint,
        number=paper["number"] or None,
        recipients=paper["recipients"] or None,
        notes=tuple(paper["notes"]),
        sources=tuple(Source(**source) for source in paper["sources"]),
        language=language,
        sample=paper["sample"],
    )


def _block(block: Mapping[str, Any]) -> Block:
    if block["kind"] == "heading":
        return Heading(2 if block["level"] == 2 else 1, _runs(block["runs"]))
    if block["kind"] == "paragraph":
        return Paragraph(_runs(block["runs"]))
    first, *others = block["columns"]
    weights = block.get("weights", [2] * len(block["columns"]))
    columns = (
        Column(first, weight=weights[0]),
        *(Column(label, "right", weight) for label, weight in zip(others, weights[1:], strict=True)),
    )
    rows = tuple(tuple(_runs(cell) for cell in row) for row in block["rows"])
    return Table(columns, rows, caption=block["caption"], unit_note=block["unit_note"])


def _runs(runs: Sequence[Mapping[str, str]]) -> Runs:
    return tuple(FigureRun(run["text"], run["ref"]) if run.get("ref") else Text(run["text"]) for run in runs)
