"""The catalogue of words: takes every marked string of the code and templates into ``zhaoshang/locale/en/LC_MESSAGES/django.po``.

``python tools/messages.py``            bring the catalogue to the code: new strings come in untranslated, gone ones go
``python tools/messages.py --missing``  print what has no English yet, one JSON string a line; exit 1 if anything
``python tools/messages.py --take F``   take translations from a JSON object {Chinese (or context:Chinese): English or [one, many]}
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "zhaoshang" / "locale" / "en" / "LC_MESSAGES" / "django.po"
FIRST = datetime(2026, 11, 23, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def in_code() -> Catalog:
    """Every marked string, as the code stands now."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog()
    for _file, _line, message, _comments, context in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        if not (
            message if isinstance(message, str) else message[0]
        ).isascii():  # keys of look-ups, as in _(WORDS[row["kind"]])
            found.add(message, context=context)
    return found


def held() -> Catalog:
    """The catalogue as it is kept."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", domain="django")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def missing(catalogue: Catalog) -> list[str]:
    """Strings without English."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not (message.string if isinstance(message.string, str) else all(message.string or ()))
    ]


def refresh(english: dict[str, str | list[str]]) -> Catalog:
    """The kept translations and new ones, for exactly the strings that the code has."""
    kept = held()
    fresh = Catalog(
        locale="en",
        domain="django",
        project="zhaoshang",
        version="1",
        header_comment="# The project's words in English, made by tools/messages.py.",
        msgid_bugs_address="",
        last_translator="zhaoshang",
        language_team="en",
        creation_date=FIRST,  # fixed, so that the file changes only when words do
        revision_date=FIRST,
        fuzzy=False,
    )
    for message in in_code():
        if not message.id:
            continue
        old = kept.get(message.id, message.context)
        key = message.id if isinstance(message.id, str) else message.id[0]
        told = english.get(f"{message.context}:{key}") or english.get(key) or (old.string if old else "")
        if not isinstance(message.id, str):
            told = (told, told) if isinstance(told, str) else tuple(told or ())
        flags = {flag for flag in message.flags if flag != "fuzzy"}
        fresh.add(message.id, string=told, context=message.context, flags=flags)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, sort_output=True, no_location=True, width=130, include_lineno=False)
    return fresh


def main() -> int:
    """See the module's docstring."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--missing", action="store_true")
    words.add_argument("--take", type=Path)
    options = words.parse_args()
    english = json.loads(options.take.read_text(encoding="utf-8")) if options.take else {}
    lacking = missing(refresh(english))
    if options.missing:
        for text in lacking:
            print(json.dumps(text, ensure_ascii=False))
    else:
        print(f"{len(lacking)} without English")
    return 1 if options.missing and lacking else 0


if __name__ == "__main__":
    sys.exit(main())
