"""The room's tables."""

from zhaoshang.contracts.models.appraisals import Appraisal, Decision
from zhaoshang.contracts.models.promises import Actual, Promise, PromiseEntry
from zhaoshang.contracts.models.standards import Standard
from zhaoshang.contracts.models.texts import ContractText, Flag, Review

__all__ = ["Actual", "Appraisal", "ContractText", "Decision", "Flag", "Promise", "PromiseEntry", "Review", "Standard"]
