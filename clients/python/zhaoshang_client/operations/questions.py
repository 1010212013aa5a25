"""Operations of questions. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, NotRequired, TypedDict

from zhaoshang_client.calling import Caller

NewSaved = TypedDict("NewSaved", {"title": str, "question": list[list[Any]], "shared": NotRequired[bool]})


class Questions(Caller):
    """A method for each operation."""

    def questions_saved_questions(
        self,
    ) -> Any:
        """Saved questions: one's own and the shared ones."""
        return self.call("GET", "/api/questions", {})

    def questions_new_saved(self, *, body: "NewSaved", idempotency_key: str | None = None) -> Any:
        """Save a question."""
        return self.call("POST", "/api/questions", {}, body=body, idempotency_key=idempotency_key)

    def questions_answered(
        self,
    ) -> Any:
        """The answer to a question."""
        return self.call("GET", "/api/questions/answer", {})

    def questions_question_records(self, *, after: str | None | None = None) -> Any:
        """The records that a question is answered from."""
        return self.call("GET", "/api/questions/records", {}, query={"after": after})

    def questions_vocabulary(
        self,
    ) -> Any:
        """What can be asked: subjects, dimensions with their values, measures."""
        return self.call("GET", "/api/questions/vocabulary", {})

    def questions_no_longer_saved(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Delete one of one's own saved questions."""
        return self.call("DELETE", "/api/questions/{key}", {"key": key}, idempotency_key=idempotency_key)
