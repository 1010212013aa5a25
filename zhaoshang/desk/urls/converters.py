"""A reporting period in an address: ``2023Q1``, ``2023-03``, and a run of months as ``2023-01_2023-09``."""

from django.urls import register_converter

from zhaoshang.common.periods import NotAPeriod, Period


class PeriodConverter:
    """``/`` separates parts of an address, so a run of months is written with ``_``."""

    regex = r"\d{4}(?:[QH]\d|-\d{2}(?:_\d{4}-\d{2})?)?"

    def to_python(self, value: str) -> Period:
        """The period; ``ValueError`` (which Django answers with 404) when it is none."""
        try:
            return Period.parse(value.replace("_", "/"))
        except NotAPeriod as error:
            raise ValueError(value) from error

    def to_url(self, value: Period | str) -> str:
        """The address form."""
        return str(value).replace("/", "_")


register_converter(PeriodConverter, "period")
