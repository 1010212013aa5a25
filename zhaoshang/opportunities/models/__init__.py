"""The room's tables."""

from zhaoshang.opportunities.models.editions import Edition, EditionEntry
from zhaoshang.opportunities.models.entries import EntryChange, EntryFile, Opportunity, Reservation

__all__ = ["Edition", "EditionEntry", "EntryChange", "EntryFile", "Opportunity", "Reservation"]
