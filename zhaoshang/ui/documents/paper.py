"""The measures of official paper, in one place for Word, for PDF and for the check of both.

GB/T 9704-2012 (党政机关公文格式), 5.1-5.3 for the page and its grid, 7.2-7.5 for the parts. Tables, captions and the
list of sources have no size in the standard; theirs follow the bureaus' custom.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35  # 天头、订口 and what a text block of 156 × 225 mm leaves
TEXT_WIDTH_MM, TEXT_HEIGHT_MM = 156, 225
HEADER_MM, FOOTER_MM = 22, 25  # the page number's dash lies 7 mm under the text block
LINES, CHARS = 22, 28
PT_PER_MM = 72 / 25.4
LINE_PT = 28.95  # 225 mm over 22 lines, rounded down to what Word can hold
BODY_PT = 16  # 3号
PICTURE_HEIGHT_MAX_MM = 190
CHAR_PT = TEXT_WIDTH_MM * PT_PER_MM / CHARS
RED = "E60012"

FaceName = Literal["小标宋", "黑体", "楷体", "仿宋", "宋体"]


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its name in Word, its names in font files, and how a free font stands in for it in PDF.

    ``weight`` and ``stroke_em`` apply to the stand-in only, which has no cut of its own for the face.
    """

    word: str
    families: tuple[str, ...]
    stand_in: str = "Noto Serif SC"
    weight: int = 400
    stroke_em: float = 0


FACES: dict[FaceName, Face] = {
    "小标宋": Face("方正小标宋简体", ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体"), stroke_em=0.03),
    "黑体": Face("黑体", ("SimHei", "黑体"), stand_in="Noto Sans CJK SC", weight=500),
    "楷体": Face("楷体_GB2312", ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"), stroke_em=0.018),
    "仿宋": Face("仿宋_GB2312", ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋")),
    "宋体": Face("宋体", ("SimSun", "宋体")),
}
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of line looks. Indents in characters of the style's own size, ``line_pt`` the exact distance of lines."""

    name: str
    face: FaceName = "仿宋"
    size_pt: float = BODY_PT
    align: Literal["left", "center", "right", "both"] = "both"
    indent_chars: int = 0
    line_pt: float = LINE_PT
    level: int = 0
    keep_next: bool = False
    red: bool = False
    rule_below: bool = False
    before_mm: float = 0
    boxed: bool = False


# The keys are Word's style ids; Word translates its own (Title, Heading1…) in its menus.
STYLES: dict[str, Style] = {
    "Normal": Style("Normal"),
    "Blank": Style("空行", keep_next=True),
    "Title": Style("Title", face="小标宋", size_pt=22, align="center", line_pt=32, keep_next=True),
    "Heading1": Style("heading 1", face="黑体", indent_chars=2, level=1, keep_next=True),
    "Heading2": Style("heading 2", face="楷体", indent_chars=2, level=2, keep_next=True),
    "Heading3": Style("heading 3", indent_chars=2, level=3, keep_next=True),
    "Heading4": Style("heading 4", indent_chars=2, level=4, keep_next=True),
    "BodyText": Style("Body Text", indent_chars=2),
    # 7.2.4: its letters begin 35 mm under the upper edge of the text block.
    "IssuerMark": Style("发文机关标志", face="小标宋", size_pt=40, align="center", line_pt=56, red=True, before_mm=32),
    "DocumentNumber": Style("发文字号", align="center", rule_below=True),
    "Recipients": Style("主送机关", align="left"),
    "Attachment": Style("附件说明", align="left", keep_next=True),
    "Signature": Style("Signature", align="right"),
    "Note": Style("附注", align="left", indent_chars=2),
    "Caption": Style("caption", face="黑体", size_pt=14, align="center", keep_next=True),
    "PictureCaption": Style("图题", face="黑体", size_pt=14, align="center"),
    "UnitNote": Style("表格单位", size_pt=12, align="right", line_pt=20, keep_next=True),
    "TableHead": Style("表头", face="黑体", size_pt=12, align="center", line_pt=20),
    "TableCell": Style("表格", size_pt=12, align="left", line_pt=20),
    "SourceNote": Style("表注", size_pt=10.5, align="left", line_pt=18),
    "Picture": Style("图", align="center", line_pt=0, keep_next=True),
    "SourceEntry": Style("数据来源", size_pt=9, align="left", line_pt=14),
    "Checkpoint": Style("账本检查点", face="宋体", size_pt=9, align="left", line_pt=14, keep_next=True, boxed=True),
    "Header": Style("header", face="黑体", size_pt=12, align="left", line_pt=16),
    "Footer": Style("footer", face="宋体", size_pt=14, align="right", line_pt=18),
}


def width_chars(text: str) -> float:
    """Width of a line in full-width characters; Latin letters and digits take half of one."""
    return sum(1 if unicodedata.east_asian_width(char) in "FWA" else 0.5 for char in text)


def mark_size_pt(issuer: str) -> float:
    """Size at which 发文机关标志 fills at most the width of the text in one line (7.2.4 leaves the size open)."""
    return min(STYLES["IssuerMark"].size_pt, int(TEXT_WIDTH_MM * PT_PER_MM / max(width_chars(issuer), 1)))


def signature_blanks(issuer: str, date_text: str) -> tuple[float, float]:
    """Characters left blank at the right of 署名 and of 成文日期, on a document without a seal.

    GB/T 9704-2012, 7.3.5.2: two behind the issuer, the date beginning two characters further in; if the date is the
    longer, two behind the date and the issuer's blank grows with it.
    """
    issuer_chars, date_chars = width_chars(issuer), width_chars(date_text)
    if date_chars > issuer_chars:
        return date_chars + 4 - issuer_chars, 2
    return 2, issuer_chars - date_chars
