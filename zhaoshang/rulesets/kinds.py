"""A kind of local rules: what is read of it, its sample, its words; and which set is in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.models import CityRules, IssuedRules
from zhaoshang.rulesets.rules import BadRules, Part
from zhaoshang.rulesets.texts import content_in, lines_of, read_text
from zhaoshang.tenancy.models import City

Read = TypeVar("Read")

COMMON = {
    "code": N_("代码"),
    "name": N_("名称"),
    "name_en": N_("英文名称"),
    "title": N_("名称"),
    "title_en": N_("英文名称"),
    "source": N_("来源"),
    "article": N_("条文"),
    "days": N_("天数"),
    "kind": N_("种类"),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind(Generic[Read]):
    """``code`` names it in addresses and in the diary; ``about`` says what hangs on it. ``reads`` makes of a content what the room uses,
    or raises ``rules.BadRules``. ``labels``: the keys in words, by path (``renewal.days``) or by their last part; ``words``: codes among
    the values. ``model``: its table, ``within`` the columns by which it is told apart there."""

    code: str
    name: str
    about: str
    reads: Callable[[Part], Read]
    sample: Path
    labels: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    model: type[IssuedRules] = CityRules
    within: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, str]:
        """What tells it apart in its table."""
        return {"kind": self.code} if self.model is CityRules else dict(self.within)

    @cached_property
    def sample_text(self) -> str:
        """The set that comes with the system, as text."""
        return self.sample.read_text(encoding="utf-8")

    @cached_property
    def shipped(self) -> dict[str, Any]:
        """The same read: a sample, labelled so, with its source."""
        return read_text(self.sample_text)

    def rows(self, city: City) -> Any:
        """The city's sets of this kind."""
        return self.model.objects.of(city).filter(**self.columns)

    def on(self, city: City, day: date) -> "InForce[Read]":
        """The set in force on the day: the city's own, or the sample that comes with the system. One query."""
        return InForce(self, self.rows(city).in_force(day).first())

    def read(self, content: Mapping[str, Any]) -> Read:
        """What the room uses of a content. Raises :class:`BadRules` naming the first key that does not fit."""
        return self.reads(Part(content))

    def check(self, content: Mapping[str, Any]) -> None:
        """Raises :class:`BadRules` for what cannot be read, and for a key that nobody would read."""
        self.read(content)
        for line in lines_of(content):
            if self.label(line.path) is None:
                raise BadRules(line.place, N_("没有这个键：多半是写错了，请对照示例。"))

    def label(self, path: str) -> str | None:
        """The words of a key, by its path or the last part of it."""
        last = path.rpartition(".")[2]
        return self.labels.get(path) or self.labels.get(last) or COMMON.get(last)


@dataclass(frozen=True)
class InForce(Generic[Read]):
    """The set of a kind on a day. ``issued`` None: the city has issued none, the sample holds."""

    kind: Kind[Read]
    issued: IssuedRules | None

    @property
    def content(self) -> Mapping[str, Any]:
        """As issued, or as shipped."""
        return self.issued.content if self.issued else content_in(self.kind.shipped)

    @property
    def code(self) -> str:
        """By what it is named with everything that was decided by it."""
        return self.issued.code if self.issued else str(self.kind.shipped["code"])

    @property
    def told(self) -> dict[str, Any]:
        """What is kept of it with everything that was measured by it, as plain JSON."""
        if self.issued is None:
            held = self.kind.shipped
            return {key: held.get(key, "") for key in ("code", "title", "title_en", "document")} | {"is_sample": True}
        return {key: getattr(self.issued, key) for key in ("code", "title", "title_en", "document", "is_sample")}

    @cached_property
    def read(self) -> Read:
        """What the room uses of it."""
        return self.kind.read(self.content)
