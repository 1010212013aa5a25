"""Following every link by GET, as a curious person or a search engine would."""

import re
from dataclasses import dataclass
from html import unescape

from django.test import Client

LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)')


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


def crawl(client: Client, start: list[str], limit: int = 250, keep: bool = False) -> dict[str, Answer]:
    """Follow links from ``start`` until ``limit`` addresses were asked; ``keep`` their contents."""
    seen: dict[str, Answer] = {}
    waiting = list(start)
    while waiting and len(seen) < limit:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        seen[address] = Answer(answer.status_code, is_html, content if keep else b"")
        if is_html:
            links = [unescape(link) for link in LINK.findall(content.decode())]
            waiting += sorted((link for link in links if not link.startswith("/static/")), key=lambda at: at.count("/"))
    return seen
