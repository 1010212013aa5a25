"""Both languages are complete: every marked string stands in the catalogue with its English, with the same placeholders."""

import re
import sys

from architecture.rooms import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from messages import held, in_code, missing

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def test_every_marked_string_is_in_the_catalogue_and_nothing_else() -> None:
    code = {message.id for message in in_code() if message.id}
    kept = {message.id for message in held() if message.id}
    assert (code - kept, kept - code) == (set(), set()), "run `python tools/messages.py`"


def test_every_string_has_its_english() -> None:
    assert missing(held()) == []


def test_translations_keep_their_placeholders() -> None:
    pairs = [(m.id, m.string) for m in held() if isinstance(m.id, str) and m.id]
    assert [
        chinese
        for chinese, english in pairs
        if sorted(PLACEHOLDER.findall(chinese)) != sorted(PLACEHOLDER.findall(english))
    ] == []


def test_percent_signs_stand_as_in_the_chinese() -> None:
    """Templates format every string, so that a new single sign would be read as a placeholder and break the page."""
    pairs = [(m.id, m.string) for m in held() if isinstance(m.id, str) and m.id]
    assert [chinese for chinese, english in pairs if chinese.count("%") != english.count("%")] == []
