"""DutyRules, Responsibility, Clock, Matter and MatterEntry."""

from zhaoshang.duties.models.clocks import Clock
from zhaoshang.duties.models.matters import Matter, MatterEntry
from zhaoshang.duties.models.responsibility import Responsibility
from zhaoshang.duties.models.rules import DutyRules

__all__ = ["Clock", "DutyRules", "Matter", "MatterEntry", "Responsibility"]
