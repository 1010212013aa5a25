"""Typst behind one door: fonts from packages only, text in as JSON and never as markup, the same bytes for the same input."""

import json
import re
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from zhaoshang.common.veil import readers_veil
from zhaoshang.ui.documents.paper import FACES, Face

HERE = Path(__file__).parent
GETA = "〓"  # what printers set where a character is missing
_FONT_PACKAGES = ("pylopdf_fonts_zh_cn", "manimgx_fonts_cjk")
_LAST_RESORT = ("Noto Serif SC", "Noto Sans CJK SC")
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"`\s+could not be displayed')
_ROUNDS = 3  # with one character replaced, another font may be tried and found wanting
_BEIJING = timezone(timedelta(hours=8))


class NotTypeset(RuntimeError):
    """The typesetter refused the document; the message is its own."""


class Press:
    """One template, ready to set any number of documents; safe to share between threads."""

    def __init__(self, template: Path, font_dir: Path | None = None) -> None:
        fonts = _fonts(font_dir)
        families = frozenset(fonts.families())
        self.faces = {name: face_of(face, families) for name, face in FACES.items()}
        self._compiler = typst.Compiler(input=str(template), root=str(HERE), font_paths=fonts, ignore_system_fonts=True)
        self._lock = Lock()

    def pdf(self, content: dict[str, Any], day: date, *, archival: bool) -> bytes:
        """``content`` as PDF dated ``day``; ``archival``: PDF/A-2b. A character no font has is set as 〓. Raises :class:`NotTypeset`."""
        stamp = datetime(day.year, day.month, day.day, tzinfo=_BEIJING)
        settings = {
            "format": "pdf",
            "pdf_standards": ["a-2b"] if archival else [],
            "pdf_tags": archival,
            "timestamp": stamp,
        }
        return self._set({"faces": self.faces, "date": [day.year, day.month, day.day], **content}, settings)

    def png(self, content: dict[str, Any], ppi: int) -> bytes:
        """The only page of ``content`` as PNG. Raises :class:`NotTypeset`."""
        return self._set({"faces": self.faces, **content}, {"format": "png", "ppi": ppi})

    def _set(self, content: dict[str, Any], settings: dict[str, Any]) -> bytes:
        written = json.dumps(readers_veil().over_all(content), ensure_ascii=False)
        for _ in range(_ROUNDS):
            try:
                return self._compiled(written, settings)
            except typst.TypstError as refusal:
                missing, message = _missing_characters(refusal.diagnostic), refusal.message
            if not missing:
                break
            for cluster in missing:
                written = written.replace(cluster, GETA)
        raise NotTypeset(message)

    def _compiled(self, written: str, settings: dict[str, Any]) -> bytes:
        with self._lock:
            printed = self._compiler.compile(sys_inputs={"content": written}, **settings)
        if not isinstance(printed, bytes):
            raise NotTypeset("more than one page where one was expected")
        return printed


@cache
def press(template: str, font_dir: Path | None = None) -> Press:
    """The press for a template beside this file, kept for the life of the worker."""
    return Press(HERE / template, font_dir)


@cache
def _fonts(font_dir: Path | None) -> typst.Fonts:
    folders = [str(Path(spec.origin).parent) for name in _FONT_PACKAGES if (spec := find_spec(name)) and spec.origin]
    if font_dir is not None:
        folders.append(str(font_dir))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def face_of(face: Face, families: frozenset[str]) -> dict[str, Any]:
    """The typeface itself where an installation has it, otherwise its stand-in."""
    own = [family for family in face.families if family in families]
    stand_in = {} if own else {"weight": face.weight, "stroke": face.stroke_em}
    names = dict.fromkeys([*own[:1], face.stand_in, *_LAST_RESORT])
    return {"families": list(names), "weight": 400, "stroke": 0, **stand_in}


def _missing_characters(diagnostic: str) -> list[str]:
    """The clusters that no font has, as the typesetter names them, longest first."""
    found = {
        re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), text) for text in _MISSING.findall(diagnostic)
    }
    return sorted(found, key=len, reverse=True)
