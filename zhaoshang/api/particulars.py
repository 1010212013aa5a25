"""The particulars of a refusal: which line, which field, which rule."""

from django.utils.translation import gettext as _
from ninja.errors import ValidationError as NotAsDescribed

from zhaoshang.capital.wording import NotInPlace
from zhaoshang.contracts.rules.sheets import BadInput
from zhaoshang.partners import appointing
from zhaoshang.projects import schedules
from zhaoshang.projects.rules import SCHEDULE_FAULT_LABELS
from zhaoshang.questions.rules import Unanswerable
from zhaoshang.rulesets.actions import NotIssued
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.talks.refusals import TalkRefused


def particulars(error: Exception) -> str:
    """What there is to say beyond the sentence, in the caller's language."""
    if isinstance(error, schedules.BadSchedule):
        return _(SCHEDULE_FAULT_LABELS[error.fault])
    if isinstance(error, BadRules):
        return f"{error.line or ''} {error.place}: {_(error.template).format(**error.params)}".strip()
    if isinstance(error, TalkRefused | NotIssued):
        return f"{error.code}: {_(error.template).format(**error.params)}"
    if isinstance(error, NotInPlace):
        return _(error.template).format(**error.params | {"where": _(str(error.params["where"]))})
    if isinstance(error, BadInput):
        return _(error.label)
    if isinstance(error, Unanswerable):
        return f"{error.code}: {error.said(_in_words, _(error.template))}"
    if isinstance(error, appointing.Forbidden):
        return "; ".join(f"{rule.no} {rule.text}" for rule in error.rules)
    if isinstance(error, NotAsDescribed):
        return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors)
    return str(error)


def _in_words(value: object) -> str:
    return _("、").join(value) if isinstance(value, tuple) else _(str(value)) if value else ""
