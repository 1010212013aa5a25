"""How a request goes out and its answer comes back."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

TRIES = 5
LONGEST_WAIT_S = 60
Files = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in small letters) and body as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Send = Callable[[str, str, Mapping[str, str], bytes | None], Answer]


class Refused(Exception):
    """The API refused: ``code`` never changes its meaning, ``told`` is the whole answer."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {told.get('code', '')}: {told.get('message', '')} {told.get('detail', '')}".strip())
        self.status, self.code, self.told = status, str(told.get("code", "")), told


class NoAnswer(Exception):
    """None came, however often it was asked."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """The key goes to nobody else."""

    def redirect_request(self, *_asked: Any) -> None:
        return None


def send_by_urllib(verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
    """The usual way out."""
    if not url.startswith(("https://", "http://")):
        raise ValueError(f"no web address: {url}")
    request = urllib.request.Request(url, body, dict(headers), method=verb)  # noqa: S310 - looked at above
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
            return Answer(answer.status, {name.lower(): text for name, text in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as refusal:
        told = {name.lower(): text for name, text in refusal.headers.items()}
        return Answer(refusal.code, told, refusal.read())


@dataclass
class Caller:
    """What every operation goes through. ``last_etag``: of the last answer, for ``if_match``."""

    address: str
    key: str
    send: Send = send_by_urllib
    sleep: Callable[[float], object] = time.sleep
    last_etag: str = field(default="", init=False)

    def call(
        self,
        verb: str,
        path: str,
        parts: Mapping[str, object],
        *,
        query: Mapping[str, object] | None = None,
        body: object = None,
        form: Mapping[str, object] | None = None,
        files: Files | None = None,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """The answer's JSON, or its bytes when it is a file. Raises :class:`Refused` and :class:`NoAnswer`."""
        known = {name: quote(str(value), safe="") for name, value in parts.items()}
        asked = [(name, _text(value)) for name, value in (query or {}).items() if value is not None]
        url = self.address.rstrip("/") + path.format(**known) + (f"?{urlencode(asked)}" if asked else "")
        headers = {"Authorization": f"Bearer {self.key}", "Accept": "application/json"}
        content: bytes | None = None
        if form is not None or files is not None:
            headers["Content-Type"], content = _form(form or {}, files or {})
        elif body is not None:
            headers["Content-Type"], content = "application/json", json.dumps(body).encode()
        if verb != "GET":
            headers["Idempotency-Key"] = idempotency_key or str(uuid4())
        if if_match is not None:
            headers["If-Match"] = if_match
        return self._read(self._answer(verb, url, headers, content))

    def pages(self, operation: Callable[..., Any], **asked: Any) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page: ``client.pages(client.payments_payments, month="2023-03")``."""
        while True:
            page = operation(**asked)
            yield from page["rows"]
            if page["next"] is None:
                return
            asked["after"] = page["next"]

    def _answer(self, verb: str, url: str, headers: Mapping[str, str], content: bytes | None) -> Answer:
        """Sent again, under the same key, when nothing came or it is said to come again."""
        for tried in range(1, TRIES + 1):
            wait = float(2**tried)
            try:
                answer = self.send(verb, url, headers, content)
            except OSError as fault:
                if tried == TRIES:
                    raise NoAnswer(str(fault)) from fault
            else:
                again = answer.headers.get("retry-after", "")
                if answer.status not in (409, 429, 503) or not again.isdigit() or tried == TRIES:
                    return answer
                wait = float(again)
            self.sleep(min(wait, LONGEST_WAIT_S))
        raise AssertionError("unreachable")

    def _read(self, answer: Answer) -> Any:
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        told = json.loads(answer.body) if is_json and answer.body else answer.body
        if answer.status >= 300:
            raise Refused(answer.status, told if isinstance(told, dict) else {})
        self.last_etag = answer.headers.get("etag", "")
        return told


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _form(form: Mapping[str, object], files: Files) -> tuple[str, bytes]:
    boundary = uuid4().hex
    lines: list[bytes] = []
    for name, value in form.items():
        lines += [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{_text(value)}\r\n'.encode()]
    for name, (filename, content) in files.items():
        safe = filename.translate({ord(sign): "_" for sign in '"\r\n\\'})
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{safe}"\r\n'
        lines += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), content, b"\r\n"]
    return f"multipart/form-data; boundary={boundary}", b"".join(lines) + f"--{boundary}--\r\n".encode()
