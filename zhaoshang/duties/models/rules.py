"""DutyRules: the numbers as a document issued them."""

from zhaoshang.rulesets.models import IssuedRules, once


class DutyRules(IssuedRules):
    """Clocks, levels and thresholds as issued; read by :func:`duties.rules.rules_in`."""

    class Meta(IssuedRules.Meta):
        constraints = once("duty_rules", document="duty_rules_document")

    class Privacy(IssuedRules.Inside):
        pass
