"""Operations of matchmaking. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller

AwayBody = TypedDict("AwayBody", {"slots": list[int], "enterprise": NotRequired[str | None], "side": NotRequired[str]})
MeetingSeatBody = TypedDict(
    "MeetingSeatBody", {"slot": NotRequired[int], "table": NotRequired[int], "free": NotRequired[bool]}
)
PairBody = TypedDict("PairBody", {"enterprise": str, "opportunity": str})
SessionBody = TypedDict("SessionBody", {"begins_at": str, "minutes": int, "slots": int, "tables": list[str]})
StepBody = TypedDict(
    "StepBody",
    {
        "state": Literal["invited", "met", "interested", "in_talks", "project", "declined"],
        "on": str,
        "note": NotRequired[str],
        "project": NotRequired[str | None],
    },
)


class Matchmaking(Caller):
    """A method for each operation."""

    def matchmaking_arranged(self, code: str | int, *, idempotency_key: str | None = None) -> Any:
        """Plan the meetings anew."""
        return self.call("POST", "/api/activities/{code}/arrange", {"code": code}, idempotency_key=idempotency_key)

    def matchmaking_away(self, code: str | int, *, body: "AwayBody", idempotency_key: str | None = None) -> Any:
        """Say who is not there when."""
        return self.call(
            "POST", "/api/activities/{code}/away", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matchmaking_pairs(self, code: str | int, *, state: str | None = None) -> Any:
        """An activity's pairs."""
        return self.call("GET", "/api/activities/{code}/pairs", {"code": code}, query={"state": state})

    def matchmaking_new_pair(self, code: str | int, *, body: "PairBody", idempotency_key: str | None = None) -> Any:
        """Put a pair on the board."""
        return self.call(
            "POST", "/api/activities/{code}/pairs", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matchmaking_suggested(self, code: str | int, *, unit: str | None = None, limit: int | None = None) -> Any:
        """Suggested pairs, with every point explained."""
        return self.call(
            "GET", "/api/activities/{code}/pairs/suggested", {"code": code}, query={"unit": unit, "limit": limit}
        )

    def matchmaking_plan(self, code: str | int) -> Any:
        """The plan of meetings."""
        return self.call("GET", "/api/activities/{code}/plan", {"code": code})

    def matchmaking_session_set(
        self, code: str | int, *, body: "SessionBody", idempotency_key: str | None = None
    ) -> Any:
        """Set hours and tables."""
        return self.call(
            "POST", "/api/activities/{code}/session", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matchmaking_seat(self, key: str | int, *, body: "MeetingSeatBody", idempotency_key: str | None = None) -> Any:
        """Fix a meeting, or let it move."""
        return self.call("POST", "/api/pairs/{key}/seat", {"key": key}, body=body, idempotency_key=idempotency_key)

    def matchmaking_new_step(self, key: str | int, *, body: "StepBody", idempotency_key: str | None = None) -> Any:
        """Say how far a pair has come."""
        return self.call("POST", "/api/pairs/{key}/steps", {"key": key}, body=body, idempotency_key=idempotency_key)
