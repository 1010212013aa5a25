"""Rules that no page may break: words marked, no inline code or style, red for the seal alone."""

import colorsys
import re
from pathlib import Path

import pytest

from zhaoshang.ui.charts import svg

UI = Path(__file__).resolve().parents[2] / "zhaoshang" / "ui"
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
SHEETS = sorted((UI / "static/ui/css").glob("*.css"))
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def bare(source: str) -> str:
    """The template without its comments and its marked words."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.S)
    return re.sub(r'n?gettext\(("[^"]*",?\s*)+|_\("[^"]*"', "", source)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_is_marked_for_translation(template: Path) -> None:
    assert CHINESE.findall(bare(template.read_text())) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_needs_an_exception_from_the_policy(template: Path) -> None:
    source = template.read_text()
    assert (
        re.findall(r"\sstyle=|\son\w+=|hx-on|javascript:|<style|<script(?![^>]*src=)|https?://(?!www\.w3)", source)
        == []
    )


def test_nothing_is_red_but_the_seal() -> None:
    named = [
        colour
        for sheet in SHEETS
        for name, colour in re.findall(r"(--[\w-]+)?:?\s*(#[0-9a-f]{6})\b", sheet.read_text())
        if name != "--seal"
    ]
    drawn = [value for value in vars(svg).values() if isinstance(value, str) and value.startswith("#")]
    assert [
        colour for colour in {*named, *drawn, *svg.CLASSES, *svg.CATEGORIES, *svg.LAMPS.values()} if _red(colour)
    ] == []


def _red(colour: str) -> bool:
    hue, _, strength = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    return strength > 0.25 and (hue < 0.05 or hue > 0.93)


def test_the_seals_colour_is_used_by_the_seal_alone() -> None:
    uses = {sheet.name for sheet in SHEETS if "var(--seal)" in sheet.read_text()}
    assert uses == {"figure.css"}


def test_every_sheet_and_module_is_loaded() -> None:
    head = (UI / "templates/ui/head.html").read_text()
    head += (UI / "templates/ui/public.html").read_text().replace("ui/css/site.css", "site")
    files = [*SHEETS, *(UI / "static/ui/js").glob("*.js")]
    assert [file.name for file in files if f'"{file.stem}"' not in head] == []


def test_the_handbook_names_every_macro_and_filter() -> None:
    handbook = (UI / "README.md").read_text()
    macros = {
        name
        for file in (UI / "templates/ui/macros").glob("*.html")
        for name in re.findall(r"macro (\w+)\(", file.read_text())
    }
    inner = {"cell_inside", "rank_change", "head", "state_word", "seal", "drawer", "keys_help", "errors"}
    assert sorted(name for name in macros - inner if f"{name}(" not in handbook and f"`{name}`" not in handbook) == []
