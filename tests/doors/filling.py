"""Every form of the desk as a person finds it on a page, and filled in as a person would: what its fields hold, and the rest typed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from contracts.papers import blank_pdf
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import Resolver404, resolve

from doors.crawling import Answer

PLAIN = {
    "number": "1",
    "date": "2023-03-01",
    "month": "2023-03",
    "email": "a@example.org",
    "tel": "0411-1",
    "time": "09:00",
}
PLAIN |= {
    "datetime-local": "2023-04-04T09:00",
    "password": "sample-password",
    "url": "https://example.org/",
    "color": "#000000",
}
FREE = {"text", "search", "textarea"}
NAMED = {"code": "zx-9", "username": "somebody"}


@dataclass
class Field:
    """One control of a form; of a choice its options."""

    name: str
    kind: str
    value: str = ""
    is_on: bool = False
    is_figure: bool = False
    is_asked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form as it stands on a page; ``press``: what its buttons say besides, one each."""

    page: str
    action: str
    ident: str = ""
    verb: str = "post"
    fields: list[Field] = field(default_factory=list)
    press: list[tuple[str, str]] = field(default_factory=list)

    @property
    def named(self) -> str:
        """The name of the address that it is sent to; empty when there is none."""
        try:
            return resolve(urlsplit(self.action).path).view_name
        except Resolver404:
            return ""

    def filled(self, typed: str, pressed: int = 0, sparing: bool = False) -> dict[str, object]:
        """What is sent: what stands there, ``typed`` in every free text, the first of every choice, and one button. ``sparing``: what
        may stay empty does."""
        sent: dict[str, object] = {}
        for one in self.fields:
            if one.kind == "file":
                sent[one.name] = ContentFile(blank_pdf(), name="a.pdf")
            elif one.kind in ("checkbox", "radio"):
                if one.name not in sent or (one.kind == "radio" and one.is_on):
                    sent[one.name] = one.value or "on"
            elif one.kind == "select":
                sent[one.name] = one.value or next((told for told in one.options if told), "")
            elif one.kind == "hidden":
                sent.setdefault(one.name, one.value)
            elif sparing and not one.is_asked:
                sent[one.name] = one.value
            elif one.kind in FREE and not one.is_figure:
                sent[one.name] = NAMED.get(one.name) or typed
            else:
                sent[one.name] = one.value or PLAIN.get(one.kind, "1")
        return sent | dict(self.press[pressed : pressed + 1])


class _Reader(HTMLParser):
    """Collects the forms of a page; controls that name another form by ``form=`` go there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, []  # type: tuple[str, list[Form]]
        self._open: Form | None = None
        self._select: Field | None = None
        self._elsewhere: list[tuple[str, Field | None, tuple[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.page, given.get("action") or self.page)
            self._open = Form(self.page, action, given.get("id", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.value = given.get("value", "")
        elif tag == "button" and given.get("name") and given.get("type", "submit") == "submit":
            self._keep(given, None, (given["name"], given.get("value", "")))
        elif tag in ("input", "select", "textarea") and given.get("name") and "disabled" not in given:
            self._keep(given, self._control(tag, given), ("", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None

    def _control(self, tag: str, given: dict[str, str]) -> Field:
        kind = given.get("type", "text").lower() if tag == "input" else tag
        figure = given.get("inputmode") in ("decimal", "numeric")
        asked = "required" in given
        made = Field(given["name"], kind, given.get("value", ""), "checked" in given, figure, asked)
        if tag == "select":
            self._select = made
        return made

    def _keep(self, given: dict[str, str], control: Field | None, press: tuple[str, str]) -> None:
        if given.get("form"):
            self._elsewhere.append((given["form"], control, press))
        elif self._open is not None:
            _put(self._open, control, press)

    def close(self) -> None:
        super().close()
        for ident, control, press in self._elsewhere:
            for form in self.forms:
                if form.ident == ident:
                    _put(form, control, press)


def _put(form: Form, control: Field | None, press: tuple[str, str]) -> None:
    if control is not None:
        form.fields.append(control)
    else:
        form.press.append(press)


def forms_of(pages: dict[str, Answer], verb: str = "post") -> list[Form]:
    """The forms that stand on these pages, sent by POST to an address of ours."""
    found = []
    for address, page in pages.items():
        reader = _Reader(address)
        reader.feed(page.text)
        reader.close()
        found += [form for form in reader.forms if form.named and form.verb == verb]
    return found


def sent(client: Client, form: Form, typed: str, pressed: int = 0, sparing: bool = False) -> int:
    """Send it, as a browser would: in parts when it holds a file."""
    return client.post(form.action, form.filled(typed, pressed, sparing))
