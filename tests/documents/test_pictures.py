"""A drawing on paper needs nothing from outside itself."""

import pytest

from zhaoshang.ui.documents.pictures import NotAPicture, checked_svg, png_of

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 5">'


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/passwd"/>',
        '<image xlink:href="data:image/png;base64,AA=="/>',
        '<use xlink:href="http://example.org/a.svg#b"/>',
        "<script>1</script>",
        "<style>@import url(http://example.org/a.css)</style>",
        "<foreignObject/>",
        '<rect fill="url(http://example.org/a.svg#b)"/>',
    ],
)
@pytest.mark.case("D12")
def test_what_reaches_outside_is_refused(inside: str) -> None:
    with pytest.raises(NotAPicture):
        checked_svg(f"{OPEN}{inside}</svg>")


@pytest.mark.parametrize("text", ["", "<p/>", "<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + OPEN + "&a;</svg>"])
def test_what_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(NotAPicture):
        checked_svg(text)


def test_links_are_dropped_and_inner_references_kept() -> None:
    svg = f'{OPEN}<g id="b"/><a href="/x"><use href="#b" fill="url(#b)"/></a></svg>'
    assert 'href="/x"' not in checked_svg(svg)
    assert 'href="#b"' in checked_svg(svg)


def test_a_drawing_becomes_a_png_as_wide_as_the_text() -> None:
    png = png_of(OPEN + '<rect width="10" height="5"/></svg>')
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == pytest.approx(156 / 25.4 * 300, abs=1)
