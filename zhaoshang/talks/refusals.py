"""What this room refuses, by name, each with its sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from zhaoshang.common.problems import N_, Refused

if TYPE_CHECKING:
    from zhaoshang.talks.finding import Holding
    from zhaoshang.talks.rules import Finding


class TalkRefused(Refused):
    """An act on a first talk or a transfer is refused; ``words`` is the sentence, filled by what is given."""

    name: ClassVar[str] = "talk"
    words: ClassVar[str] = ""

    def __init__(self, **params: object) -> None:
        super().__init__(self.name, self.words, **params)


class Held(TalkRefused):
    """The investor or project is under protection, or looks like one that is. ``holdings``: by whom, those that are surely the same
    first. ``sure``: no reason helps, only a dispute."""

    name = "held"
    words = N_(
        "这个投资方或项目正在首谈保护期内，或与保护中的相似。请核对；确不是一回事的写明理由，认为应归本地区的提出争议。"
    )

    def __init__(self, holdings: "Sequence[Holding]") -> None:
        super().__init__()
        self.holdings = list(holdings)
        self.sure = any(one.same for one in holdings)


class AlreadyYours(TalkRefused):
    """The unit holds this first talk already."""

    name = "already_yours"
    words = N_("本地区已登记过这个首谈，仍在保护期内。请在那一条上续期或记进展。")


class EvidenceMissing(TalkRefused):
    """A first talk needs a document of an accepted kind."""

    name = "evidence_missing"
    words = N_("登记首谈须有凭据：选一类凭据，并写明文件的名称或编号。")


class TooSmall(TalkRefused):
    """Below the smallest investment that the rules protect."""

    name = "too_small"
    words = N_("拟投资额低于首谈保护的门槛 {wan} 万元，不予登记。请按一般线索跟进。")


class SubjectMissing(TalkRefused):
    """A first talk names its investor and the investment."""

    name = "subject_missing"
    words = N_("请写明投资方和拟投资的内容。")


class NotHolder(TalkRefused):
    """Only who holds it may do this."""

    name = "not_holder"
    words = N_("这一首谈或项目不由你的地区跟进，或已不在保护期内。")


class NotRenewable(TalkRefused):
    """The renewal test is not met; ``findings`` say why."""

    name = "not_renewable"
    words = N_("还不能续期。请看下面续期条件里还差哪一项：先补记走访或进展，或等到可以续期的日子。")

    def __init__(self, findings: "Sequence[Finding]") -> None:
        super().__init__()
        self.findings = list(findings)


class TextMissing(TalkRefused):
    """Say why, or what."""

    name = "text_missing"
    words = N_("请写明理由或内容。")


class NotYet(TalkRefused):
    """The day lies in the future."""

    name = "not_yet"
    words = N_("日期晚于今天；还没有发生的不能记。")


class OwnClaim(TalkRefused):
    """A unit does not dispute its own claim, nor transfer to itself."""

    name = "own_claim"
    words = N_("这一条由本地区持有，不能对自己提出争议或流转。")


class OtherSide(TalkRefused):
    """A party, but it is the other unit that has the word."""

    name = "other_side"
    words = N_("这一步由对方地区办理。")


class AlreadyOpen(TalkRefused):
    """There is a dispute or an offer that waits."""

    name = "already_open"
    words = N_("已有一条在等答复或裁定。请等它办完。")


class AlreadyDecided(TalkRefused):
    """Somebody was faster, or the days have run out."""

    name = "already_decided"
    words = N_("这一条已办结或已过期。请刷新查看。")


class NotAnswered(TalkRefused):
    """The other side may still answer."""

    name = "not_answered"
    words = N_("对方还没有答复，答复期到 {day}；过后才能裁定。")


class SamePerson(TalkRefused):
    """Who claimed, opened, answered, or belonged to either unit does not rule."""

    name = "same_person"
    words = N_("你是当事一方，或首谈登记以来曾在其中一个地区任职，须由另一人裁定。")


class BadShares(TalkRefused):
    """Not one of the shares of the rules."""

    name = "bad_shares"
    words = N_("分享比例须是规则所列的一种：{offered}。")
