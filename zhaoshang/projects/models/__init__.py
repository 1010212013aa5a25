"""The room's tables."""

from zhaoshang.projects.models.confidential import ConfidentialProject, TeamMember
from zhaoshang.projects.models.projects import EarlierArrival, Instalment, Project
from zhaoshang.projects.models.stages import ProjectCorrection, StageEntry, StageProof, StageSet
from zhaoshang.projects.models.starts import StartedProject, StartEvent

__all__ = [
    "ConfidentialProject",
    "EarlierArrival",
    "Instalment",
    "Project",
    "ProjectCorrection",
    "StageEntry",
    "StageProof",
    "StageSet",
    "StartEvent",
    "StartedProject",
    "TeamMember",
]
