"""A claim as a paper: who, for what, the credit, the reward step by step, the papers."""

from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.context import named
from zhaoshang.desk.partners_shown import claim_words, credit_words, step_words
from zhaoshang.partners.claiming import computed
from zhaoshang.partners.models import Claim
from zhaoshang.partners.queries import credit_of, papers_of
from zhaoshang.partners.rules import PAPER_LABELS
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.model import Block, Column, Document, Heading, Paragraph, Table, Text
from zhaoshang.ui.filters import english, moment, yuan


def as_docx(claim: Claim) -> bytes:
    """The Word file; before the decision the reward is what it would be today, and says so."""
    today = timezone.localdate()
    decided = claim.reward_fen is not None
    steps = claim.steps if decided else list(computed(claim, today).steps)
    papers = papers_of(claim)
    told = [
        _("合伙人：%(name)s（证书 %(number)s）") % {"name": claim.partner.name, "number": claim.partner.number},
        _("项目：%(name)s") % {"name": claim.project.name},
        _("状态：%(state)s") % {"state": claim_words(claim)},
        _("引荐备案：%(receipt)s，%(at)s 登记")
        % {"receipt": claim.lead.receipt, "at": moment(claim.lead.registered_at)},
        _("引荐认定：%(words)s") % {"words": credit_words(credit_of(claim.lead, claim.partner))},
    ]
    sums = Table(
        (Column(_("怎么算"), weight=3), Column(_("金额（元）"), "right")),
        tuple(((Text(step_words(step)),), (Text(yuan(step["fen"])),)) for step in steps),
    )
    listed = Table(
        (Column(_("材料"), weight=2), Column(_("文号或名称"), weight=2)),
        tuple(((Text(_(PAPER_LABELS[kind])),), (Text(one.document),)) for kind, one in papers.items()),
    )
    heads = _("奖励计算") if decided else _("奖励试算（未决定）")
    blocks: list[Block] = [
        *(Paragraph((Text(text),)) for text in told),
        Heading(1, (Text(heads),)),
        sums,
        *((Heading(1, (Text(_("材料")),)), listed) if papers else ()),
    ]
    document = Document(
        title=_("招商合伙人引荐奖励申领"),
        issuer=_("%(city)s招商主管部门") % {"city": named(claim.city)},
        date=today,
        blocks=tuple(blocks),
        language="en" if english() else "zh",
        sample=claim.is_sample,
    )
    return write_docx(document)
