"""Operations of duties. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller
from zhaoshang_client.operations.bodies import ClockAnswer

DayIn = TypedDict("DayIn", {"day": str, "works": bool | None, "document": str})
HandedOver = TypedDict("HandedOver", {"confirmer": str, "reason": str})
Handover = TypedDict(
    "Handover", {"person": str, "to": str, "leader": NotRequired[str], "leader_name": NotRequired[str], "reason": str}
)
Judgement = TypedDict("Judgement", {"verdict": Literal["accept", "send_back", "reopen"], "text": str})
NewClock = TypedDict("NewClock", {"project": str, "kind": str, "subject": str})
Note = TypedDict("Note", {"on": str, "text": str})
OrderIn = TypedDict("OrderIn", {"unit": str, "text": str, "due_on": str, "project": NotRequired[str]})
ProblemIn = TypedDict(
    "ProblemIn",
    {
        "text": str,
        "level": str,
        "department": NotRequired[str],
        "for_firm": NotRequired[str],
        "due_on": NotRequired[str | None],
    },
)
ProjectsStanding = Literal["open", "paused", "lost", "withdrawn"]
Reassignment = TypedDict(
    "Reassignment",
    {
        "projects": list[str],
        "handler": NotRequired[str],
        "leader": NotRequired[str],
        "leader_name": NotRequired[str],
        "reason": str,
    },
)
StandingChange = TypedDict(
    "StandingChange",
    {"standing": "ProjectsStanding", "reason": str, "cause": NotRequired[Any], "lost_to": NotRequired[str]},
)


class Duties(Caller):
    """A method for each operation."""

    def duties_clocks(
        self,
        *,
        state: Literal["", "running", "late", "answered"] | None = None,
        unit: str | None = None,
        kind: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Clocks, newest first."""
        return self.call("GET", "/api/clocks", {}, query={"state": state, "unit": unit, "kind": kind, "after": after})

    def duties_new_clock(self, *, body: "NewClock", idempotency_key: str | None = None) -> Any:
        """Start a clock."""
        return self.call("POST", "/api/clocks", {}, body=body, idempotency_key=idempotency_key)

    def duties_clock_answer(self, key: str | int, *, body: "ClockAnswer", idempotency_key: str | None = None) -> Any:
        """Stop a clock."""
        return self.call("POST", "/api/clocks/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def duties_duty_rules(
        self,
    ) -> Any:
        """The duty rules in force."""
        return self.call("GET", "/api/duty-rules", {})

    def duties_new_handover(self, *, body: "Handover", idempotency_key: str | None = None) -> Any:
        """Give all that a person holds to another, all or nothing."""
        return self.call("POST", "/api/handovers", {}, body=body, idempotency_key=idempotency_key)

    def duties_held(self, *, person: str | None = None) -> Any:
        """What a person holds; without one, who has left with things in their name."""
        return self.call("GET", "/api/holdings", {}, query={"person": person})

    def duties_loss_list(self, *, period: str | None = None) -> Any:
        """Losses."""
        return self.call("GET", "/api/losses", {}, query={"period": period})

    def matters_orders(
        self,
        *,
        state: Literal["", "open", "answered", "closed", "late"] | None = None,
        unit: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Orders, newest first."""
        return self.call("GET", "/api/orders", {}, query={"state": state, "unit": unit, "after": after})

    def matters_new_order(self, *, body: "OrderIn", idempotency_key: str | None = None) -> Any:
        """Write an order."""
        return self.call("POST", "/api/orders", {}, body=body, idempotency_key=idempotency_key)

    def matters_order(self, key: str | int) -> Any:
        """One order."""
        return self.call("GET", "/api/orders/{key}", {"key": key})

    def matters_order_answer(self, key: str | int, *, body: "ClockAnswer", idempotency_key: str | None = None) -> Any:
        """ClockAnswer an order."""
        return self.call("POST", "/api/orders/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def matters_order_judgement(self, key: str | int, *, body: "Judgement", idempotency_key: str | None = None) -> Any:
        """Accept an order's answer, or send it back."""
        return self.call(
            "POST", "/api/orders/{key}/judgement", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def matters_problems(
        self,
        *,
        state: Literal["", "open", "answered", "closed", "late"] | None = None,
        unit: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Problems, newest first."""
        return self.call("GET", "/api/problems", {}, query={"state": state, "unit": unit, "after": after})

    def matters_problem(self, key: str | int) -> Any:
        """One problem."""
        return self.call("GET", "/api/problems/{key}", {"key": key})

    def matters_problem_answer(self, key: str | int, *, body: "ClockAnswer", idempotency_key: str | None = None) -> Any:
        """ClockAnswer a problem."""
        return self.call("POST", "/api/problems/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def matters_problem_confirmer(
        self, key: str | int, *, body: "HandedOver", idempotency_key: str | None = None
    ) -> Any:
        """Let another person confirm a problem."""
        return self.call(
            "POST", "/api/problems/{key}/confirmer", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def matters_problem_judgement(
        self, key: str | int, *, body: "Judgement", idempotency_key: str | None = None
    ) -> Any:
        """Close a problem, or send its answer back."""
        return self.call(
            "POST", "/api/problems/{key}/judgement", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def duties_new_note(self, code: str | int, *, body: "Note", idempotency_key: str | None = None) -> Any:
        """Note a project's progress."""
        return self.call(
            "POST", "/api/projects/{code}/notes", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matters_new_problem(self, code: str | int, *, body: "ProblemIn", idempotency_key: str | None = None) -> Any:
        """Raise a problem."""
        return self.call(
            "POST", "/api/projects/{code}/problems", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def duties_new_standing(
        self, code: str | int, *, body: "StandingChange", idempotency_key: str | None = None
    ) -> Any:
        """Pause, lose, withdraw or take back a project."""
        return self.call(
            "POST", "/api/projects/{code}/standing", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def duties_punctual(self, *, since: str | None | None = None) -> Any:
        """How punctual units answer."""
        return self.call("GET", "/api/punctuality", {}, query={"since": since})

    def duties_new_reassignment(self, *, body: "Reassignment", idempotency_key: str | None = None) -> Any:
        """Give projects to other people."""
        return self.call("POST", "/api/reassignments", {}, body=body, idempotency_key=idempotency_key)

    def duties_responsibilities(
        self, *, unit: str | None = None, who: Literal["", "me", "left"] | None = None, after: str | None | None = None
    ) -> Any:
        """Who answers for which project."""
        return self.call("GET", "/api/responsibilities", {}, query={"unit": unit, "who": who, "after": after})

    def duties_workdays(self, *, first: str | None = None, last: str | None = None) -> Any:
        """Working days."""
        return self.call("GET", "/api/workdays", {}, query={"first": first, "last": last})

    def duties_new_day(self, *, body: "DayIn", idempotency_key: str | None = None) -> Any:
        """Set a working day."""
        return self.call("POST", "/api/workdays", {}, body=body, idempotency_key=idempotency_key)
