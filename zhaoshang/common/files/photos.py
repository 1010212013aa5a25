"""A photo made anew from its pixels: upright, of a sane size, without what the camera wrote about place, time and owner."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from zhaoshang.common.files.identifying import identify
from zhaoshang.common.files.kinds import JPG, PNG, WEBP, refusal

LONGEST = 1600
WIDTHS = (960, 480)  # beside the whole picture: for a phone with a sharp screen, for a phone or a card
QUALITY = 82
MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG and its size in pixels."""

    content: bytes
    width: int
    height: int


def photo_of(content: bytes, name: str) -> Photo:
    """The picture as JPEG, its longer side at most :data:`LONGEST`. Raises ``Refused`` for what is no picture, or too large a one."""
    return _jpeg(_pixels(content, name))


def sizes_of(content: bytes, name: str) -> list[Photo]:
    """The same, and narrower ones for small screens (:data:`WIDTHS`, as far as it is wider); the widest first."""
    whole = _pixels(content, name)
    return [_jpeg(whole), *(_jpeg(_as_wide(whole, width)) for width in WIDTHS if width < whole.width)]


def _as_wide(whole: Image.Image, width: int) -> Image.Image:
    return whole.resize((width, max(1, round(whole.height * width / whole.width))))


def _jpeg(flat: Image.Image) -> Photo:
    buffer = io.BytesIO()
    flat.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return Photo(buffer.getvalue(), *flat.size)


def _pixels(content: bytes, name: str) -> Image.Image:
    """Nothing but the pixels, upright on white."""
    kind = identify(content, name)
    if kind not in (PNG, JPG, WEBP):
        raise refusal("type", found=kind.ext)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise refusal("pixels", pixels=f"{opened.width}×{opened.height}")
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST, LONGEST))
            flat = Image.new("RGB", upright.size, "white")
            alpha = upright.convert("RGBA")
            flat.paste(alpha, mask=alpha.getchannel("A"))
    except (OSError, SyntaxError, Image.DecompressionBombError) as fault:
        raise refusal("damaged", where=kind.ext) from fault
    return flat
