"""OutreachSet; Trip, Member, Destination, Meeting, Minutes, FollowUp, TripProject; Activity, AgendaItem, Guest, Signing; Visit, Demand."""

from zhaoshang.outreach.models.activities import Activity, AgendaItem, Guest, Signing
from zhaoshang.outreach.models.base import OutreachSet
from zhaoshang.outreach.models.trips import Destination, FollowUp, Meeting, Member, Minutes, Trip, TripProject
from zhaoshang.outreach.models.visits import Demand, Visit

__all__ = [
    "Activity",
    "AgendaItem",
    "Demand",
    "Destination",
    "FollowUp",
    "Guest",
    "Meeting",
    "Member",
    "Minutes",
    "OutreachSet",
    "Signing",
    "Trip",
    "TripProject",
    "Visit",
]
