"""DutyRules, DayOverride, Responsibility, Clock, Matter and MatterEntry."""

from zhaoshang.duties.models.clocks import Clock
from zhaoshang.duties.models.matters import Matter, MatterEntry
from zhaoshang.duties.models.responsibility import Responsibility
from zhaoshang.duties.models.rules import DayOverride, DutyRules

__all__ = ["Clock", "DayOverride", "DutyRules", "Matter", "MatterEntry", "Responsibility"]
