"""A field's type and its declaration. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Type(StrEnum):
    """How a value is typed, kept and shown.

    ``TEXT`` and ``LONG`` keep text; ``NUMBER`` a decimal string; ``MONEY`` integer fen, typed in the field's unit; ``CHOICE`` a code;
    ``CHOICES`` several codes; ``YES`` a truth; ``DOCUMENTS`` a list of papers with their validity; ``POINT`` longitude and latitude.
    """

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    CHOICES = "choices"
    YES = "yes"
    DOCUMENTS = "documents"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind. ``needed``: without it the entry cannot be published; ``public``: it may leave the building.

    ``unit``: what the number is in (of ``MONEY``: 元, 万元 or 亿元); ``least``/``most``: bounds of numbers; ``most`` of texts is
    their length; ``not_above`` names a field of the set whose value may not be smaller than this one's; ``plain``: a text that reads the
    same in every language, such as a phone number.
    """

    name: str
    label: str
    type: Type = Type.TEXT
    unit: str = ""
    needed: bool = False
    public: bool = True
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(10_000_000)
    places: int = 2
    choices: Mapping[str, str] | None = None
    not_above: str = ""
    hint: str = ""
    plain: bool = False

    @property
    def has_english(self) -> bool:
        """Whether the public reads it as words, so that there can be English beside the Chinese."""
        return self.public and not self.plain and self.type in (Type.TEXT, Type.LONG)
