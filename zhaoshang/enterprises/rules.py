"""What an enterprise, a note of risk and a meeting may be, and how a person's data is hidden. Pure: no Django, no clock."""

from enum import StrEnum

from zhaoshang.common.problems import N_
from zhaoshang.common.uscc import BadCode, Fault, checked


class Ownership(StrEnum):
    """Who an enterprise belongs to."""

    PRIVATE = "private"
    CENTRAL = "central"
    LOCAL_STATE = "local_state"
    FOREIGN = "foreign"
    MIXED = "mixed"
    OTHER = "other"


OWNERSHIP_LABELS = {
    Ownership.PRIVATE: N_("民营"),
    Ownership.CENTRAL: N_("中央企业"),
    Ownership.LOCAL_STATE: N_("地方国企"),
    Ownership.FOREIGN: N_("外资"),
    Ownership.MIXED: N_("混合所有制"),
    Ownership.OTHER: N_("其他性质"),
}


class Level(StrEnum):
    """How grave a note of risk is."""

    HINT = "hint"
    WATCH = "watch"
    GRAVE = "grave"


LEVEL_LABELS = {Level.HINT: N_("一般提示"), Level.WATCH: N_("关注"), Level.GRAVE: N_("重大")}


class Reply(StrEnum):
    """What is appended to a note: an answer leaves it open, a closing ends it."""

    ANSWERED = "answered"
    CLOSED = "closed"


REPLY_LABELS = {Reply.ANSWERED: N_("答复"), Reply.CLOSED: N_("了结")}


class TouchKind(StrEnum):
    """How one of us and one of them came together."""

    VISIT = "visit"
    RECEPTION = "reception"
    MEETING = "meeting"
    CALL = "call"
    LETTER = "letter"


TOUCH_LABELS = {
    TouchKind.VISIT: N_("上门拜访"),
    TouchKind.RECEPTION: N_("来访接待"),
    TouchKind.MEETING: N_("会见座谈"),
    TouchKind.CALL: N_("电话"),
    TouchKind.LETTER: N_("函件"),
}
HIDDEN = "＊"
MOST_LEVELS = 8


def verdict(uscc: str) -> Fault | None:
    """What is wrong with a code (GB 32100-2015), if anything."""
    try:
        checked(uscc)
    except BadCode as refusal:
        return refusal.fault
    return None


def masked_name(name: str) -> str:
    """The family name alone: 王＊＊."""
    return name[:1] + HIDDEN * 2 if name else ""


def masked_phone(phone: str) -> str:
    """The last two digits alone; their number is not told."""
    return HIDDEN * 4 + phone[-2:] if len(phone) > 4 else HIDDEN * 4 if phone else ""


def masked_mail(mail: str) -> str:
    """The house behind the at alone."""
    if not mail:
        return ""
    _person, mark, house = mail.rpartition("@")
    return f"{HIDDEN * 4}@{house}" if mark else HIDDEN * 4
