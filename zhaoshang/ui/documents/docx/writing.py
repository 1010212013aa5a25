"""A document as a Word file in the format of official papers (GB/T 9704-2012); the same document gives the same bytes.

A bound figure is a locked content control whose tag is the figure's reference: changed in Word, it stays recognisable.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any

from docx import Document as new_word_file
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from zhaoshang.ui.documents import paper
from zhaoshang.ui.documents.docx.elements import Element, half_points, twips, twips_of_mm, w
from zhaoshang.ui.documents.docx.styles import fill_settings, fill_styles
from zhaoshang.ui.documents.layout import Grid, Line, NewPage, Picture, Piece, Sheet, lay_out
from zhaoshang.ui.documents.model import Document, FigureRun, Runs, runs
from zhaoshang.ui.documents.pictures import height_of, png_of
from zhaoshang.ui.documents.words import WORDS

# Of the library's template only what is rewritten here or needed by Word; its styles, theme and preview stay out.
_KEPT_PARTS = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_KEPT_OUTER = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)


def write_docx(document: Document) -> bytes:
    """``document`` as a Word file. Raises :class:`~zhaoshang.ui.documents.pictures.NotAPicture` for an unsafe drawing."""
    sheet = lay_out(document)
    file = _blank(document)
    _set_page(file.sections[0], document)
    _set_margins(file.sections[0], sheet, WORDS[document.language].page)
    body = _Body(file)
    for piece in sheet.pieces:
        body.add(piece)
    packed = io.BytesIO()
    file.save(packed)
    return _pinned(packed.getvalue(), document)


def _blank(document: Document) -> Any:
    file = new_word_file()
    _keep_only(file.part.rels, _KEPT_PARTS)
    _keep_only(file.part.package.rels, _KEPT_OUTER)
    fill_styles(file.styles.element)
    fill_settings(file.settings.element)
    properties, midnight = file.core_properties, datetime(document.date.year, document.date.month, document.date.day)
    properties.title, properties.author, properties.last_modified_by = document.title, document.issuer, document.issuer
    properties.created = properties.modified = midnight
    properties.comments, properties.language = "", "zh-CN" if document.language == "zh" else "en-GB"
    return file


def _keep_only(relationships: Any, kinds: tuple[str, ...]) -> None:
    for key in [key for key, relationship in relationships.items() if relationship.reltype not in kinds]:
        del relationships[key]


def _set_page(section: Any, document: Document) -> None:
    section.page_width, section.page_height = Mm(paper.PAGE_WIDTH_MM), Mm(paper.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(paper.TOP_MM), Mm(paper.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(paper.LEFT_MM), Mm(paper.RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(paper.HEADER_MM), Mm(paper.FOOTER_MM)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    kind = "linesAndChars" if document.language == "zh" else "lines"
    char_space = round((paper.CHAR_PT - paper.BODY_PT) * 4096) if document.language == "zh" else None
    properties.append(w("docGrid", type=kind, linePitch=twips(paper.LINE_PT), charSpace=char_space))


def _set_margins(section: Any, sheet: Sheet, page_label: str) -> None:
    """Page numbers: at the right of odd pages and at the left of even ones, one character in (7.5)."""
    footers = ((section.footer, "right"), (section.even_page_footer, "left"))
    for footer, side in footers:
        before, after = page_label.split("{}")
        number = w("fldSimple", _run("1"), instr=" PAGE ")
        blank = {f"{side}Chars": 100, side: twips(paper.STYLES["Footer"].size_pt)}
        properties = w("pPr", w("pStyle", val="Footer"), w("ind", **blank), w("jc", val=side))
        _fill(footer, w("p", properties, _run(before), number, _run(after)))
    if sheet.running_head:
        for header in (section.header, section.even_page_header):
            _fill(header, w("p", w("pPr", w("pStyle", val="Header")), _run(sheet.running_head)))


def _fill(margin: Any, paragraph: Element) -> None:
    margin.is_linked_to_previous = False
    element = margin._element
    element[:] = [paragraph]


class _Body:
    """The body of the file, filled from the top."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._end = file.element.body.sectPr
        self._controls = count(1)
        self._on_new_page = False

    def add(self, piece: Piece) -> None:
        """The next piece."""
        match piece:
            case NewPage():
                self._on_new_page = True
            case Line():
                self._end.addprevious(self._line(piece))
            case Grid():
                self._end.addprevious(self._grid(piece))
            case Picture():
                self._end.addprevious(self._picture(piece))

    def _line(self, line: Line) -> Element:
        chars = paper.CHAR_PT / paper.BODY_PT * paper.STYLES[line.style].size_pt
        blanks: dict[str, int] = {}
        for side, width in (("left", line.left_chars), ("right", line.right_chars)):
            if width:
                blanks |= {f"{side}Chars": round(width * 100), side: twips(width * chars)}
        properties = w("pPr", w("pStyle", val=line.style))
        if line.keep_next:
            properties.append(w("keepNext"))
        if self._on_new_page:
            properties.append(w("pageBreakBefore"))
            self._on_new_page = False
        if blanks:
            properties.append(w("ind", **blanks))
        return w("p", properties, *self._runs(line.runs, line.size_pt, stacked=line.stacked))

    def _runs(self, content: Runs, size_pt: float = 0, *, stacked: bool = False) -> Iterable[Element]:
        for place, run in enumerate(content):
            if stacked and place:
                yield w("r", w("br"))
            yield self._control(run) if isinstance(run, FigureRun) else _run(run.text, size_pt)

    def _control(self, figure: FigureRun) -> Element:
        properties = w("sdtPr", w("alias", val=figure.ref), w("tag", val=figure.ref), w("id", val=next(self._controls)))
        properties.extend((w("lock", val="sdtContentLocked"), w("text")))
        return w("sdt", properties, w("sdtContent", _run(figure.text)))

    def _grid(self, grid: Grid) -> Element:
        total = sum(column.weight for column in grid.columns)
        widths = [twips_of_mm(paper.TEXT_WIDTH_MM * column.weight / total) for column in grid.columns]
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        properties = w("tblPr", w("tblW", w=sum(widths), type="dxa"), w("jc", val="center"))
        properties.append(w("tblBorders", *(w(side, val="single", sz=4, space=0, color="000000") for side in sides)))
        properties.append(w("tblLayout", type="fixed"))
        head = [
            self._cell("TableHead", "center", width, runs(column.label))
            for column, width in zip(grid.columns, widths, strict=True)
        ]
        table = w(
            "tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), _row(head, repeated=True)
        )
        for row in grid.rows:
            cells = zip(grid.columns, widths, row, strict=True)
            table.append(_row([self._cell("TableCell", column.align, width, cell) for column, width, cell in cells]))
        return table

    def _cell(self, style: str, align: str, width: int, content: Runs) -> Element:
        properties = w("pPr", w("pStyle", val=style), w("jc", val=align))
        paragraph = w("p", properties, *self._runs(content))
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), paragraph)

    def _picture(self, picture: Picture) -> Element:
        png = png_of(picture.svg)
        high = height_of(png) > paper.PICTURE_HEIGHT_MAX_MM
        size = {"height": Mm(paper.PICTURE_HEIGHT_MAX_MM)} if high else {"width": Mm(paper.TEXT_WIDTH_MM)}
        inline = self._file.part.new_pic_inline(io.BytesIO(png), **size)
        inline.docPr.set("descr", picture.alt)
        return w("p", w("pPr", w("pStyle", val="Picture")), w("r", w("drawing", inline)))


def _row(cells: list[Element], *, repeated: bool = False) -> Element:
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if repeated else None), *cells)


def _run(text: str, size_pt: float = 0) -> Element:
    written = w("t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    size = w("rPr", w("sz", val=half_points(size_pt)), w("szCs", val=half_points(size_pt))) if size_pt else None
    return w("r", size, written)


def _pinned(packed: bytes, document: Document) -> bytes:
    """The same archive with the document's day in place of the moment of writing."""
    day, pinned = document.date, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as written, zipfile.ZipFile(pinned, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in written.infolist():
            fixed = zipfile.ZipInfo(entry.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, written.read(entry))
    return pinned.getvalue()
