"""What is wrong with an input, said so that the person can go straight to it and put it right.

Many rows: a :class:`Problem` per place, handed back as rows of a report. One whole file: the exception
:class:`Refused`. Both carry a code and parameters beside the Chinese sentence, so that a door can say the same thing
in another language (``gettext(template).format(**params)``). Rows and columns are named as Excel names them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


def N_(message: str) -> str:
    """Mark ``message`` for the catalogue of translations without translating it here."""
    return message


class Refused(ValueError):
    """A whole file is turned away. ``template`` is the translatable Chinese sentence, ``params`` fill it."""

    def __init__(self, code: str, template: str, **params: object) -> None:
        self.code, self.template, self.params = code, template, params
        self.message = template.format(**params)
        super().__init__(f"{code}: {self.message}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of an input file.

    ``row`` counts from 1 as Excel does (0: the whole sheet or file); ``column`` is Excel's letter or the empty string.
    ``message`` says what to do, in Chinese; ``code`` names the kind and ``params`` what its sentence was filled with.
    """

    sheet: str
    row: int
    column: str
    value: str
    message: str
    code: str = ""
    fatal: bool = True
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def cell(self) -> str:
        """The cell's name, ``D14``; the sheet's name when no cell is meant."""
        return f"{self.column}{self.row}" if self.column and self.row else (str(self.row) if self.row else self.sheet)

    def to_json(self) -> dict[str, object]:
        """The command line's and the API's form of it."""
        return asdict(self)


class WritesStopped(Exception):
    """The account is a restored copy that is older than what was published; ``seq`` is the published entry that it lacks."""

    def __init__(self, seq: int) -> None:
        super().__init__(seq)
        self.seq = seq


class Held(Exception):
    """What should go is under a hold, and stays until that is lifted; ``called`` is what the hold names."""

    def __init__(self, called: str) -> None:
        super().__init__(called)
        self.called = called
