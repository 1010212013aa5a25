"""The host of its own from which files that people sent in are given out."""

from collections.abc import Iterable
from urllib.parse import urlsplit


class BadFilesAddress(ValueError):
    """``ZHAOSHANG_FILES_URL`` names no host apart from those of the pages."""


def files_url(written: str, apart_from: Iterable[str]) -> str:
    """``https://files.example.org`` without a last slash; empty: none. Another port of a page's host is not another host: a browser
    sends a host's cookies to all its ports. Raises :class:`BadFilesAddress`.
    """
    url = written.strip().rstrip("/")
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise BadFilesAddress("should be like https://files.example.org")
    if parts.hostname in {urlsplit(page).hostname for page in apart_from}:
        raise BadFilesAddress("is the host of the pages: files need a host name of their own")
    return url
