"""Drawn pictures in place of photos: a bay with sheds and cranes, plainly invented, never a place that there is."""

import io
from random import Random

from PIL import Image, ImageDraw

SIZE = (1600, 900)


def drawing(seed: int) -> bytes:
    """A picture as PNG; the same seed draws the same."""
    chance = Random(seed)  # noqa: S311 - an invented view, not a secret
    picture = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    sky = Image.composite(Image.new("RGB", SIZE, "#dfe9f1"), Image.new("RGB", SIZE, "#9dbdd3"), picture.convert("L"))
    draw = ImageDraw.Draw(sky)
    for ridge, colour in ((430, "#b3c7d3"), (500, "#93adbd")):
        points = [(x, ridge + chance.randint(-50, 50)) for x in range(0, SIZE[0] + 200, 200)]
        draw.polygon([(0, SIZE[1]), *points, (SIZE[0], SIZE[1])], fill=colour)
    draw.rectangle((0, 600, *SIZE), fill="#557f9a")
    draw.polygon([(0, 640), (SIZE[0], 690), SIZE, (0, SIZE[1])], fill="#c9c2b2")
    x = 60
    while x < SIZE[0] - 200:
        x = _shed(draw, x, chance)
    return _png(sky.crop((0, 220, *SIZE)))


def _shed(draw: ImageDraw.ImageDraw, x: int, chance: Random) -> int:
    """One shed with its windows, sometimes a crane beside it; where the next may stand."""
    wide, high = chance.randint(150, 320), chance.randint(90, 210)
    base = 720 + chance.randint(0, 60)
    draw.rectangle((x, base - high, x + wide, base), fill=chance.choice(["#f1eee6", "#d8dee2", "#7d8f9c", "#b9866b"]))
    draw.polygon([(x - 8, base - high), (x + wide // 2, base - high - 42), (x + wide + 8, base - high)], fill="#4e5d68")
    for window in range(x + 18, x + wide - 24, 42):
        draw.rectangle((window, base - high + 28, window + 22, base - high + 52), fill="#2f4a5c")
    if chance.random() < 0.4:
        draw.line(
            [(x + wide + 30, base), (x + wide + 30, base - 330), (x + wide + 200, base - 330)], fill="#a87b3c", width=9
        )
        draw.line([(x + wide + 150, base - 330), (x + wide + 150, base - 210)], fill="#444", width=3)
    return x + wide + chance.randint(50, 130)


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
