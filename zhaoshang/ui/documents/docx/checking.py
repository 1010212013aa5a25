"""Whether a Word file keeps to the format of official papers (GB/T 9704-2012): page, grid, letters, numbers, page numbers.

Meant for files that people have worked on after the system wrote them; each problem says where it is and what should be there.
"""

import re
from collections.abc import Iterator
from itertools import islice

from zhaoshang.ui.documents import paper
from zhaoshang.ui.documents.docx.elements import Element, W, attribute, half_points, twips, twips_of_mm
from zhaoshang.ui.documents.docx.package import NotWord, Package
from zhaoshang.ui.documents.docx.reading import ref_of
from zhaoshang.ui.documents.layout import next_place
from zhaoshang.ui.documents.words import heading_label

_TOLERANCE_MM = 1  # 5.2.1: ± 1 mm
_TOLERANCE_CHARS = 0.2
_DATE = re.compile(r"\d{4}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
_LEVELS = "一二三四"
_STYLE_KEYS = {style.name.lower(): key for key, style in paper.STYLES.items()}


def check_docx(content: bytes) -> list[str]:
    """Problems in order of reading, in Chinese; empty if the file keeps to the format. Chinese papers only."""
    try:
        package = Package.open(content)
        return [*_page(package), *_page_numbers(package), *_text(package)]
    except NotWord as refusal:
        return [f"{refusal}，无法检查"]


def _page(package: Package) -> Iterator[str]:
    sections = list(package.body.iter(f"{{{W}}}sectPr"))
    if not sections:
        yield "没有页面设置，应为 A4 纸、天头 37 毫米、订口 28 毫米"
    for place, section in enumerate(sections, start=1):
        if attribute(section.find(f"{{{W}}}pgSz"), "orient") != "landscape":  # a wide table may lie across
            which = f"第 {place} 节" if len(sections) > 1 else ""
            yield from (which + problem for problem in _section(section))


def _section(section: Element) -> Iterator[str]:
    size, margin = section.find(f"{{{W}}}pgSz"), section.find(f"{{{W}}}pgMar")
    width, height = _number(size, "w"), _number(size, "h")
    top, left = _number(margin, "top"), _number(margin, "left")
    text_width, text_height = width - left - _number(margin, "right"), height - top - _number(margin, "bottom")
    for label, found, aim_mm in (
        ("纸张宽", width, paper.PAGE_WIDTH_MM),
        ("纸张高", height, paper.PAGE_HEIGHT_MM),
        ("天头（上边距）", top, paper.TOP_MM),
        ("订口（左边距）", left, paper.LEFT_MM),
        ("版心宽", text_width, paper.TEXT_WIDTH_MM),
        ("版心高", text_height, paper.TEXT_HEIGHT_MM),
    ):
        if abs(found - twips_of_mm(aim_mm)) > twips_of_mm(_TOLERANCE_MM):
            yield f"{label}为 {found * 25.4 / 1440:.1f} 毫米，应为 {aim_mm} 毫米"
    yield from _grid(section.find(f"{{{W}}}docGrid"), text_width, text_height)


def _grid(grid: Element | None, text_width: int, text_height: int) -> Iterator[str]:
    pitch, char_space = _number(grid, "linePitch"), _number(grid, "charSpace")
    lines = text_height // pitch if pitch else 0
    if lines != paper.LINES:
        yield f"文档网格每页 {lines} 行，应为 {paper.LINES} 行"
    chars = text_width / 20 / (paper.BODY_PT + char_space / 4096)
    if attribute(grid, "type") not in ("linesAndChars", "snapToChars") or int(chars + 0.05) != paper.CHARS:
        yield f"文档网格每行 {chars:.1f} 字，应指定行和字符网格，每行 {paper.CHARS} 字"


def _page_numbers(package: Package) -> Iterator[str]:
    if package.settings.find(f"{{{W}}}evenAndOddHeaders") is None:
        yield "页眉页脚没有设为奇偶页不同：单页码应居右，双页码应居左"
    for section in islice(package.body.iter(f"{{{W}}}sectPr"), 1):  # later sections continue the first one's footers
        for kind, label, side in (("default", "单页码", "right"), ("even", "双页码", "left")):
            yield from _page_number(package, package.footer(section, kind), label, side)


def _page_number(package: Package, footer: Element | None, label: str, side: str) -> Iterator[str]:
    paragraph = None if footer is None else footer.find(f"{{{W}}}p")
    if paragraph is None or not _has_page_field(paragraph):
        yield f"{label}没有页码域，应为“— 1 —”"
        return
    if not re.fullmatch(r"\s*—\s?\d*\s?—\s*", _words(paragraph)):
        yield f"{label}写作“{_words(paragraph)}”，数字左右应各有一条一字线"
    if package.in_force(paragraph, None, "pPr/jc", "val") not in (side, {"right": "end", "left": "start"}[side]):
        yield f"{label}应居{'右' if side == 'right' else '左'}"
    if not _blank_is(package, paragraph, side, 1, paper.STYLES["Footer"].size_pt):
        yield f"{label}应{'右' if side == 'right' else '左'}空一字"
    for run in paragraph.iter(f"{{{W}}}r"):
        yield from _letters(package, paragraph, run, "Footer", label)


def _has_page_field(paragraph: Element) -> bool:
    codes = [attribute(field, "instr") or "" for field in paragraph.iter(f"{{{W}}}fldSimple")]
    codes.append("".join(code.text or "" for code in paragraph.iter(f"{{{W}}}instrText")))
    return any(code.split()[:1] == ["PAGE"] for code in codes)


def _text(package: Package) -> Iterator[str]:
    paragraphs = list(package.body.iter(f"{{{W}}}p"))
    styles = [_style_key(package, paragraph) for paragraph in paragraphs]
    if styles.count("Title") != 1:
        yield f"应有一个标题（样式 Title），现有 {styles.count('Title')} 个"
    for place, (paragraph, style) in enumerate(zip(paragraphs, styles, strict=True), start=1):
        yield from _paragraph(package, paragraph, style, f"第 {place} 段“{_short(paragraph)}”")
    yield from _numbering(paragraphs, styles)
    signatures = [
        _words(paragraph) for paragraph, style in zip(paragraphs, styles, strict=True) if style == "Signature"
    ]
    if len(signatures) < 2 or not _DATE.fullmatch(signatures[-1].strip()):
        yield "文末应有发文机关署名和成文日期，日期写作“2023年4月18日”"
    for control in package.body.iter(f"{{{W}}}sdt"):
        yield from _control(control)


def _paragraph(package: Package, paragraph: Element, style: str, where: str) -> Iterator[str]:
    if style not in paper.STYLES:
        yield f"{where}用了样式“{style}”，公文里没有；请改用正文（Body Text）或标题 1-4"
        return
    expected = paper.STYLES[style]
    spacing = (
        package.in_force(paragraph, None, "pPr/spacing", "line"),
        package.in_force(paragraph, None, "pPr/spacing", "lineRule"),
    )
    if expected.line_pt and spacing != (str(twips(expected.line_pt)), "exact"):
        yield f"{where}行距不是固定值 {expected.line_pt} 磅"
    if not _blank_is(package, paragraph, "firstLine", expected.indent_chars, expected.size_pt):
        yield f"{where}首行应空 {expected.indent_chars} 字"
    problems = (
        problem for run in paragraph.iter(f"{{{W}}}r") for problem in _letters(package, paragraph, run, style, where)
    )
    yield from dict.fromkeys(problems)


def _blank_is(package: Package, paragraph: Element, side: str, chars: float, size_pt: float) -> bool:
    """Whether an indent is of so many characters; programs store it in hundredths of characters, or as a length only."""
    in_hundredths = package.in_force(paragraph, None, "pPr/ind", f"{side}Chars")
    if in_hundredths is not None:
        return in_hundredths == str(round(chars * 100))
    length = package.in_force(paragraph, None, "pPr/ind", side) or "0"
    one = twips(paper.CHAR_PT / paper.BODY_PT * size_pt)
    return length.isdecimal() and abs(int(length) / one - chars) < _TOLERANCE_CHARS


def _letters(package: Package, paragraph: Element, run: Element, style: str, where: str) -> Iterator[str]:
    if not any(text.text for text in run.iter(f"{{{W}}}t")):
        return
    expected = paper.STYLES[style]
    face = paper.FACES[expected.face].word
    found_face = package.in_force(paragraph, run, "rPr/rFonts", "eastAsia")
    if found_face != face:
        yield f"{where}字体为“{found_face or '未指定'}”，应为“{face}”"
    found_size = package.in_force(paragraph, run, "rPr/sz", "val")
    if style != "IssuerMark" and found_size != str(half_points(expected.size_pt)):  # 7.2.4 leaves the mark's size open
        shown = f"{int(found_size) / 2:g} 磅" if found_size and found_size.isdecimal() else "未指定"
        yield f"{where}字号为 {shown}，应为 {expected.size_pt:g} 磅"


def _style_key(package: Package, paragraph: Element) -> str:
    """The key in ``paper.STYLES``, or the style's own name if the paper knows none such."""
    name = package.style_name(paragraph)
    return _STYLE_KEYS.get(name.lower(), name)


def _numbering(paragraphs: list[Element], styles: list[str]) -> Iterator[str]:
    counters: list[int] = []
    for paragraph, key in zip(paragraphs, styles, strict=True):
        level = paper.STYLES[key].level if key in paper.STYLES else 0
        if level:
            counters = next_place(counters, level)
            label = heading_label(tuple(counters), "zh")
            if not _words(paragraph).startswith(label):
                yield f"{_LEVELS[level - 1]}级标题“{_short(paragraph)}”的序号应为“{label}”"


def _control(control: Element) -> Iterator[str]:
    if not ref_of(control):
        yield f"数据“{_words(control)}”没有编号，无法回查来源"
    if attribute(control.find(f"{{{W}}}sdtPr/{{{W}}}lock"), "val") != "sdtContentLocked":
        yield f"数据“{_words(control)}”已解除锁定，可能被改动；请与系统中的数据核对"


def _words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{{{W}}}t"))


def _short(paragraph: Element) -> str:
    words = _words(paragraph)
    return words if len(words) <= 12 else words[:12] + "…"


def _number(element: Element | None, name: str) -> int:
    """A whole number of 32 bits, some programs writing negative ones unsigned; 0 where it is missing or no number."""
    text = attribute(element, name) or ""
    number = int(text) if re.fullmatch(r"-?\d{1,10}", text) else 0
    return number - 2**32 if number >= 2**31 else number
