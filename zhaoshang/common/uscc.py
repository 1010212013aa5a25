"""The unified social credit code (统一社会信用代码) of a legal person: GB 32100-2015.

Eighteen characters: registrar and class, a GB/T 2260 region, a body, a check character. The fixture
91350100M000100Y43 is the standard's own.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

from zhaoshang.common.problems import N_


class Fault(StrEnum):
    """What is wrong with a code."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK = "check"


FAULT_LABELS = {
    Fault.LENGTH: N_("应为 18 位"),
    Fault.CHARACTERS: N_("含有不该出现的字符（代码中没有 I、O、S、V、Z）"),
    Fault.CHECK: N_("校验位不符"),
}


class BadCode(ValueError):
    """No valid code; ``fault`` says why."""

    def __init__(self, fault: Fault, code: str) -> None:
        self.fault = fault
        super().__init__(f"{code}: {fault}")


def normalized(text: str) -> str:
    """``text`` without spaces, dashes and full-width forms, in capitals."""
    return re.sub(r"[\s\-'‘’`]", "", unicodedata.normalize("NFKC", text)).upper()


@lru_cache(maxsize=4096)
def checked(text: str) -> str:
    """The normalized code. Raises :class:`BadCode`."""
    code = normalized(text)
    try:
        return str(uscc.validate(code))
    except InvalidLength:
        raise BadCode(Fault.LENGTH, code) from None
    except InvalidFormat:
        raise BadCode(Fault.CHARACTERS, code) from None
    except InvalidChecksum:
        raise BadCode(Fault.CHECK, code) from None
    except (ValidationError, ValueError):
        raise BadCode(Fault.CHARACTERS, code) from None
