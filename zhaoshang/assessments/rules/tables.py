"""One table of a regulation's text: its values are taken out one by one, and what is wrong is noted by line and article."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn

from zhaoshang.assessments.rules.scheme import ENTERED, Aspect
from zhaoshang.common.problems import N_

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,59}\.[a-z_][a-z0-9_-]{0,59}")
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: ``line`` counts from 1 (0: the whole text), ``article`` may be empty; ``template`` says what to do."""

    line: int
    article: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        where = f"第{self.line}行" if self.line else ""
        return f"{where}{f'（{self.article}）' if self.article else ''}：{self.template.format(**self.params)}"


class BadRegulation(ValueError):
    """The text cannot be read; ``faults`` are all that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("；".join(map(str, faults)))


class Skip(Exception):
    """This article is broken; the fault is noted, the next one is read."""


class Book:
    """The text by lines, the codes of its entered inputs, and what was found wrong so far."""

    def __init__(self, text: str) -> None:
        self.lines, self.faults = text.splitlines(), list[Fault]()
        self.entered: set[str] = set()

    def line_of(self, kind: str, place: int, key: str) -> int:
        """Where a key of the ``place``-th ``[[kind]]`` stands; its heading when the key is not there."""
        heads = (
            [n for n, line in enumerate(self.lines) if re.match(rf"\s*\[\[\s*{re.escape(kind)}\s*\]\]", line)]
            if kind
            else [-1]
        )
        if place >= len(heads):
            return 0
        for number in range(heads[place] + 1, len(self.lines)):
            if re.match(r"\s*\[", self.lines[number]):
                break
            if key and re.match(rf'\s*"?{re.escape(key)}"?\s*=', self.lines[number]):
                return number + 1
        return heads[place] + 1


class Table:
    """One table of the text: takes its values out, and notes what is wrong with them by line."""

    def __init__(self, book: Book, held: Any, kind: str, place: int) -> None:
        self.book, self.kind, self.place = book, kind, place
        self.article = ""
        if not isinstance(held, dict):
            self.fail("", N_("这里应是一个表。"))
        self.held: dict[str, Any] = held
        self.article = str(held.get("no", held.get("code", "")))[:20]

    def fail(self, key: str, template: str, /, **params: object) -> NoReturn:
        """Note a fault and leave this table."""
        self.book.faults.append(Fault(self.book.line_of(self.kind, self.place, key), self.article, template, params))
        raise Skip

    def only(self, allowed: set[str]) -> None:
        """No other keys than these."""
        for key in self.held:
            if key not in allowed:
                words = N_("这里不认识“{key}”。可用：{allowed}。")
                self.fail(key, words, key=key, allowed="、".join(sorted(allowed)))

    def text(self, key: str, most: int = 400, default: str | None = None) -> str:
        """A text that is not empty."""
        value = self.held.get(key, default)
        if not isinstance(value, str) or not value.strip() or len(value) > most:
            self.fail(key, N_("“{key}”须是 1 至 {most} 字的文字，写在引号里。"), key=key, most=most)
        return value.strip()

    def number(self, key: str, default: Decimal | None = None, *, above: Decimal | None = None) -> Decimal:
        """A number; with ``above``, greater than that."""
        value = self.optional(key)
        value = default if value is None else value
        if value is None:
            self.fail(key, N_("缺少“{key}”，须是一个数。"), key=key)
        if above is not None and value <= above:
            self.fail(key, N_("“{key}”须大于 {bound}。"), key=key, bound=above)
        return value

    def optional(self, key: str) -> Decimal | None:
        """A number or nothing."""
        value = self.held.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fail(key, N_("“{key}”须是一个数，不加引号。"), key=key)
        number = Decimal(value)
        if not number.is_finite() or abs(number) > _LARGEST:
            self.fail(key, N_("“{key}”太大。"), key=key)
        return number

    def choice(self, key: str, allowed: Sequence[str], default: str) -> str:
        """One of the words."""
        value = self.held.get(key, default)
        if value not in allowed:
            self.fail(key, N_("“{key}”只能是：{allowed}。"), key=key, allowed="、".join(allowed))
        return str(value)

    def key(self, key: str) -> str:
        """An input: ``indicator.aspect`` or ``entered.code``."""
        return self.as_input(key, self.held.get(key))

    def as_input(self, key: str, value: object) -> str:
        """The same of a value at hand."""
        if not isinstance(value, str) or not _KEY.fullmatch(value):
            self.fail(
                key, N_("“{key}”须写成 指标代码.方面 或 entered.登记项代码，如 capital_in_place.of_year。"), key=key
            )
        code, _dot, aspect = value.rpartition(".")
        if code == ENTERED:
            if aspect not in self.book.entered:
                self.fail(key, N_("登记项“{code}”没有定义，请加一段 [[entered]]。"), code=aspect)
        elif aspect not in set(Aspect):
            self.fail(
                key, N_("指标没有“{aspect}”这个方面。可用：{allowed}。"), aspect=aspect, allowed="、".join(Aspect)
            )
        return value

    def tables(self, key: str) -> list["Table"]:
        """The tables of a list inside this one."""
        held = self.held.get(key)
        if not isinstance(held, list) or not held:
            self.fail(key, N_("缺少“{key}”，须是至少一项的列表。"), key=key)
        inner = [Table(self.book, one, self.kind, self.place) for one in held]
        for one in inner:
            one.article = self.article
        return inner
