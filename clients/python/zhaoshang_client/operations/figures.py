"""Operations of figures. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files

NewExternal = TypedDict(
    "NewExternal",
    {
        "indicator": str,
        "period": str,
        "place_code": str,
        "place_name": str,
        "value": NotRequired[str | None],
        "rank": NotRequired[int | None],
        "scope": NotRequired[str],
        "source": str,
        "dated": str,
        "is_official": NotRequired[bool],
    },
)
NewTarget = TypedDict(
    "NewTarget",
    {
        "indicator": str,
        "year": int,
        "unit": NotRequired[str | None],
        "amount": str,
        "phases": NotRequired[list[Any] | None],
        "document": str,
        "issued_on": str,
    },
)


class Figures(Caller):
    """A method for each operation."""

    def figures_cities_table(self, indicator: str | int, *, period: str | None = None) -> Any:
        """Cities side by side, from roll-ups."""
        return self.call("GET", "/api/cities/{indicator}", {"indicator": indicator}, query={"period": period})

    def figures_external(self, *, indicator: str | None = None, period: str | None = None) -> Any:
        """External figures."""
        return self.call("GET", "/api/external-figures", {}, query={"indicator": indicator, "period": period})

    def figures_new_external(self, *, body: "NewExternal", idempotency_key: str | None = None) -> Any:
        """Enter an external figure."""
        return self.call("POST", "/api/external-figures", {}, body=body, idempotency_key=idempotency_key)

    def figures_import_externals(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Import a list of external figures."""
        return self.call(
            "POST", "/api/external-figures/import", {}, files=files, form=form, idempotency_key=idempotency_key
        )

    def figures_one_figure(
        self,
        indicator: str | int,
        *,
        period: str | None = None,
        unit: str | None | None = None,
        version: str | None | None = None,
    ) -> Any:
        """One figure with growth, progress and parts."""
        return self.call(
            "GET",
            "/api/figures/{indicator}",
            {"indicator": indicator},
            query={"period": period, "unit": unit, "version": version},
        )

    def figures_indicators(
        self,
    ) -> Any:
        """The indicator dictionary with its versions."""
        return self.call("GET", "/api/indicators", {})

    def figures_league_table(
        self, indicator: str | int, *, period: str | None = None, version: str | None | None = None
    ) -> Any:
        """The league table of the units."""
        return self.call(
            "GET", "/api/league/{indicator}", {"indicator": indicator}, query={"period": period, "version": version}
        )

    def figures_targets(self, *, indicator: str | None = None, year: int | None = None) -> Any:
        """Targets in force in a year."""
        return self.call("GET", "/api/targets", {}, query={"indicator": indicator, "year": year})

    def figures_new_target(self, *, body: "NewTarget", idempotency_key: str | None = None) -> Any:
        """Record a target."""
        return self.call("POST", "/api/targets", {}, body=body, idempotency_key=idempotency_key)
