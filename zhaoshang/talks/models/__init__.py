"""The room's tables."""

from zhaoshang.talks.models.claims import Claim, Renewal, Talk, TalkEvidence, TalkNote, TalkRules
from zhaoshang.talks.models.settling import Dispute, Transfer

__all__ = ["Claim", "Dispute", "Renewal", "Talk", "TalkEvidence", "TalkNote", "TalkRules", "Transfer"]
