"""Both languages are complete: every marked string has its English with the same placeholders, and pages show no other words."""

import ast
import re
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from architecture.rooms import ROOT
from babel.messages.mofile import write_mo
from cast import Cast
from dictionary import dictionary
from django.test import Client
from doors.crawling import crawl

from zhaoshang.assessments.samples import SAMPLES
from zhaoshang.ui.maps import APPROVAL

sys.path.insert(0, str(ROOT / "tools"))

from messages import held, in_code, missing

pytestmark = pytest.mark.one_database

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def test_every_marked_string_is_in_the_catalogue_and_nothing_else() -> None:
    code = {message.id for message in in_code() if message.id}
    kept = {message.id for message in held() if message.id}
    assert (code - kept, kept - code) == (set(), set()), "run `python tools/messages.py`"


def test_every_string_has_its_english() -> None:
    assert missing(held()) == []


def test_translations_keep_their_placeholders() -> None:
    pairs = [(m.id, m.string) for m in held() if isinstance(m.id, str) and isinstance(m.string, str) and m.id]
    assert [
        chinese
        for chinese, english in pairs
        if sorted(PLACEHOLDER.findall(chinese)) != sorted(PLACEHOLDER.findall(english))
    ] == []


def test_percent_signs_stand_as_in_the_chinese() -> None:
    """Templates format every string, so that a new single sign would be read as a placeholder and break the page."""
    pairs = [(m.id, m.string) for m in held() if isinstance(m.id, str) and isinstance(m.string, str) and m.id]
    assert [chinese for chinese, english in pairs if chinese.count("%") != english.count("%")] == []


CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]+")
ASIDE = r"<(script|style)\b.*?</\1>|<(?:html|head|meta|link)[^>]*>"
UNSEEN = re.compile(ASIDE + r"|\b(?:href|hx-get|hx-vals|id|for|class|lang|value|data-money)=\"[^\"]*\"", re.DOTALL)


def texts_of_the_cast() -> set[str]:
    """Names, rules and sources that the tests' own city holds: they are data and stay as they were entered."""
    trees = [ast.parse((ROOT / "tests" / name).read_text(encoding="utf-8")) for name in ("cast.py", "dictionary.py")]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def chinese_left(page: str, known: set[str]) -> list[str]:
    """What a reader of the English page would still see in Chinese."""
    seen = unescape(UNSEEN.sub("", page))
    for text in sorted(known, key=len, reverse=True):
        if CHINESE.search(text):
            seen = seen.replace(text, "")
    return CHINESE.findall(seen)


@pytest.fixture
def english(settings: Any, tmp_path: Path) -> None:
    """The catalogue as it stands, compiled for this test alone."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, held())
    settings.LOCALE_PATHS = [tmp_path]


@pytest.mark.thorough
def test_english_pages_have_no_chinese_but_data(client: Client, cast: Cast, english: None) -> None:
    dictionary(cast)
    cast.verified()
    cast.declared()
    quoting = {text for message in held() if isinstance(text := message.string, str) and CHINESE.search(text)}
    samples = {words for one in SAMPLES for words in (one.title, one.source, one.text)}
    known = texts_of_the_cast() | quoting | samples | {"中文", APPROVAL}
    client.cookies["zhaoshang_language"] = "en"
    left: dict[str, list[str]] = {}
    for user in (cast.leader, cast.statistician, cast.officer):
        client.force_login(user)
        pages = crawl(client, ["/desk/", "/desk/overview/"], limit=40, keep=True)
        left |= {address: found for address, page in pages.items() if (found := chinese_left(page.text, known))}
    assert left == {}
