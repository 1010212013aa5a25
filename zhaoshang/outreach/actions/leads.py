"""Leads that a meeting or an activity brought: taken in by the room of leads, which triages, assigns and answers them."""

from datetime import datetime

from zhaoshang.leads.actions import take_in
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy
from zhaoshang.outreach.models import Activity, Meeting, Trip
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, viewer_of


def lead_from_meeting(*, meeting: Meeting, investor: str, subject: str, text: str, by: User, at: datetime) -> Lead:
    """What was heard of an investor at a meeting; the same text again is the same lead.

    Raises ``leads.actions.InvestorMissing``, ``NotAllowed`` for who does not see the trip.
    """
    viewer = viewer_of(by, meeting.city)
    if not (viewer.can(Can.OUTREACH) and Trip.objects.visible_to(viewer).filter(pk=meeting.trip_id).exists()):
        raise NotAllowed(Can.OUTREACH)
    label = f"{meeting.trip.title} {meeting.party}"[:120]
    told = {"origin_label": label, "origin_ref": str(meeting.pk), "is_sample": meeting.trip.is_sample}
    return take_in(
        city=meeting.city, came_by=CameBy.TRIP, investor=investor, subject=subject, text=text, by=by, at=at, **told
    )


def lead_from_activity(*, activity: Activity, investor: str, subject: str, text: str, by: User, at: datetime) -> Lead:
    """The same at an activity. Raises ``leads.actions.InvestorMissing``, ``NotAllowed`` for who does not see the activity."""
    viewer = viewer_of(by, activity.city)
    if not (viewer.can(Can.OUTREACH) and Activity.objects.visible_to(viewer).filter(pk=activity.pk).exists()):
        raise NotAllowed(Can.OUTREACH)
    told = {"origin_label": activity.title, "origin_ref": str(activity.pk), "is_sample": activity.is_sample}
    return take_in(
        city=activity.city, came_by=CameBy.ACTIVITY, investor=investor, subject=subject, text=text, by=by, at=at, **told
    )
