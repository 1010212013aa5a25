"""What was weighed, read and promised: appraisals and decisions, versions of the contract, reviews, promises of both sides."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.contracts.queries import appraisals_of, decisions_on, promises_of, reviews_of, texts_of
from zhaoshang.contracts.rules.clauses import FINDING_LABELS, REVIEW_LABELS, Finding, ReviewKind
from zhaoshang.contracts.rules.promises import SIDE_LABELS, STATUS_LABELS, Side, Status
from zhaoshang.contracts.rules.sheets import OUTCOME_LABELS, REPLY_LABELS, Outcome, Reply
from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """Five queries; a promise that stands open counts as promised on its day."""
    yield from _appraised(project)
    yield from _read(project)
    href = reverse("desk:project_promises", args=[project.code])
    for one in promises_of(project):
        side, is_open = _(SIDE_LABELS[Side(one.side)]), one.status == Status.OPEN
        text = one.text if is_open else f"{one.text}{_('：')}{_(STATUS_LABELS[Status(one.status)])}"
        yield Line(one.settled_on or one.due_on, side, text, one.responsible, href, promised=is_open)


def _appraised(project: Project) -> Iterator[Line]:
    href, kind = reverse("desk:project_appraisals", args=[project.code]), _("研判")
    found = appraisals_of(project)
    for one in found:
        words = _("第 %(revision)s 版：%(text)s")
        text = words % {"revision": one.revision, "text": _(REPLY_LABELS[Reply(one.reply)])}
        yield Line(timezone.localdate(one.drafted_at), kind, text, called(one.drafted_by), href)
    for decision in decisions_on(project.city, found).values():
        text = _(OUTCOME_LABELS[Outcome(decision.outcome)])
        yield Line(decision.met_on, _("评审结论"), text, called(decision.recorded_by), href)


def _read(project: Project) -> Iterator[Line]:
    href = reverse("desk:contract", args=[project.code])
    for text in texts_of(project):
        words = _("上传第 %(version)s 版") % {"version": text.version}
        yield Line(timezone.localdate(text.drafted_at), _("合同文本"), words, called(text.drafted_by), href)
    for review in reviews_of(project):
        finding = _(FINDING_LABELS[Finding(review.finding)])
        yield Line(review.done_on, _(REVIEW_LABELS[ReviewKind(review.kind)]), finding, called(review.reviewed_by), href)
