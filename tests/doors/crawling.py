"""Following every link by GET, as a curious person or a search engine would."""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)')
# Of one view's pages, and of its workbooks: a fifth payment is drawn as the fourth was.
EACH = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    status: int
    is_html: bool
    content: bytes = b""

    @property
    def text(self) -> str:
        """The page's markup; empty for a file."""
        return self.content.decode() if self.is_html else ""


def _kind(address: str) -> tuple[str, bool]:
    """Which view answers, and whether it is asked for a file."""
    try:
        return resolve(address.split("?")[0]).view_name, "xlsx=" in address
    except Resolver404:
        return address, False


def crawl(client: Client, start: list[str], limit: int = 250, keep: bool = False) -> dict[str, Answer]:
    """Follow links from ``start`` until ``limit`` addresses were asked, :data:`EACH` of a kind; ``keep`` their contents."""
    seen: dict[str, Answer] = {}
    asked: Counter[tuple[str, bool]] = Counter()
    waiting = list(start)
    while waiting and len(seen) < limit:
        address = waiting.pop(0)
        if address in seen or (asked[_kind(address)] >= EACH and address not in start):
            continue
        asked[_kind(address)] += 1
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        seen[address] = Answer(answer.status_code, is_html, content if keep else b"")
        if is_html:
            links = [unescape(link) for link in LINK.findall(content.decode())]
            waiting += sorted((link for link in links if not link.startswith("/static/")), key=lambda at: at.count("/"))
    return seen
