"""What a set of local rules says: read part by part, each fault with its place and what to do. Pure: no Django, no clock."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from zhaoshang.common.problems import N_, Refused

# What stands at the top of a set's text beside its content.
HEAD = ("code", "title", "title_en", "document", "valid_from", "is_sample")
MOST = 1_000_000


class BadRules(Refused):
    """A set cannot be read. ``place`` is the key at fault, ``renewal.days`` or ``clock[2].days`` (rows counted from 1); ``line`` where it
    stands in the text, 0 when there is none."""

    def __init__(self, place: str, template: str, line: int = 0, **params: object) -> None:
        super().__init__("bad_rules", template, **params)
        self.place, self.line = place, line

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Part(Mapping[str, Any]):
    """A table of a set, which knows its place. What is asked of it is there and fits, or :class:`BadRules` is raised."""

    def __init__(self, held: Mapping[str, Any], place: str = "") -> None:
        self._held, self.place = held, place

    def __getitem__(self, key: str) -> Any:
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def at(self, key: str) -> str:
        """The place of a key in it."""
        return f"{self.place}.{key}" if self.place else key

    def bad(self, key: str, template: str, **params: object) -> BadRules:
        """The fault of a key, with what to do."""
        return BadRules(self.at(key), template, 0, **params)

    def whole(self, key: str, least: int = 1, most: int = MOST) -> int:
        """A whole number within bounds."""
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.bad(key, N_("须是 {least} 至 {most} 之间的整数。"), least=least, most=most)
        return value

    def number(self, key: str) -> Decimal:
        """An exact number, written between quotation marks."""
        try:
            value = Decimal(self[key]) if isinstance(self.get(key), str) else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise self.bad(key, N_('须是写在引号里的数，如 "0.5"。'))
        return value

    def text(self, key: str) -> str:
        """Words, not empty."""
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.bad(key, N_("须写明，不能空着。"))
        return value.strip()

    def texts(self, *keys: str) -> dict[str, str]:
        """Several of them, by key."""
        return {key: self.text(key) for key in keys}

    def choice(self, key: str, among: Collection[str]) -> str:
        """One of the words."""
        value = self.get(key)
        if not isinstance(value, str) or value not in among:
            raise self.bad(key, N_("须是其中之一：{among}。"), among=" ".join(among))
        return value

    def words(self, key: str, among: Collection[str] | None = None, least: int = 0) -> tuple[str, ...]:
        """A list of words, all of them known where ``among`` is given."""
        value = self.get(key, [])
        if not isinstance(value, list) or len(value) < least or not all(isinstance(one, str) for one in value):
            raise self.bad(key, N_("须是方括号里的一列词，至少 {least} 个。"), least=least)
        if unknown := [one for one in value if among is not None and one not in among]:
            raise self.bad(key, N_("不认识“{word}”；可用的有：{among}。"), word=unknown[0], among=" ".join(among or ()))
        return tuple(value)

    def part(self, key: str) -> "Part":
        """A table in it."""
        value = self.get(key)
        if not isinstance(value, Mapping):
            raise self.bad(key, N_("缺少这一部分。请照示例写 [{table}]。"), table=key)
        return Part(value, self.at(key))

    def parts(self, key: str, least: int = 1) -> list["Part"]:
        """The rows of a table in it."""
        value = self.get(key, [])
        if not isinstance(value, list) or len(value) < least or not all(isinstance(one, Mapping) for one in value):
            raise self.bad(key, N_("至少要有 {least} 条。请照示例写 [[{table}]]。"), table=key, least=least)
        return [Part(one, f"{self.at(key)}[{place}]") for place, one in enumerate(value, start=1)]

    def coded(self, key: str, least: int = 1) -> list["Part"]:
        """The rows of a table whose codes differ."""
        rows, seen = self.parts(key, least), set()
        for row in rows:
            if row.text("code") in seen:
                raise row.bad("code", N_("这个代码前面已用过，请另取一个。"))
            seen.add(row.text("code"))
        return rows
