"""Unified social credit codes (统一社会信用代码), GB 32100-2015: 18 characters, the last a check character."""

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError


class InvalidUscc(ValueError):
    """Not a code of 18 characters, or its check character is wrong."""


def check_uscc(text: str) -> str:
    """The code in its compact form. Raises :class:`InvalidUscc`."""
    try:
        return str(uscc.validate(text))
    except ValidationError as error:
        raise InvalidUscc(text) from error
