"""Files of every sort that people send, and what goes wrong with them on the way or by intent: seeded, so that each can be made again."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random
from zlib import error as BadDeflate

import shapefile
import xlwt
from contracts.papers import CLEAN, blank_pdf, docx
from imports.sending import book, line
from intake.hostile import HOSTILE
from PIL import Image

RING = [[121.6, 39.0], [121.601, 39.0], [121.601, 39.001], [121.6, 39.001], [121.6, 39.0]]
NAMES = (
    "a",
    "../../etc/passwd",
    "甲\u202ecod.exe",
    "x" * 300,
    "a\x00b",
    "con",
    "甲；“乙”",
    ".",
    " ",
    "a\r\nSet-Cookie: x=1",
)
ENDINGS = (".xlsx", ".xls", ".csv", ".docx", ".pdf", ".png", ".jpg", ".zip", ".geojson", ".et", ".txt", ".XLSX.exe", "")
WORDS = (
    b"1e999", b"NaN", b"-1", b"99999999999999999999", b"\x00", b"&lol;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"=1+1", b"[" * 200,
    b"\xed\xa0\x80", b"2023-02-30", b"\xef\xbb\xbf", b"{}", b"null", b"</row>", b"r=\"XFD1048576\"", b"../", b"\xff\xfe",
)  # fmt: skip


def _xls() -> bytes:
    made, buffer = xlwt.Workbook(), BytesIO()
    sheet = made.add_sheet("示例")
    for column, text in enumerate(("项目名称", "到位日期", "到位金额（万元）")):
        sheet.write(0, column, text)
    sheet.write(1, 0, "示例工厂")
    sheet.write(1, 2, 1200)
    made.save(buffer)
    return buffer.getvalue()


def _picture(form: str) -> bytes:
    buffer = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(buffer, form)
    return buffer.getvalue()


def _shapes() -> bytes:
    parts = {ending: BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts) as writer:
        writer.field("name", "C")
        writer.poly([RING])
        writer.record("x")
    return _package({f"a.{ending}": part.getvalue() for ending, part in parts.items()})


def _package(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def good_files() -> dict[str, bytes]:
    """One sound file of each sort, by its ending."""
    words = "项目名称,到位日期,到位金额（万元）\n示例工厂,2023-03-06,1200\n"
    return {
        ".xlsx": book(line(), line(7, serial="SAMPLE-IN-2")),
        ".xls": _xls(),
        ".csv": words.encode("gb18030"),
        ".txt": "示例市1—3月到位内资76.2亿元，同比增长22.1%。".encode(),
        ".docx": docx(CLEAN),
        ".pdf": blank_pdf(),
        ".png": _picture("PNG"),
        ".jpg": _picture("JPEG"),
        ".zip": _shapes(),
        ".geojson": json.dumps({"type": "Polygon", "coordinates": [RING]}).encode(),
    }


def _flipped(content: bytes, chance: Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 3, 30, 300))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _doubled(content: bytes, chance: Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] * chance.choice((1, 5)) + content[end:]


def _word(content: bytes, chance: Random) -> bytes:
    place, length = chance.randrange(len(content) + 1), chance.choice((0, 1, 8))
    return content[:place] + chance.choice(WORDS) + content[place + length :]


def _inside(content: bytes, chance: Random) -> bytes:
    """A package whose parts are whole by their sums, and one of them is not what it was."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, BadDeflate, OSError, ValueError, RuntimeError, NotImplementedError):
        return _flipped(content, chance)
    name = chance.choice([*parts])
    held = parts.pop(name)
    if chance.random() < 0.9:
        parts[name] = chance.choice((_flipped, _cut, _doubled, _word))(held or b" ", chance)
    return _package(parts)


def _another(content: bytes, chance: Random) -> bytes:
    return content + chance.choice([*good_files().values()])


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flipped,
    _cut,
    _doubled,
    _word,
    _inside,
    _inside,
    _inside,
    _another,
)


def hostile_file(good: dict[str, bytes], chance: Random) -> tuple[str, bytes]:
    """Name and content of one file: a sound one made worse once or several times, one made to hurt, or rubbish."""
    ending = chance.choice([*good])
    content, kind = good[ending], chance.random()
    if kind < 0.02:
        content = HOSTILE[chance.choice([*HOSTILE])][1]()
    elif kind < 0.05:
        content = chance.randbytes(chance.choice((0, 1, 100, 10_000)))
    else:
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            content = chance.choice(MUTATIONS)(content or b" ", chance)
    if chance.random() < 0.1:
        ending = chance.choice(ENDINGS)
    return (chance.choice(NAMES) if chance.random() < 0.1 else "示例") + ending, content
