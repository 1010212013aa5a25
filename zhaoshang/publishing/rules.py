"""Kinds and states of what is published, what a body's marks mean, and the public's deadlines. Pure: no Django, no clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from zhaoshang.common.problems import N_
from zhaoshang.common.workdays import WorkDays
from zhaoshang.rulesets import rules as rulesets


class Kind(StrEnum):
    """What an article is."""

    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    PAGE = "page"


KIND_LABELS = {
    Kind.NEWS: N_("动态"),
    Kind.NOTICE: N_("公告"),
    Kind.POLICY: N_("政策"),
    Kind.PAGE: N_("站点页面"),
}


class VersionState(StrEnum):
    """How far a version is. An approved one becomes visible at its instant and never changes."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


STATE_LABELS = {
    VersionState.DRAFT: N_("草稿"),
    VersionState.SUBMITTED: N_("待审"),
    VersionState.RETURNED: N_("退回修改"),
    VersionState.APPROVED: N_("已批准"),
}
EDITABLE = frozenset({VersionState.DRAFT, VersionState.RETURNED})


class Asked(StrEnum):
    """What a member of the public asks for."""

    CORRECTION = "correction"
    PRIVACY = "privacy"
    TAKEDOWN = "takedown"


ASKED_LABELS = {
    Asked.CORRECTION: N_("更正内容"),
    Asked.PRIVACY: N_("个人信息"),
    Asked.TAKEDOWN: N_("侵权下架"),
}


class Way(StrEnum):
    """How somebody showed to be the person whose information it is."""

    MAIL = "mail"
    DOCUMENT = "document"


WAY_LABELS = {Way.MAIL: N_("邮箱验证码"), Way.DOCUMENT: N_("当面核对证件")}


class Outcome(StrEnum):
    """What a request came to."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"


OUTCOME_LABELS = {
    Outcome.ACCEPTED: N_("采纳"),
    Outcome.PARTLY: N_("部分采纳"),
    Outcome.REFUSED: N_("不采纳"),
}

# Standing pages that every page's foot leads to, when they are published.
STANDING_PAGES = {
    "copyright": N_("版权声明"),
    "disclaimer": N_("免责声明"),
    "privacy": N_("个人信息保护"),
    "contact": N_("联系我们"),
}


IMAGE = re.compile(r"\[(?:图|image) ?([1-9]\d{0,3})\]")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a body: ``kind`` is ``heading``, ``paragraph``, ``list`` or ``image``; ``texts`` its lines (one, but for a list), of an
    image its number."""

    kind: str
    texts: tuple[str, ...]


def parts(body: str) -> list[Part]:
    """A body's parts: «## » begins a heading, «- » an item of a list, «[图1]» or «[image 1]» alone on a line is a picture, an empty line
    ends a paragraph; all else is words."""
    found: list[Part] = []
    for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        run: list[tuple[str, str]] = []
        for line in filter(None, (line.strip() for line in block.split("\n"))):
            if image := IMAGE.fullmatch(line):
                run.append(("image", image[1]))
                continue
            kind = "heading" if line.startswith("## ") else "list" if line.startswith("- ") else "paragraph"
            run.append((kind, line.removeprefix("## ").removeprefix("- ").strip()))
        found += _together(run)
    return found


def images_in(*bodies: str) -> frozenset[int]:
    """The numbers of the pictures that bodies show."""
    return frozenset(int(one.texts[0]) for body in bodies for one in parts(body) if one.kind == "image")


def _together(run: Sequence[tuple[str, str]]) -> list[Part]:
    """Lines of one kind that follow each other are one part, but for headings and pictures."""
    found: list[Part] = []
    for kind, text in run:
        if found and found[-1].kind == kind and kind in ("paragraph", "list"):
            found[-1] = Part(kind, (*found[-1].texts, text))
        else:
            found.append(Part(kind, (text,)))
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """A passage as it was and as it is; one of them may be empty."""

    before: str
    after: str


def changes(before: str, after: str) -> list[Change]:
    """What a corrected body says otherwise, passage by passage, in order."""
    old, new = ([text for part in parts(body) for text in part.texts] for body in (before, after))
    found = []
    for verb, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb != "equal":
            found.append(Change("\n".join(old[start:end]), "\n".join(new[from_:to])))
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """What the site promises to whoever asks: within how many days of publication a correction or takedown may be asked for, in how many
    days it is answered (a correction: in how many working days; 0: as all others), after how many days of the answer the asker's name and
    address are erased, and after how many a mail address that nobody confirmed; and on how many firms a published statistic rests at
    least."""

    window_days: int
    reply_days: int
    contact_days: int
    confirm_days: int
    least_firms: int
    correction_working_days: int

    def last_day(self, published: date) -> date:
        """The last day on which a correction or takedown may be asked for."""
        return published + timedelta(days=self.window_days)

    def due_on(self, asked: Asked, received: date, calendar: WorkDays) -> date:
        """The day by which the asker is answered."""
        if asked == Asked.CORRECTION and self.correction_working_days:
            return calendar.after(received, self.correction_working_days)[0]
        return received + timedelta(days=self.reply_days)

    def erase_on(self, answered: date) -> date:
        """The day on which the asker's name and address are erased."""
        return answered + timedelta(days=self.contact_days)

    def unconfirmed_until(self, asked: date) -> date:
        """The day on which an address that nobody confirmed is erased."""
        return asked + timedelta(days=self.confirm_days)

    def in_time(self, asked: Asked, published: date, today: date) -> bool:
        """Whether the request may still be made. Who asks about personal information is never late (个人信息保护法 第四十四至五十条)."""
        return asked == Asked.PRIVACY or today <= self.last_day(published)


def terms_in(content: rulesets.Part) -> Terms:
    """The terms of a set's content. Raises ``rulesets.rules.BadRules``."""
    held = rulesets.Part(_BEFORE | dict(content), content.place)
    return Terms(**{key: held.whole(key, least=least, most=3_650) for key, least in _LEAST.items()})


# Sets issued before there were saved searches, open statistics and working days for corrections say nothing of them.
_BEFORE = {"confirm_days": 7, "least_firms": 3, "correction_working_days": 0}
_LEAST = {
    "window_days": 0, "reply_days": 1, "correction_working_days": 0, "contact_days": 0, "confirm_days": 1, "least_firms": 1,
}  # fmt: skip
SET_LABELS = {
    "window_days": N_("刊登后多少天内可以申请更正或下架"),
    "reply_days": N_("收到后多少天内答复"),
    "correction_working_days": N_("更正申请收到后多少个工作日内答复，0 为与其他申请相同"),
    "contact_days": N_("答复后多少天删去申请人的姓名和联系方式"),
    "confirm_days": N_("多少天内没有确认的订阅邮箱抹去"),
    "least_firms": N_("公开统计的一个数至少来自几家企业，不足不公布"),
}
