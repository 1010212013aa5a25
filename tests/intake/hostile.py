"""Files made to hurt whoever opens them, each small enough to be made on the spot (catalogue C1)."""

import struct
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random

from xlwt.CompoundDoc import XlsDoc

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MEGABYTE = 1024 * 1024
_LAST_ROW = b'<sheetData><row r="1048576"><c><v>1</v></c></row></sheetData>'
_INLINE = b'<row><c t="inlineStr"><is><t>xy</t></is></c></row>'
_TEXT_CELL = b'<sheetData><row><c t="str"><v>'
Pieces = bytes | Iterator[bytes]


def relationships(*entries: tuple[str, str, str]) -> bytes:
    """A ``.rels`` part of (id, kind, target)."""
    inside = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in entries
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'.encode()


def workbook(sheets: int = 1, inside: str = "") -> bytes:
    """``workbook.xml`` with a number of sheets that all share one part."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{inside}<sheets>{listed}</sheets></workbook>'.encode()


def sheet(inside: bytes) -> bytes:
    """A worksheet part."""
    return f'<worksheet xmlns="{MAIN}">'.encode() + inside + b"</worksheet>"


def package(parts: dict[str, Pieces], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A minimal xlsx in which ``parts`` replace or join the usual ones. Long parts may come piece by piece."""
    usual: dict[str, Pieces] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(),
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet(b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>'.encode(),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as book:
        for name, content in {**usual, **parts}.items():
            with book.open(name, "w") as stream:
                for piece in [content] if isinstance(content, bytes) else content:
                    stream.write(piece)
    return buffer.getvalue()


def with_sheet(inside: bytes) -> bytes:
    """A workbook whose one sheet has ``inside``."""
    return package({"xl/worksheets/sheet1.xml": sheet(inside)})


def repeated(head: bytes, piece: bytes, times: int, tail: bytes, noise: bool = True) -> Iterator[bytes]:
    """``head``, ``piece`` many times, ``tail``; with ``noise`` between, so that the zip's ratio gives nothing away."""
    chance = Random(20261123)
    yield head
    block = piece * 1_000
    for _ in range(times // 1_000):
        yield block
        if noise:
            yield b"<!--%s-->" % chance.randbytes(len(block) // 150 + 1).hex().encode()
    yield tail


def _sheet_of(
    piece: bytes, times: int, before: bytes = b"<sheetData>", after: bytes = b"</sheetData>", noise: bool = True
) -> bytes:
    head, tail = f'<worksheet xmlns="{MAIN}">'.encode() + before, after + b"</worksheet>"
    return package({"xl/worksheets/sheet1.xml": repeated(head, piece, times, tail, noise)})


def _far_cell() -> bytes:
    return with_sheet(b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _entity_bomb() -> bytes:
    layers = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{layers}]><worksheet xmlns="{MAIN}">&a9;</worksheet>'
    return package({"xl/worksheets/sheet1.xml": bomb.encode()})


def _outside_entity(part: str) -> bytes:
    return package({part: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'})


def _lying_directory() -> bytes:
    """A part whose directory entry claims 100 bytes and whose content is longer."""
    honest = _sheet_of(b"<row/>", 50_000)
    with zipfile.ZipFile(BytesIO(honest)) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    return honest.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


def _many_strings() -> bytes:
    head = f'<sst xmlns="{MAIN}">'.encode()
    return package({"xl/sharedStrings.xml": repeated(head, b"<si><t>x</t></si>", 1_200_000, b"</sst>")})


def _long_tag() -> bytes:
    tag = b"<sheetData><row" + b"".join(b' a%d="x"' % number for number in range(1_300_000)) + b"/></sheetData>"
    return package({"xl/worksheets/sheet1.xml": sheet(tag)}, zipfile.ZIP_STORED)


def _array_formulas() -> bytes:
    rows = b"<row><c><v>1</v></c></row>" * 50_000
    arrays = b'<row><c><f t="array" ref="A1:IV50000"/></c></row>' * 900
    inside = sheet(b"<sheetData>" + rows + arrays + b"</sheetData>")
    return package({"xl/worksheets/sheet1.xml": inside}, zipfile.ZIP_STORED)


def _many_styles() -> bytes:
    head = f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode()
    styles = repeated(head, b'<xf numFmtId="1"/>', 1_000_000, b"</cellXfs></styleSheet>")
    related = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId3", "styles", "styles.xml"))
    return package({"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": related})


def _unread_elements() -> bytes:
    return package({"docProps/custom.xml": repeated(b"<a>", b"<b/>", 5_000_000, b"</a>")})


def _many_parts() -> bytes:
    return package({f"xl/media/{number}.png": b"" for number in range(3_000)})


def _external_book() -> bytes:
    return package({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def _remote_image() -> bytes:
    away = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/image" TargetMode="External" Target="h"/>'
    return package({"xl/drawings/_rels/drawing1.xml.rels": (away + "</Relationships>").encode()})


def _macro_type() -> bytes:
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    inside = b'<Override PartName="/xl/workbook.xml" ContentType="' + kind + b'"/>'
    return package({"[Content_Types].xml": TYPES.replace(b"/>", b">") + inside + b"</Types>"})


def _flag_encrypted() -> bytes:
    return package({}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def _word_file() -> bytes:
    return package({"_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml"))})


def _binary_workbook() -> bytes:
    return package({"_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin"))})


def _broken_bytes() -> bytes:
    whole = bytearray(_sheet_of(b"<row/>", 3_000))
    place = whole.find(b"sheet1.xml") + 20
    whole[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(whole)


def _ole(mark: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + mark.encode("utf-16-le")


def _xls_stream(stream: bytes) -> bytes:
    """A compound file whose Workbook is ``stream``."""
    buffer = BytesIO()
    XlsDoc().save(buffer, stream)
    return buffer.getvalue()


def _record(kind: int, inside: bytes) -> bytes:
    return struct.pack("<HH", kind, len(inside)) + inside


def _globals(*records: tuple[int, bytes], version: int = 0x0600) -> bytes:
    """The part of an xls before its sheets, not yet ended."""
    head = _record(0x0809, struct.pack("<HH12x", version, 5))
    return head + b"".join(_record(kind, inside) for kind, inside in records)


def _xls_records(*records: tuple[int, bytes], version: int = 0x0600) -> bytes:
    return _xls_stream(_globals(*records, version=version) + _record(0x0A, b""))


def _xls_cells(count: int) -> bytes:
    """An xls of one sheet with ``count`` packed numbers, sixty to a record."""
    run = b"".join(struct.pack("<HL", 0, 4 * number + 2) for number in range(60))
    place = len(_globals((0x85, bytes(9)))) + 4
    head = _globals((0x85, struct.pack("<LBB", place, 0, 0) + b"\1\0S")) + _record(0x0A, b"")
    rows = [_record(0xBD, struct.pack("<HH", row % 65_536, 0) + run + b"\x3b\0") for row in range(count // 60)]
    return _xls_stream(head + _record(0x0809, struct.pack("<HH12x", 0x0600, 16)) + b"".join(rows) + _record(0x0A, b""))


def _beside_the_book(name: str) -> bytes:
    """An xls with a second entry in its directory."""
    whole = bytearray(_xls_cells(6_000))
    entry = whole.find("Workbook".encode("utf-16-le")) + 128
    text = name.encode("utf-16-le")
    whole[entry : entry + len(text)] = text
    whole[entry + 64 : entry + 67] = struct.pack("<HB", len(text) + 2, 1)
    return bytes(whole)


def _named(name: str) -> bytes:
    return _xls_cells(6_000).replace("Workbook".encode("utf-16-le"), name.encode("utf-16-le"))


def _xls_loop() -> bytes:
    """An xls whose book's second sector is followed by its first."""
    whole = bytearray(_xls_cells(6_000))
    (table,) = struct.unpack_from("<L", whole, 76)
    start = (table + 1) * 512
    place = whole.find(struct.pack("<LLL", 1, 2, 3), start)
    whole[place + 4 : place + 8] = struct.pack("<L", 0)
    return bytes(whole)


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "one cell at XFD1048576": ("too_many_columns", _far_cell),
    "a cell in row 1048576": ("too_many_rows", lambda: with_sheet(_LAST_ROW)),
    "rows of 16,384 cells": (
        "too_many_columns",
        lambda: _sheet_of(b"<row>" + b"<c><v>1</v></c>" * 2_000 + b"</row>", 1_000),
    ),
    "a steep zip": ("zip_bomb", lambda: _sheet_of(b"<row/>", 5_000_000, noise=False)),
    "200 MB of spaces": ("zip_bomb", lambda: _sheet_of(b" " * 200, MEGABYTE)),
    "35 MB of blank cells": (
        "zip_bomb",
        lambda: _sheet_of(b'<c s="1"/>', 3_500_000, b"<sheetData><row>", b"</row></sheetData>"),
    ),
    "35 MB of blank rows": ("zip_bomb", lambda: _sheet_of(b"<row/>", 5_800_000)),
    "900,000 filled cells": (
        "too_many_cells",
        lambda: _sheet_of(b"<row>" + b"<c><v>1</v></c>" * 9 + b"</row>", 100_000),
    ),
    "400,000 texts in cells": ("too_many_rows", lambda: _sheet_of(_INLINE, 400_000)),
    "100,000 rows of long texts": ("too_much_text", lambda: _sheet_of(_INLINE.replace(b"xy", b"x" * 250), 100_000)),
    "elements within elements": ("zip_bomb", lambda: _sheet_of(b"<a>", 5_000_000)),
    "one tag of 15 MB": ("zip_bomb", _long_tag),
    "one text of 30 MB": (
        "too_much_text",
        lambda: _sheet_of(b"x" * 30, MEGABYTE, _TEXT_CELL, b"</v></c></row></sheetData>"),
    ),
    "a million merged ranges": ("too_many_cells", lambda: _sheet_of(b'<mergeCell ref="A1:B9"/>', 1_000_000)),
    "array formulas over everything": ("too_many_cells", _array_formulas),
    "a million styles": ("zip_bomb", _many_styles),
    "a million parts of nothing": ("zip_bomb", _unread_elements),
    "an entity bomb": ("forbidden_xml", _entity_bomb),
    "an outside entity in the sheet": ("forbidden_xml", lambda: _outside_entity("xl/worksheets/sheet1.xml")),
    "an outside entity in the styles": ("forbidden_xml", lambda: _outside_entity("xl/styles.xml")),
    "an outside entity in an unread part": ("forbidden_xml", lambda: _outside_entity("docProps/custom.xml")),
    "an outside entity in a relationship part": (
        "forbidden_xml",
        lambda: _outside_entity("xl/_rels/workbook.xml.rels"),
    ),
    "10,000 sheets": ("too_many_sheets", lambda: package({"xl/workbook.xml": workbook(10_000)})),
    "1,200,000 shared strings": ("too_much_text", _many_strings),
    "3,000 parts": ("too_many_parts", _many_parts),
    "a directory that lies": ("damaged", _lying_directory),
    "a macro part": ("macros", lambda: package({"xl/vbaProject.bin": b"x"})),
    "a macro type": ("macros", _macro_type),
    "an old macro sheet": ("macros", lambda: package({"xl/macrosheets/sheet1.xml": b"<m/>"})),
    "an embedded object": ("embedded", lambda: package({"xl/embeddings/oleObject1.bin": b"x"})),
    "a link to another workbook": ("external_link", _external_book),
    "a picture from elsewhere": ("external_link", _remote_image),
    "an encrypted entry": ("encrypted", _flag_encrypted),
    "an encrypted workbook": ("encrypted", lambda: _beside_the_book("EncryptedPackage")),
    "the first bytes of an xls": ("damaged", lambda: _ole("Workbook")),
    "an xls with macros": ("macros", lambda: _beside_the_book("_VBA_PROJECT_CUR")),
    "an xls with an embedded object": ("embedded", lambda: _beside_the_book("MBD0012AF34")),
    "an encrypted xls": ("encrypted", lambda: _xls_records((0x2F, b"\1\0"))),
    "an xls that runs a macro sheet": ("macros", lambda: _xls_records((0x85, b"\0\0\0\0\0\1\1\0M"))),
    "an xls linked to another": ("external_link", lambda: _xls_records((0x01AE, b"\1\0\5\0\0hello"))),
    "an xls of another age": ("old_xls", lambda: _xls_records(version=0x0500)),
    "an xls whose sectors go round": ("damaged", lambda: _xls_loop()),
    "an xls of 5,000,000 records": ("zip_bomb", lambda: _xls_stream(_globals() + bytes(19 * MEGABYTE))),
    "an xls that claims 4,000,000,000 texts": ("too_much_text", lambda: _xls_records((0xFC, b"\0" * 4 + b"\xff" * 4))),
    "an xls whose texts end early": ("damaged", lambda: _xls_records((0xFC, b"\0" * 4 + b"\x05\0\0\0" + b"\3\0\0a"))),
    "an xls of 800,000 numbers": ("too_many_cells", lambda: _xls_cells(800_000)),
    "an xls without a sheet": ("no_sheet", lambda: _xls_records()),
    "half an xls": ("damaged", lambda: _xls_cells(20_000)[:70_000]),
    "an old Word file": ("not_a_workbook", lambda: _named("WordDocu")),
    "a Word file": ("wrong_type", _word_file),
    "an xlsb": ("xlsb", _binary_workbook),
    "a zip of anything": ("wrong_type", lambda: _plain_zip()),
    "half a zip": ("damaged", lambda: package({})[:-30]),
    "broken bytes": ("damaged", _broken_bytes),
    "broken XML": ("damaged", lambda: with_sheet(b"<sheetData><row>")),
    "a string that is not there": (
        "damaged",
        lambda: with_sheet(b'<sheetData><row><c t="s"><v>5</v></c></row></sheetData>'),
    ),
    "the same cell twice": (
        "damaged",
        lambda: with_sheet(b'<sheetData><row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData>'),
    ),
    "rows out of order": ("damaged", lambda: with_sheet(b'<sheetData><row r="2"/><row r="1"/></sheetData>')),
    "a PDF": ("wrong_type", lambda: b"%PDF-1.7\n%%EOF"),
    "a program": ("wrong_type", lambda: b"MZ" + b"\0" * 100),
    "a web page called xls": ("wrong_type", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "nothing": ("empty", lambda: b""),
    "only zeros": ("empty", lambda: b"\0" * 1000),
    "binary called csv": ("wrong_type", lambda: b"a,b\0\1\2\n"),
    "a csv row of 5,000 columns": ("too_many_columns", lambda: b"1," * 5_000),
    "a csv of a million rows": ("too_many_rows", lambda: b"1,2\n" * 1_000_000),
    "a csv field without end": ("damaged", lambda: b'a,b\n"' + b"x" * 200_000),
    "25 MB": ("too_large", lambda: b"x" * 25 * MEGABYTE),
}


def _plain_zip() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("a.txt", "x")
    return buffer.getvalue()
