"""Following every link by GET, as a curious person or a search engine would."""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlsplit

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


def shape(address: str) -> str:
    """An address without what it names: pages of one kind have one."""
    parts = urlsplit(address)
    try:
        path = resolve(parts.path).view_name
    except Resolver404:
        path = parts.path
    return f"{path}?{'&'.join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))}"


def crawl(
    client: Client,
    start: list[str],
    limit: int = 250,
    keep: bool = False,
    of_a_kind: int = EACH,
    but: tuple[str, ...] = (),
) -> dict[str, Answer]:
    """Follow links from ``start`` until ``limit`` addresses were asked; ``keep`` their contents. ``of_a_kind``: of the addresses that
    differ only in what they name or in a filter's value, no more than so many are asked. ``but``: links with these in them are left."""
    seen: dict[str, Answer] = {}
    kinds: Counter[str] = Counter()
    waiting = list(start)
    while waiting and len(seen) < limit:
        address = waiting.pop(0)
        if address in seen or (address not in start and kinds[shape(address)] >= of_a_kind):
            continue
        kinds[shape(address)] += 1
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        seen[address] = Answer(answer.status_code, is_html, content if keep else b"")
        if is_html:
            links = [unescape(link) for link in LINK.findall(content.decode())]
            links = [link for link in links if not link.startswith("/static/") and not any(one in link for one in but)]
            waiting += sorted(links, key=lambda at: at.count("/"))
    return seen
