"""Operations of plans. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller

NewReport = TypedDict(
    "NewReport",
    {
        "standing": Literal["waiting", "underway", "done", "stopped"],
        "percent": NotRequired[int | None],
        "text": str,
        "reported_on": str,
    },
)
NewTags = TypedDict("NewTags", {"projects": list[str]})


class Plans(Caller):
    """A method for each operation."""

    def plans_campaigns(self, *, period: str | None = None, indicator: str | None = None) -> Any:
        """What special campaigns have brought."""
        return self.call("GET", "/api/campaigns", {}, query={"period": period, "indicator": indicator})

    def plans_campaign_projects(self, code: str | int) -> Any:
        """The projects of a campaign."""
        return self.call("GET", "/api/campaigns/{code}/projects", {"code": code})

    def plans_new_tags(self, code: str | int, *, body: "NewTags", idempotency_key: str | None = None) -> Any:
        """Tag projects with a campaign."""
        return self.call(
            "POST", "/api/campaigns/{code}/projects", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def plans_new_report(self, key: str | int, *, body: "NewReport", idempotency_key: str | None = None) -> Any:
        """Report on a measure or task."""
        return self.call(
            "POST", "/api/plan-items/{key}/reports", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def plans_plans(
        self,
    ) -> Any:
        """Plans and years."""
        return self.call("GET", "/api/plans", {})

    def plans_year_items(
        self, code: str | int, year: str | int, *, period: str | None = None, on: str | None | None = None
    ) -> Any:
        """A year's measures and tasks as they stand."""
        return self.call(
            "GET", "/api/plans/{code}/{year}", {"code": code, "year": year}, query={"period": period, "on": on}
        )
