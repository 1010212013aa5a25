"""The styles of a Word file, written from the measures of :mod:`paper`: these and no others, so that no template shines through."""

import math

from zhaoshang.ui.documents.docx.elements import Element, fonts, half_points, twips, w
from zhaoshang.ui.documents.paper import BODY_PT, CHAR_PT, FACES, RED, STYLES, Style

# Lines and letters are set by their own measures, not by snapping to the grid: each program snaps in its own way.
TRACKING_TWIPS = math.floor((CHAR_PT - BODY_PT) * 20)
_LINE_RULE_COLOUR = "808080"


def fill_styles(styles: Element) -> None:
    """Replace everything in the ``w:styles`` element by our own."""
    del styles[:]
    defaults = w(
        "rPr", fonts(FACES["仿宋"].word), w("sz", val=half_points(BODY_PT)), w("szCs", val=half_points(BODY_PT))
    )
    defaults.append(w("lang", val="en-US", eastAsia="zh-CN"))
    styles.append(w("docDefaults", w("rPrDefault", defaults), w("pPrDefault", w("pPr"))))
    styles.append(
        w("style", w("name", val="Default Paragraph Font"), type="character", default=1, styleId="DefaultParagraphFont")
    )
    styles.append(_table_normal())
    for style_id, style in STYLES.items():
        styles.append(_paragraph_style(style_id, style))


def fill_settings(settings: Element) -> None:
    """Replace everything in the ``w:settings`` element: odd and even pages differ, punctuation keeps the grid, Word 2013 or later."""
    del settings[:]
    settings.extend(
        (
            w("zoom", percent=100),
            w("evenAndOddHeaders"),
            w("defaultTabStop", val=twips(2 * CHAR_PT)),
            w("characterSpacingControl", val="doNotCompress"),
            w(
                "compat",
                w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
            ),
            w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        )
    )


def _paragraph_style(style_id: str, style: Style) -> Element:
    normal = style_id == "Normal"
    return w(
        "style",
        w("name", val=style.name),
        None if normal else w("basedOn", val="Normal"),
        w("next", val="BodyText") if style.level else None,
        w("qFormat"),
        _paragraph_properties(style),
        w("rPr", fonts(FACES[style.face].word), _colour(style), _tracking(style), *_size(style.size_pt)),
        type="paragraph",
        styleId=style_id,
        default=1 if normal else None,
    )


def _paragraph_properties(style: Style) -> Element:
    """In the order that the schema asks for."""
    return w(
        "pPr",
        w("keepNext") if style.keep_next else None,
        w("widowControl", val=0),
        _borders(style),
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("snapToGrid", val=0),
        _spacing(style),
        _indent(style),
        w("jc", val=style.align),
        w("outlineLvl", val=style.level - 1) if style.level else None,
    )


def _spacing(style: Style) -> Element:
    before = twips(style.before_mm * 72 / 25.4)
    if not style.line_pt:
        return w("spacing", before=before, after=0, line=240, lineRule="auto")
    return w("spacing", before=before, after=0, line=twips(style.line_pt), lineRule="exact")


def _indent(style: Style) -> Element | None:
    if not style.indent_chars:
        return None
    width = twips(style.indent_chars * CHAR_PT * style.size_pt / BODY_PT)
    return w("ind", firstLineChars=style.indent_chars * 100, firstLine=width)


def _borders(style: Style) -> Element | None:
    if style.rule_below:
        return w("pBdr", w("bottom", val="single", sz=12, space=11, color=RED))  # 4 mm below the number (7.2.6)
    if style.boxed:
        sides = ("top", "left", "bottom", "right")
        return w("pBdr", *(w(side, val="single", sz=4, space=4, color=_LINE_RULE_COLOUR) for side in sides))
    return None


def _colour(style: Style) -> Element | None:
    return w("color", val=RED) if style.red else None


def _tracking(style: Style) -> Element | None:
    return w("spacing", val=TRACKING_TWIPS) if style.size_pt == BODY_PT else None


def _size(size_pt: float) -> tuple[Element, Element]:
    return w("sz", val=half_points(size_pt)), w("szCs", val=half_points(size_pt))


def _table_normal() -> Element:
    sides = w(
        "tblCellMar",
        *(w(side, w=width, type="dxa") for side, width in (("top", 0), ("left", 80), ("bottom", 0), ("right", 80))),
    )
    return w("style", w("name", val="Normal Table"), w("tblPr", sides), type="table", default=1, styleId="TableNormal")
