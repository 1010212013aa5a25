"""What a file was called, made fit to be shown and to be offered for download."""

import re
import unicodedata
from urllib.parse import quote

LONGEST_NAME_CHARACTERS = 100
_UNSHOWN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def safe_name(name: str) -> str:
    """``name`` as it may be shown and offered for download: no path, no control or direction marks, at most 100
    characters with the extension kept.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in _UNSHOWN)
    shown = re.sub(r'[<>:"|?*]', "_", " ".join(shown.split())).strip(". ")
    if len(shown) > LONGEST_NAME_CHARACTERS:
        stem, dot, ext = shown.rpartition(".")
        keep = f"{dot}{ext}" if stem and len(ext) <= 8 else ""
        shown = shown[: LONGEST_NAME_CHARACTERS - len(keep)] + keep
    return shown or "未命名"


def download_header(name: str, *, inline: bool = False) -> str:
    """The value of ``Content-Disposition`` for ``name``: RFC 6266, with a plain-ASCII name for old clients."""
    shown = safe_name(name)
    plain = "".join(letter if letter.isascii() and letter not in '\\"%;' else "_" for letter in shown)
    manner = "inline" if inline else "attachment"
    return f"{manner}; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"
