"""What waits of contracts: flagged passages and appraisals for who reviews, overdue promises for who sees to them."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.contracts.queries import first_overdue, flagged_texts, undecided_appraisals
from zhaoshang.contracts.rules.promises import SIDE_LABELS, Side
from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer

MOST_TEXTS = 20


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """Three queries at most; nothing that the viewer drafted waits for the viewer's review."""
    if viewer.can(Can.REVIEW_CONTRACT):
        for text, count in flagged_texts(viewer, MOST_TEXTS):
            words = _("%(project)s：标出的条款待处理") % {"project": text.project.name}
            yield Task(_("合同审查"), words, reverse("desk:contract_text", args=[text.pk]), count)
        if waiting := undecided_appraisals(viewer):
            yield Task(_("研判"), _("研判表待登记评审结论"), reverse("desk:appraisal_list") + "?outcome=none", waiting)
    if viewer.can(Can.PREPARE_CONTRACT):
        for side, (count, due_on) in first_overdue(viewer, today).items():
            href = f"{reverse('desk:promise_list')}?side={side}&status=overdue"
            yield Task(_("双兑现"), _("%(side)s已逾期") % {"side": _(SIDE_LABELS[Side(side)])}, href, count, due_on)
