"""Operations of projects. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files
from zhaoshang_client.operations.bodies import Why

Aliases = TypedDict("Aliases", {"also": str})
Assignments = TypedDict(
    "Assignments",
    {
        "projects": list[str],
        "handler": NotRequired[str],
        "leader": NotRequired[str],
        "leader_name": NotRequired[str],
        "reason": str,
    },
)
Closing = TypedDict(
    "Closing", {"standing": Literal["paused", "lost", "withdrawn"], "reason": str, "lost_to": NotRequired[str]}
)
Correction = TypedDict(
    "Correction",
    {
        "field": Literal["contract_fen", "outside_share_bp", "industry", "source_code"],
        "old": int | str,
        "new": int | str,
        "reason": str,
    },
)
DayCorrection = TypedDict("DayCorrection", {"reason": str, "stage": str, "on": NotRequired[str | None]})
Hide = TypedDict("Hide", {"code_name": str, "reason": str, "also": NotRequired[str]})
Listed = TypedDict("Listed", {"projects": list[str]})
Move = TypedDict("Move", {"stage": str, "on": str, "evidence": NotRequired[str]})
Moves = TypedDict(
    "Moves", {"projects": list[str], "act": "ProjectsAct", "on": NotRequired[str | None], "why": NotRequired[str]}
)
NewStart = TypedDict(
    "NewStart", {"code": str, "day": str, "title": str, "document": str, "beside": NotRequired[list[str]]}
)
ProjectIn = TypedDict(
    "ProjectIn",
    {
        "unit": str,
        "name": str,
        "code": NotRequired[str],
        "enterprise": str,
        "uscc": NotRequired[str],
        "investor": NotRequired[str],
        "source_code": str,
        "industry": str,
        "contract": str,
        "outside_share_bp": NotRequired[int],
        "signed_on": NotRequired[str | None],
        "source": NotRequired[str],
        "site": NotRequired[str],
        "nevertheless": NotRequired[str],
    },
)
ProjectsAct = Literal["promotion", "construction", "paused", "open"]
Schedules = TypedDict(
    "Schedules",
    {
        "projects": list[str],
        "document": str,
        "agreed_on": str,
        "month": NotRequired[str | None],
        "later": NotRequired[int | None],
    },
)
Skip = TypedDict("Skip", {"stage": str, "on": str, "evidence": NotRequired[str], "skip_reason": str})
TeamChange = TypedDict("TeamChange", {"reason": str, "person": str, "belongs": bool})


class Projects(Caller):
    """A method for each operation."""

    def bulk_bulk_assignments(self, *, body: "Assignments", idempotency_key: str | None = None) -> Any:
        """Hand many projects over, each for itself."""
        return self.call("POST", "/api/bulk/assignments", {}, body=body, idempotency_key=idempotency_key)

    def bulk_bulk_moves(self, *, body: "Moves", idempotency_key: str | None = None) -> Any:
        """Move, pause or take back many projects, each for itself."""
        return self.call("POST", "/api/bulk/moves", {}, body=body, idempotency_key=idempotency_key)

    def bulk_bulk_schedules(self, *, body: "Schedules", idempotency_key: str | None = None) -> Any:
        """Give many projects a payment schedule, or put theirs off."""
        return self.call("POST", "/api/bulk/schedules", {}, body=body, idempotency_key=idempotency_key)

    def project_changes_new_changes(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Send a changed workbook."""
        return self.call("POST", "/api/project-changes", {}, files=files, form=form, idempotency_key=idempotency_key)

    def project_changes_changes_workbook(self, *, unit: str | None = None, industry: str | None = None) -> Any:
        """A workbook of the caller's projects that may come back changed."""
        return self.call("GET", "/api/project-changes/workbook", {}, query={"unit": unit, "industry": industry})

    def project_changes_seen_changes(self, key: str | int) -> Any:
        """What a changed workbook changes."""
        return self.call("GET", "/api/project-changes/{key}", {"key": key})

    def project_changes_accepted_changes(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Accept it: all or nothing."""
        return self.call("POST", "/api/project-changes/{key}/accept", {"key": key}, idempotency_key=idempotency_key)

    def projects_new_project(self, *, body: "ProjectIn", idempotency_key: str | None = None) -> Any:
        """Register a project."""
        return self.call("POST", "/api/projects", {}, body=body, idempotency_key=idempotency_key)

    def projects_alike(self, *, body: "ProjectIn", idempotency_key: str | None = None) -> Any:
        """What the city has that may be this project."""
        return self.call("POST", "/api/projects/alike", {}, body=body, idempotency_key=idempotency_key)

    def stages_move(self, code: str | int, *, body: "Move", idempotency_key: str | None = None) -> Any:
        """Move a project into a stage."""
        return self.call(
            "POST", "/api/projects/{code}/advance", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_aliases(self, code: str | int, *, body: "Aliases", idempotency_key: str | None = None) -> Any:
        """What else a confidential project is called, to be hidden too."""
        return self.call(
            "POST", "/api/projects/{code}/aliases", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def standing_close(self, code: str | int, *, body: "Closing", idempotency_key: str | None = None) -> Any:
        """Pause, lose or withdraw a project."""
        return self.call(
            "POST", "/api/projects/{code}/close", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_confidence(self, code: str | int) -> Any:
        """Whether a project is confidential, and its names for its team."""
        return self.call("GET", "/api/projects/{code}/confidence", {"code": code})

    def stages_new_correction(self, code: str | int, *, body: "Correction", idempotency_key: str | None = None) -> Any:
        """Correct what a signing rests on."""
        return self.call(
            "POST", "/api/projects/{code}/corrections", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def standing_put_right(self, code: str | int, *, body: "DayCorrection", idempotency_key: str | None = None) -> Any:
        """Put the day of a stage right."""
        return self.call(
            "POST", "/api/projects/{code}/days", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_disclose(self, code: str | int, *, body: "Why", idempotency_key: str | None = None) -> Any:
        """Give a project its names back."""
        return self.call(
            "POST", "/api/projects/{code}/disclose", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_hide(self, code: str | int, *, body: "Hide", idempotency_key: str | None = None) -> Any:
        """Show a project by a code name."""
        return self.call(
            "POST", "/api/projects/{code}/hide", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_new_proof(
        self,
        code: str | int,
        *,
        stage: str | None = None,
        kind: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Attach a file to a stage."""
        return self.call(
            "POST",
            "/api/projects/{code}/proofs",
            {"code": code},
            query={"stage": stage, "kind": kind},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def standing_reopen(self, code: str | int, *, body: "Why", idempotency_key: str | None = None) -> Any:
        """Take a project back to the pool."""
        return self.call(
            "POST", "/api/projects/{code}/reopen", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_skip(self, code: str | int, *, body: "Skip", idempotency_key: str | None = None) -> Any:
        """Move a project past a gate."""
        return self.call(
            "POST", "/api/projects/{code}/skip", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_project_stages(self, code: str | int) -> Any:
        """Where a project stands, and what its next gates want."""
        return self.call("GET", "/api/projects/{code}/stages", {"code": code})

    def waiting_story(self, code: str | int) -> Any:
        """What happened to a project and what was promised."""
        return self.call("GET", "/api/projects/{code}/story", {"code": code})

    def confidence_team(self, code: str | int, *, body: "TeamChange", idempotency_key: str | None = None) -> Any:
        """Take a person into a confidential project's team, or out."""
        return self.call(
            "POST", "/api/projects/{code}/team", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_stages(self, *, on: str | None | None = None) -> Any:
        """The stages as defined."""
        return self.call("GET", "/api/stages", {}, query={"on": on})

    def stages_starts(
        self,
    ) -> Any:
        """Simultaneous starts."""
        return self.call("GET", "/api/starts", {})

    def stages_new_start(self, *, body: "NewStart", idempotency_key: str | None = None) -> Any:
        """Call a simultaneous start."""
        return self.call("POST", "/api/starts", {}, body=body, idempotency_key=idempotency_key)

    def stages_start(self, code: str | int) -> Any:
        """A start's projects with evidence and checks."""
        return self.call("GET", "/api/starts/{code}", {"code": code})

    def standing_fill_start(self, code: str | int, *, body: "Listed", idempotency_key: str | None = None) -> Any:
        """List projects in a start."""
        return self.call(
            "POST", "/api/starts/{code}/projects", {"code": code}, body=body, idempotency_key=idempotency_key
        )
