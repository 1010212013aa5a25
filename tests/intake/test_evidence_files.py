"""Evidence files are told by content; hostile ones are refused with a reason (catalogue C11-C13)."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from intake.books import xlsx
from zhaoshang.common.files import Refused, digest, download_header, identify, safe_name

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"


def pdf(*objects: bytes, head: bytes = b"", tail: bytes = b"") -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, start=1))
    return head + b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n" + tail


def stream(dictionary: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(packed), packed)


def png(width: int = 2, height: int = 2, tail: bytes = b"", text: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
    note = chunk(b"tEXt", text) if text else b""
    return b"\x89PNG\r\n\x1a\n" + head + note + chunk(b"IDAT", zlib.compress(b"\0" * 14)) + chunk(b"IEND", b"") + tail


def jpg(tail: bytes = b"") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 8, 8, 4, 6, 0)
    return b"\xff\xd8" + b"\xff\xe0\x00\x04AB" + frame + b"\xff\xd9" + tail


def webp() -> bytes:
    body = b"WEBPVP8X" + struct.pack("<L", 10) + bytes([0, 0, 0, 0, 3, 0, 0, 3, 0, 0])
    return b"RIFF" + struct.pack("<L", len(body)) + body


def zipped(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return buffer.getvalue()


def docx(**more: bytes) -> bytes:
    return zipped(**{"[Content_Types]_DOT_xml": b"<Types/>", "word__document_DOT_xml": b"<document/>", **more})


GOOD = {
    "pdf": pdf(b"<< /Type /Catalog >>"),
    "png": png(),
    "jpg": jpg(),
    "webp": webp(),
    "docx": docx(),
    "xlsx": xlsx(("项目名称",)),
    "ofd": zipped(OFD_DOT_xml=b"<OFD/>"),
}


@pytest.mark.parametrize("ext", GOOD)
def test_each_kind_is_known_by_its_content(ext):
    assert identify(GOOD[ext], f"回单2023.3.5.{ext}").ext == ext
    assert identify(GOOD[ext], "没有扩展名").ext == ext


ENTITY = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
FETCHED_TEMPLATE = b'<R><Relationship Type="x/attachedTemplate" TargetMode="External"/></R>'
BAD = {
    "an empty file": (b"", "a.pdf", "empty"),
    "HTML called pdf": (b"<!doctype html><script>alert(1)</script>", "a.pdf", "type"),
    "a scripted SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", "type"),
    "a program called pdf": (b"MZ\x90\0" + b"\0" * 200, "a.pdf", "type"),
    "HTML in front of a PDF": (pdf(b"<< >>", head=b"<html><script>1</script>\n"), "a.pdf", "type"),
    "HTML inside a PDF's head": (b"%PDF-1.7\n<html><script>1</script>" + pdf(b"<< >>"), "a.pdf", "polyglot"),
    "a zip behind a PDF": (pdf(b"<< >>", tail=zipped(a=b"1")), "a.pdf", "polyglot"),
    "script in a PDF": (pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf", "active"),
    "script behind escapes": (pdf(b"<< /S /J#61va#53cript >>"), "a.pdf", "active"),
    "script in an object stream": (pdf(stream(b"/Type /ObjStm", b"1 0 << /S /JavaScript >>")), "a.pdf", "active"),
    "a program started by a PDF": (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "a.pdf", "active"),
    "a program attached to a PDF": (pdf(stream(b"/Type /EmbeddedFile", b"MZ\x90\0")), "a.pdf", "active"),
    "an encrypted PDF that hides objects": (
        pdf(stream(b"/Type /ObjStm", b"1 0 << >>"), b"<< /Encrypt 3 0 R >>"), "a.pdf", "sealed",
    ),
    "objects nobody can unpack": (pdf(b"<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nxx"), "a.pdf", "sealed"),
    "half a PDF": (GOOD["pdf"][:-8], "a.pdf", "damaged"),
    "a zip behind a PNG": (png(tail=zipped(a=b"1")), "a.png", "polyglot"),
    "HTML in a PNG's text": (png(text=b"x\0<script>1</script>"), "a.png", "polyglot"),
    "half a PNG": (GOOD["png"][:-6], "a.png", "damaged"),
    "a flood of pixels": (png(50_000, 50_000), "a.png", "pixels"),
    "HTML behind a JPG": (jpg(tail=b"<html>"), "a.jpg", "polyglot"),
    "a JPG without a picture": (b"\xff\xd8\xff\xd9", "a.jpg", "damaged"),
    "a PNG called pdf": (GOOD["png"], "a.pdf", "name"),
    "a double extension": (GOOD["pdf"], "回单.exe.pdf", "name_unsafe"),
    "an extension hidden by direction marks": (GOOD["pdf"], "回单\u202efdp.exe", "name_unsafe"),
    "the test virus": (EICAR, "a.txt", "malware"),
    "the test virus in a zip": (zipped(a_DOT_txt=EICAR), "a.zip", "malware"),
    "the test virus in a docx": (docx(word__media__x_DOT_bin=EICAR), "a.docx", "malware"),
    "a plain zip": (zipped(a=b"1"), "a.zip", "archive"),
    "a rar": (b"Rar!\x1a\x07\x00", "a.rar", "archive"),
    "a docx with macros": (docx(word__vbaProject_DOT_bin=b"x"), "a.docx", "macros"),
    "a docx with an object in it": (docx(word__embeddings__x_DOT_bin=b"x"), "a.docx", "embedded"),
    "a docx with entities": (docx(word__x_DOT_xml=ENTITY), "a.docx", "forbidden_xml"),
    "a docx that fetches its template": (docx(word___rels__a_DOT_rels=FETCHED_TEMPLATE), "a.docx", "external_link"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "type"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
@pytest.mark.case("C11", "C13", "C16")
def test_hostile_files_are_refused(case):
    content, name, code = BAD[case]
    with pytest.raises(Refused) as refused:
        identify(content, name)
    assert refused.value.code == code
    assert "{" not in refused.value.message


def test_accounting_entries_attached_as_xml_are_let_in():
    assert identify(pdf(stream(b"/Type /EmbeddedFile", b'<?xml version="1.0"?><xbrl/>')), "回单.pdf").ext == "pdf"


@pytest.mark.case("C16")
def test_size_is_limited_by_kind():
    with pytest.raises(Refused, match="size"):
        identify(jpg(tail=b"\0" * 16 * 1024 * 1024), "a.jpg")


def test_the_digest_is_sha256():
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\回单.pdf", "回单.pdf"),
        ("a\0b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("回单\u202efdp.exe", "回单fdp.exe"),
        ("...", "未命名"),
        ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
    ],
)
@pytest.mark.case("C12")
def test_names_are_made_safe_to_show(name, shown):
    assert safe_name(name) == shown


@pytest.mark.case("C12")
def test_the_download_header_carries_the_chinese_name():
    header = download_header('回单"1".pdf')
    assert header == "attachment; filename=\"___1_.pdf\"; filename*=UTF-8''%E5%9B%9E%E5%8D%95_1_.pdf"
