"""Operations of assessments. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, TypedDict

from zhaoshang_client.calling import Caller

NewObjection = TypedDict("NewObjection", {"unit": str, "article": str, "reason": str})


class Assessments(Caller):
    """A method for each operation."""

    def assessments_assessments(
        self,
    ) -> Any:
        """Assessments."""
        return self.call("GET", "/api/assessments", {})

    def assessments_one_assessment(self, key: str | int) -> Any:
        """An assessment's scores, each point with its formula and inputs."""
        return self.call("GET", "/api/assessments/{key}", {"key": key})

    def assessments_new_objection(
        self, key: str | int, *, body: "NewObjection", idempotency_key: str | None = None
    ) -> Any:
        """Object to a line while the assessment is shown."""
        return self.call(
            "POST", "/api/assessments/{key}/objections", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def assessments_lights(self, regulation: str | int, *, month: str | None = None) -> Any:
        """A month's lights with inputs and comparison."""
        return self.call("GET", "/api/lights/{regulation}", {"regulation": regulation}, query={"month": month})

    def assessments_regulations(
        self,
    ) -> Any:
        """Regulations of scores and lights with their text."""
        return self.call("GET", "/api/regulations", {})
