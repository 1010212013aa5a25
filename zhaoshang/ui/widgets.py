"""Inputs that a browser does not bring: amounts of money, months. For the fields of any door's forms."""

from typing import Any

from django import forms


class MoneyInput(forms.TextInput):
    """An amount typed as people write it (``1,234.5``), in ``unit`` (元, 万元 or 亿元); read back while it is typed."""

    kind = "money"

    def __init__(self, unit: str = "元", attrs: dict[str, Any] | None = None) -> None:
        self.unit = unit
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "data-money": unit} | (attrs or {}))


class MonthInput(forms.TextInput):
    """A month as ``2023-03``; a picker where the browser has one."""

    kind = "month"
    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"pattern": "[0-9]{4}-[0-9]{2}", "placeholder": "2023-03"} | (attrs or {}))


class FileDrop(forms.FileInput):
    """A file chosen or dropped; ``accept`` lists endings (``.xlsx,.csv``)."""

    kind = "file"

    def __init__(self, accept: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(({"accept": accept} if accept else {}) | (attrs or {}))
