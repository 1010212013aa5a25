"""Images looked at from end to end: a picture of a sane size and nothing else."""

import re
import struct

from zhaoshang.common.files.kinds import JPG, MEGABYTE, PNG, WEBP, FileKind, refusal

MOST_PIXELS = 100_000_000
MARKUP = re.compile(rb"<script|<html|<!doctype|<\?php|<svg|<iframe|javascript:", re.IGNORECASE)


def ends_as_zip(content: bytes) -> bool:
    """Whether a zip's end record is the last thing in the file, its own comment aside."""
    place = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if place < 0 or len(content) < place + 22:
        return False
    (comment,) = struct.unpack_from("<H", content, place + 20)
    return place + 22 + int(comment) == len(content)


def check_image(content: bytes, kind: FileKind) -> None:
    size = {PNG: _png_size, JPG: _jpg_size, WEBP: _webp_size}[kind](content)
    if size[0] * size[1] > MOST_PIXELS:
        raise refusal("pixels", pixels=f"{size[0]}×{size[1]}")
    if found := MARKUP.search(content):
        raise refusal("polyglot", where=found[0].decode())
    if ends_as_zip(content) or b"%PDF-" in content[:1024]:
        raise refusal("polyglot", where="zip/PDF")


def _png_size(content: bytes) -> tuple[int, int]:
    """Width and height; the chunks must follow each other to IEND, the last thing in the file."""
    place, name = 8, b""
    while name != b"IEND" and place + 12 <= len(content):
        (length,) = struct.unpack_from(">L", content, place)
        name = content[place + 4 : place + 8]
        place += 12 + length
    if name != b"IEND" or place > len(content) or content[12:16] != b"IHDR":
        raise refusal("damaged", where="PNG")
    if place < len(content):
        raise refusal("polyglot", where="PNG")
    width, height = struct.unpack_from(">LL", content, 16)
    return width, height


def _jpg_size(content: bytes) -> tuple[int, int]:
    """Width and height from the frame header. What phones append after the picture is looked at for other formats."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", content, place + 5)
            if b"\xff\xd9" not in content[-MEGABYTE * 8 :]:
                raise refusal("damaged", where="JPG")
            return width, height
        if marker == 0xFF:
            place += 1
            continue
        place += 2 + int(struct.unpack_from(">H", content, place + 2)[0])
    raise refusal("damaged", where="JPG")


def _webp_size(content: bytes) -> tuple[int, int]:
    (length,) = struct.unpack_from("<L", content, 4)
    if length + 8 not in (len(content), len(content) - 1):
        raise refusal("damaged" if length + 8 > len(content) else "polyglot", where="WebP")
    form, body = content[12:16], content[20:40]
    if form == b"VP8X" and len(body) >= 10:
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if form == b"VP8L" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and len(body) >= 10:
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise refusal("damaged", where="WebP")
