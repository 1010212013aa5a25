"""Operations of outreach. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller

ActivityBody = TypedDict(
    "ActivityBody",
    {
        "code": str,
        "title": str,
        "kind": Literal["conference", "reception", "matchmaking", "ceremony", "chamber"],
        "unit": NotRequired[str | None],
        "place": str,
        "begins_at": str,
        "ends_at": str,
        "about": NotRequired[str],
        "seats": NotRequired[int | None],
    },
)
ActivityChange = TypedDict(
    "ActivityChange",
    {
        "title": NotRequired[str | None],
        "kind": NotRequired[Literal["conference", "reception", "matchmaking", "ceremony", "chamber"] | None],
        "place": NotRequired[str | None],
        "begins_at": NotRequired[str | None],
        "ends_at": NotRequired[str | None],
        "about": NotRequired[str | None],
        "seats": NotRequired[int | None],
    },
)
AgendaBody = TypedDict("AgendaBody", {"items": list["AgendaPoint"]})
AgendaPoint = TypedDict(
    "AgendaPoint", {"begins_at": str, "ends_at": NotRequired[str | None], "title": str, "speaker": NotRequired[str]}
)
DemandAnswer = TypedDict("DemandAnswer", {"answer": str})
DemandBody = TypedDict("DemandBody", {"text": str, "department": str, "due_on": NotRequired[str | None]})
FollowUpDone = TypedDict("FollowUpDone", {"on": str, "note": str})
FollowUpOwner = TypedDict("FollowUpOwner", {"owner": str})
GuestBody = TypedDict(
    "GuestBody",
    {
        "organisation": str,
        "name": str,
        "post": NotRequired[str],
        "phone": NotRequired[str],
        "unit": NotRequired[str | None],
    },
)
GuestNote = TypedDict("GuestNote", {"reply": Literal["waiting", "coming", "not_coming", "came"]})
GuestSeatBody = TypedDict("GuestSeatBody", {"seat": str})
GuestsBody = TypedDict("GuestsBody", {"guests": list["GuestBody"]})
HeardBody = TypedDict("HeardBody", {"investor": str, "text": str})
LeadBody = TypedDict("LeadBody", {"investor": str, "subject": NotRequired[str], "text": str})
LinkBody = TypedDict("LinkBody", {"project": str, "note": NotRequired[str]})
MeetingBody = TypedDict(
    "MeetingBody",
    {
        "day": str,
        "begins": NotRequired[str | None],
        "ends": NotRequired[str | None],
        "party": str,
        "people": NotRequired[str],
        "place": NotRequired[str],
        "purpose": NotRequired[str],
        "again": NotRequired[bool],
    },
)
MemberBody = TypedDict("MemberBody", {"name": str, "post": str, "rank": str, "leads": NotRequired[bool]})
MinutesBody = TypedDict(
    "MinutesBody", {"key": str, "text": str, "met": NotRequired[str], "next_step": NotRequired[str]}
)
PlaceBody = TypedDict("PlaceBody", {"code": str, "name": str})
Rating = TypedDict("Rating", {"satisfaction": Literal["content", "partly", "not_content"]})
Reason = TypedDict("Reason", {"reason": str})
RegistrationBody = TypedDict("RegistrationBody", {"consent": NotRequired[str]})
SignedBody = TypedDict("SignedBody", {"project": str, "evidence": NotRequired[str]})
SigningBody = TypedDict(
    "SigningBody",
    {
        "project": NotRequired[str | None],
        "name": NotRequired[str],
        "investor": NotRequired[str],
        "amount": NotRequired[str],
        "unit": NotRequired[str | None],
    },
)
SigningLink = TypedDict("SigningLink", {"project": str})
SigningsBody = TypedDict("SigningsBody", {"signings": list["SigningBody"]})
Told = TypedDict("Told", {"on": str, "told": str})
TripBody = TypedDict(
    "TripBody",
    {
        "code": str,
        "title": str,
        "purpose": str,
        "first_day": str,
        "last_day": str,
        "unit": NotRequired[str | None],
        "members": list["MemberBody"],
        "destinations": list["PlaceBody"],
        "cost": NotRequired[str | None],
    },
)
TripOff = TypedDict("TripOff", {"what": Literal["postpone", "cancel"], "reason": str})
TripReport = TypedDict("TripReport", {"text": str, "absent": NotRequired[list[str]], "cost": NotRequired[str | None]})
TripVerdict = TypedDict("TripVerdict", {"verdict": Literal["approve", "return"], "reason": NotRequired[str]})
VisitBody = TypedDict(
    "VisitBody",
    {
        "firm": str,
        "unit": NotRequired[str | None],
        "project": NotRequired[str | None],
        "planned_on": str,
        "place": NotRequired[str],
        "visitors": str,
        "purpose": NotRequired[str],
    },
)


class Outreach(Caller):
    """A method for each operation."""

    def activities_activities(self, *, kind: str | None = None, after: str | None | None = None) -> Any:
        """Activities."""
        return self.call("GET", "/api/activities", {}, query={"kind": kind, "after": after})

    def activities_new_activity(self, *, body: "ActivityBody", idempotency_key: str | None = None) -> Any:
        """Lay down an activity."""
        return self.call("POST", "/api/activities", {}, body=body, idempotency_key=idempotency_key)

    def activities_agenda(self, code: str | int, *, body: "AgendaBody", idempotency_key: str | None = None) -> Any:
        """Set an activity's agenda."""
        return self.call(
            "POST", "/api/activities/{code}/agenda", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_cancelled_activity(
        self, code: str | int, *, body: "Reason", idempotency_key: str | None = None
    ) -> Any:
        """Cancel an activity."""
        return self.call(
            "POST", "/api/activities/{code}/cancel", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_changed_activity(
        self, code: str | int, *, body: "ActivityChange", idempotency_key: str | None = None
    ) -> Any:
        """Change an activity."""
        return self.call(
            "POST", "/api/activities/{code}/change", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_activity_guests(self, code: str | int, *, after: str | None | None = None) -> Any:
        """An activity's guests."""
        return self.call("GET", "/api/activities/{code}/guests", {"code": code}, query={"after": after})

    def activities_new_guests(self, code: str | int, *, body: "GuestsBody", idempotency_key: str | None = None) -> Any:
        """Invite guests."""
        return self.call(
            "POST", "/api/activities/{code}/guests", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_activity_lead(
        self, code: str | int, *, body: "HeardBody", idempotency_key: str | None = None
    ) -> Any:
        """Hand on what was heard of an investor."""
        return self.call(
            "POST", "/api/activities/{code}/leads", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_registration(
        self, code: str | int, *, body: "RegistrationBody", idempotency_key: str | None = None
    ) -> Any:
        """Open or close registration."""
        return self.call(
            "POST", "/api/activities/{code}/registration", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_project_signed(
        self, code: str | int, *, body: "SignedBody", idempotency_key: str | None = None
    ) -> Any:
        """Move a project through the gate of signing by an activity."""
        return self.call(
            "POST", "/api/activities/{code}/signed", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_activity_signings(self, code: str | int) -> Any:
        """What was signed."""
        return self.call("GET", "/api/activities/{code}/signings", {"code": code})

    def activities_new_signings(
        self, code: str | int, *, body: "SigningsBody", idempotency_key: str | None = None
    ) -> Any:
        """Enter what was signed."""
        return self.call(
            "POST", "/api/activities/{code}/signings", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def visits_demands(self, *, answered: bool | None = None, after: str | None | None = None) -> Any:
        """Demands."""
        return self.call("GET", "/api/demands", {}, query={"answered": answered, "after": after})

    def visits_answered_demand(
        self, key: str | int, *, body: "DemandAnswer", idempotency_key: str | None = None
    ) -> Any:
        """Answer a demand."""
        return self.call("POST", "/api/demands/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def visits_demand_link(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Make a link by which the firm sees its demand."""
        return self.call("POST", "/api/demands/{key}/link", {"key": key}, idempotency_key=idempotency_key)

    def visits_rated_demand(self, key: str | int, *, body: "Rating", idempotency_key: str | None = None) -> Any:
        """Note what the firm thinks."""
        return self.call("POST", "/api/demands/{key}/rating", {"key": key}, body=body, idempotency_key=idempotency_key)

    def follow_ups_follow_ups(self, *, done: bool | None = None, due_before: str | None | None = None) -> Any:
        """Follow-ups."""
        return self.call("GET", "/api/follow-ups", {}, query={"done": done, "due_before": due_before})

    def follow_ups_done_follow_up(
        self, key: str | int, *, body: "FollowUpDone", idempotency_key: str | None = None
    ) -> Any:
        """Finish a follow-up."""
        return self.call("POST", "/api/follow-ups/{key}/done", {"key": key}, body=body, idempotency_key=idempotency_key)

    def follow_ups_owner_of_follow_up(
        self, key: str | int, *, body: "FollowUpOwner", idempotency_key: str | None = None
    ) -> Any:
        """Hand a follow-up over."""
        return self.call(
            "POST", "/api/follow-ups/{key}/owner", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def activities_guest_note(self, key: str | int, *, body: "GuestNote", idempotency_key: str | None = None) -> Any:
        """Note a guest's reply or arrival."""
        return self.call("POST", "/api/guests/{key}/note", {"key": key}, body=body, idempotency_key=idempotency_key)

    def activities_guest_phone(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """See a guest's telephone number."""
        return self.call("POST", "/api/guests/{key}/phone", {"key": key}, idempotency_key=idempotency_key)

    def activities_guest_seat(
        self, key: str | int, *, body: "GuestSeatBody", idempotency_key: str | None = None
    ) -> Any:
        """Seat a guest."""
        return self.call("POST", "/api/guests/{key}/seat", {"key": key}, body=body, idempotency_key=idempotency_key)

    def outreach_dropped_meeting(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Drop a meeting."""
        return self.call("POST", "/api/meetings/{key}/drop", {"key": key}, idempotency_key=idempotency_key)

    def outreach_meeting_lead(self, key: str | int, *, body: "LeadBody", idempotency_key: str | None = None) -> Any:
        """A lead from a meeting."""
        return self.call("POST", "/api/meetings/{key}/leads", {"key": key}, body=body, idempotency_key=idempotency_key)

    def outreach_new_minutes(self, key: str | int, *, body: "MinutesBody", idempotency_key: str | None = None) -> Any:
        """Send minutes."""
        return self.call(
            "POST", "/api/meetings/{key}/minutes", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def activities_all_signings(self, *, todo: Any | None = None, after: str | None | None = None) -> Any:
        """Signings of all activities."""
        return self.call("GET", "/api/signings", {}, query={"todo": todo, "after": after})

    def activities_linked_signing(
        self, key: str | int, *, body: "SigningLink", idempotency_key: str | None = None
    ) -> Any:
        """Say which project it is."""
        return self.call("POST", "/api/signings/{key}/link", {"key": key}, body=body, idempotency_key=idempotency_key)

    def outreach_trip_counts(self, *, period: str | None = None) -> Any:
        """How often leaders went out."""
        return self.call("GET", "/api/trip-counts", {}, query={"period": period})

    def follow_ups_dropped_link(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Take a project's link to a trip back."""
        return self.call("POST", "/api/trip-projects/{key}/drop", {"key": key}, idempotency_key=idempotency_key)

    def outreach_trips(
        self,
        *,
        unit: str | None = None,
        state: str | None = None,
        year: int | None | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Trips."""
        return self.call("GET", "/api/trips", {}, query={"unit": unit, "state": state, "year": year, "after": after})

    def outreach_new_trip(self, *, body: "TripBody", idempotency_key: str | None = None) -> Any:
        """Plan a trip."""
        return self.call("POST", "/api/trips", {}, body=body, idempotency_key=idempotency_key)

    def outreach_trip(self, code: str | int) -> Any:
        """A trip."""
        return self.call("GET", "/api/trips/{code}", {"code": code})

    def outreach_trip_decision(
        self, code: str | int, *, body: "TripVerdict", idempotency_key: str | None = None
    ) -> Any:
        """Approve or return a trip."""
        return self.call(
            "POST", "/api/trips/{code}/decision", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def outreach_new_meeting(self, code: str | int, *, body: "MeetingBody", idempotency_key: str | None = None) -> Any:
        """Add a meeting."""
        return self.call(
            "POST", "/api/trips/{code}/meetings", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def outreach_trip_off(self, code: str | int, *, body: "TripOff", idempotency_key: str | None = None) -> Any:
        """Postpone or cancel a trip."""
        return self.call("POST", "/api/trips/{code}/off", {"code": code}, body=body, idempotency_key=idempotency_key)

    def outreach_change_trip(self, code: str | int, *, body: "TripBody", idempotency_key: str | None = None) -> Any:
        """Change a trip's plan."""
        return self.call("POST", "/api/trips/{code}/plan", {"code": code}, body=body, idempotency_key=idempotency_key)

    def follow_ups_new_link(self, code: str | int, *, body: "LinkBody", idempotency_key: str | None = None) -> Any:
        """Link a project to a trip."""
        return self.call(
            "POST", "/api/trips/{code}/projects", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def outreach_trip_report(self, code: str | int, *, body: "TripReport", idempotency_key: str | None = None) -> Any:
        """Report on a trip."""
        return self.call("POST", "/api/trips/{code}/report", {"code": code}, body=body, idempotency_key=idempotency_key)

    def visits_visits(
        self, *, unit: str | None = None, state: str | None = None, after: str | None | None = None
    ) -> Any:
        """Follow-up visits."""
        return self.call("GET", "/api/visits", {}, query={"unit": unit, "state": state, "after": after})

    def visits_new_visit(self, *, body: "VisitBody", idempotency_key: str | None = None) -> Any:
        """Plan a visit."""
        return self.call("POST", "/api/visits", {}, body=body, idempotency_key=idempotency_key)

    def visits_cancelled_visit(self, key: str | int, *, body: "Reason", idempotency_key: str | None = None) -> Any:
        """Cancel a visit."""
        return self.call("POST", "/api/visits/{key}/cancel", {"key": key}, body=body, idempotency_key=idempotency_key)

    def visits_new_demand(self, key: str | int, *, body: "DemandBody", idempotency_key: str | None = None) -> Any:
        """Take a demand."""
        return self.call("POST", "/api/visits/{key}/demands", {"key": key}, body=body, idempotency_key=idempotency_key)

    def visits_told_visit(self, key: str | int, *, body: "Told", idempotency_key: str | None = None) -> Any:
        """Tell of a visit."""
        return self.call("POST", "/api/visits/{key}/told", {"key": key}, body=body, idempotency_key=idempotency_key)
