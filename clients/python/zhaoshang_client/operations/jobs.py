"""Operations of jobs. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, TypedDict

from zhaoshang_client.calling import Caller

NewFile = TypedDict("NewFile", {"path": str})


class Jobs(Caller):
    """A method for each operation."""

    def jobs_jobs(
        self,
        *,
        state: Literal["", "waiting", "running", "done", "failed", "cancelled"] | None = None,
        after: str | None | None = None,
    ) -> Any:
        """One's own jobs, newest first."""
        return self.call("GET", "/api/jobs", {}, query={"state": state, "after": after})

    def jobs_new_file(self, *, body: "NewFile", idempotency_key: str | None = None) -> Any:
        """Leave a file to the workers."""
        return self.call("POST", "/api/jobs", {}, body=body, idempotency_key=idempotency_key)

    def jobs_one_job(self, key: str | int) -> Any:
        """How far a job is."""
        return self.call("GET", "/api/jobs/{key}", {"key": key})

    def jobs_repeat_job(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Begin it again."""
        return self.call("POST", "/api/jobs/{key}/again", {"key": key}, idempotency_key=idempotency_key)

    def jobs_cancel_job(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Cancel a job."""
        return self.call("POST", "/api/jobs/{key}/cancel", {"key": key}, idempotency_key=idempotency_key)

    def jobs_job_file(self, key: str | int) -> Any:
        """The file that a job made."""
        return self.call("GET", "/api/jobs/{key}/file", {"key": key})
