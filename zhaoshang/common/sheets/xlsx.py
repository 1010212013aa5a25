"""An xlsx workbook, read in one pass.

Own reader rather than a library's: the limits hold while reading, formulas, hidden rows and number formats are seen,
and numbers are taken from their text. ECMA-376 part 1, chapter 18; both the transitional and the strict namespace.
"""

import posixpath
import zipfile

from zhaoshang.common.sheets.limits import MAX_SHEET_ELEMENTS, MAX_SHEETS, MAX_STYLES, refusal
from zhaoshang.common.sheets.model import Cell, Sheet, Workbook
from zhaoshang.common.sheets.package import check_unread_parts, open_package, part
from zhaoshang.common.sheets.sheetxml import Shared, SheetReader, is_true
from zhaoshang.common.sheets.strings import Budget, StringsReader
from zhaoshang.common.sheets.styles import Style, style_of
from zhaoshang.common.sheets.xml import Element, elements_of, read_xml

_CONTENT_TYPES = "[Content_Types].xml"


def read_xlsx(content: bytes) -> Workbook:
    """The workbook in ``content``. Raises :class:`Refused`."""
    package = _Package(content)
    if _CONTENT_TYPES.lower() not in package.names:
        raise refusal("wrong_type", found="zip")
    _check_content_types(package.elements(_CONTENT_TYPES, "Override", "Default"))
    main = next((target for kind, target in package.related("").values() if kind == "officeDocument"), "")
    if main.lower() == "xl/workbook.bin":
        raise refusal("xlsb")
    if not main.lower().startswith("xl/") or not main.lower().endswith(".xml"):
        raise refusal("wrong_type", found=main or "zip")
    related = package.related(main)
    sheets, date1904 = _contents(package, main, related)
    by_kind = dict(related.values())
    check_unread_parts(package.zip, {package.name(name) for name in [by_kind.get("sharedStrings", ""), *sheets]})
    budget = Budget()
    shared = Shared(
        _strings(package, by_kind.get("sharedStrings"), budget),
        _styles(package, by_kind.get("styles")),
        date1904,
        budget,
    )
    for target, sheet in sheets.items():
        _fill(package, target, sheet, shared)
    return Workbook("xlsx", list(sheets.values()), date1904, elements=MAX_SHEET_ELEMENTS - budget.elements)


class _Package:
    """The zip with its parts found whatever the case of their names."""

    def __init__(self, content: bytes) -> None:
        self.zip: zipfile.ZipFile = open_package(content)
        self.names = {name.lower(): name for name in self.zip.namelist()}

    def name(self, target: str) -> str:
        """The part's name as the zip spells it."""
        return self.names.get(target.lower(), target)

    def elements(self, target: str, *wanted: str) -> list[Element]:
        """The ``wanted`` elements of a part."""
        with part(self.zip, self.name(target)) as stream:
            return elements_of(stream, target, wanted)

    def related(self, source: str) -> dict[str, tuple[str, str]]:
        """Id → (last word of the type, target) of a part's relationships; ``""`` is the package itself."""
        folder, base = posixpath.split(source)
        found = self.elements(posixpath.join(folder, "_rels", f"{base}.rels"), "Relationship")
        return {
            attributes.get("Id", ""): (
                attributes.get("Type", "").rpartition("/")[2],
                _resolve(folder, attributes.get("Target", "")),
            )
            for _, attributes, _ in found
        }


def _resolve(folder: str, target: str) -> str:
    path = target.replace("\\", "/")
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))


def _check_content_types(types: list[Element]) -> None:
    for _, attributes, _ in types:
        kind, where = attributes.get("ContentType", "").lower(), attributes.get("PartName", _CONTENT_TYPES)
        if "macro" in kind or "vbaproject" in kind:
            raise refusal("macros", where=where)
        if "oleobject" in kind or "activex" in kind:
            raise refusal("embedded", where=where)


def _contents(package: _Package, main: str, related: dict[str, tuple[str, str]]) -> tuple[dict[str, Sheet], bool]:
    """The worksheets by target, still empty, and whether days count from 1904."""
    elements = package.elements(main, "sheet", "workbookPr")
    listed = [attributes for tag, attributes, parent in elements if tag == "sheet" and parent == "sheets"]
    if len(listed) > MAX_SHEETS:
        raise refusal("too_many_sheets", count=len(listed), limit=MAX_SHEETS)
    sheets: dict[str, Sheet] = {}
    for attributes in listed:
        kind, target = related.get(attributes.get("id", ""), ("", ""))
        if kind == "worksheet" and target not in sheets:
            hidden = attributes.get("state", "visible") != "visible"
            sheets[target] = Sheet(attributes.get("name", "")[:64], [], hidden)
    if not sheets:
        raise refusal("no_sheet")
    return sheets, any(is_true(attributes.get("date1904")) for tag, attributes, _ in elements if tag == "workbookPr")


def _strings(package: _Package, target: str | None, budget: Budget) -> list[Cell]:
    if target is None:
        return []
    reader = StringsReader(target, budget)
    with part(package.zip, package.name(target)) as stream:
        read_xml(stream, reader)
    return reader.cells


def _styles(package: _Package, target: str | None) -> list[Style]:
    if target is None:
        return []
    elements = package.elements(target, "numFmt", "xf")
    codes = {
        int(a["numFmtId"]): a.get("formatCode", "")
        for tag, a, _ in elements
        if tag == "numFmt" and a.get("numFmtId", "").isdigit()
    }
    numbers = [a.get("numFmtId", "0") for tag, a, parent in elements if tag == "xf" and parent == "cellXfs"][
        :MAX_STYLES
    ]
    made = {number: style_of(int(number) if number.isdigit() else 0, codes) for number in set(numbers)}
    return [made[number] for number in numbers]


def _fill(package: _Package, target: str, sheet: Sheet, shared: Shared) -> None:
    reader = SheetReader(target, sheet, shared)
    with part(package.zip, package.name(target)) as stream:
        read_xml(stream, reader)
    reader.finish()
