"""A document as PDF/A-2b, set by Typst in the measures of official paper; the same document always gives the same bytes."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from zhaoshang.ui.documents import paper
from zhaoshang.ui.documents.layout import Grid, Line, NewPage, Piece, lay_out
from zhaoshang.ui.documents.model import Document, FigureRun, Runs
from zhaoshang.ui.documents.pictures import checked_svg
from zhaoshang.ui.documents.typesetting import press
from zhaoshang.ui.documents.words import WORDS

_PAPER = {
    "width_mm": paper.PAGE_WIDTH_MM,
    "height_mm": paper.PAGE_HEIGHT_MM,
    "top_mm": paper.TOP_MM,
    "left_mm": paper.LEFT_MM,
    "right_mm": paper.RIGHT_MM,
    "bottom_mm": paper.BOTTOM_MM,
    "header_mm": paper.HEADER_MM,
    "footer_mm": paper.FOOTER_MM,
    "text_width_mm": paper.TEXT_WIDTH_MM,
    "picture_height_max_mm": paper.PICTURE_HEIGHT_MAX_MM,
    "red": paper.RED,
    "char_em": paper.CHAR_PT / paper.BODY_PT,
    "tracking_em": paper.CHAR_PT / paper.BODY_PT - 1,
}


def write_pdf(document: Document, *, font_dir: Path | None = None) -> bytes:
    """``document`` as PDF/A-2b, dated as the document is. A figure links to its entry in the list of sources.

    ``font_dir``: a folder with the typefaces of GB/T 9704 (方正小标宋, 仿宋…), which are not free; without it free
    ones stand in. Raises :class:`~zhaoshang.ui.documents.pictures.NotAPicture` for an unsafe drawing and
    :class:`~zhaoshang.ui.documents.typesetting.NotTypeset`.
    """
    return press("gongwen.typ", font_dir).pdf(_content(document), document.date, archival=True)


def _content(document: Document) -> dict[str, Any]:
    sheet = lay_out(document)
    return {
        "paper": _PAPER,
        "styles": {key: asdict(style) for key, style in paper.STYLES.items()},
        "language": document.language,
        "title": document.title,
        "issuer": document.issuer,
        "running_head": sheet.running_head,
        "page_label": WORDS[document.language].page,
        "anchors": {source.ref: f"source-{place}" for place, source in enumerate(document.sources, start=1)},
        "pieces": [_piece(piece) for piece in sheet.pieces],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, Line):
        return {"kind": "line", **asdict(piece), "runs": _runs(piece.runs)}
    if isinstance(piece, Grid):
        rows = [[_runs(cell) for cell in row] for row in piece.rows]
        return {"kind": "grid", "columns": [asdict(column) for column in piece.columns], "rows": rows}
    if isinstance(piece, NewPage):
        return {"kind": "new-page"}
    return {"kind": "picture", "svg": checked_svg(piece.svg), "alt": piece.alt}


def _runs(runs: Runs) -> list[dict[str, str]]:
    return [{"text": run.text, "ref": run.ref} if isinstance(run, FigureRun) else {"text": run.text} for run in runs]
