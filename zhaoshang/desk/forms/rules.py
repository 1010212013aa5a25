"""A draft of rules as a form: each rule with its number, its text and what its kind asks for, and the evidence matrix."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from zhaoshang.capital.rules import Kind, Proof
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, parse_month
from zhaoshang.desk.forms.payment import read_amount
from zhaoshang.desk.lists import as_number
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.rules import SourceClass
from zhaoshang.ui.widgets import MonthInput

RULE_KINDS = ("source", "threshold", "industry", "payment_kind", "pro_rata")
MOST_RULES, GROUPS = 40, 3


@dataclass(slots=True)
class RuleRow:
    """One rule as it stands in the form; ``minimum`` and ``percent`` are what was typed."""

    place: int
    kind: str
    no: str = ""
    text: str = ""
    counts: list[str] = field(default_factory=list)
    minimum: str = ""
    excluded: list[str] = field(default_factory=list)
    percent: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def content(self) -> dict[str, Any]:
        """The rule as the ledger reads it; what is wrong is put into ``errors``."""
        self.errors = [] if self.no.strip() else [_("请写编号。")]
        if not self.text.strip():
            self.errors.append(_("请写条文；它会显示在每一笔到账旁边。"))
        rule: dict[str, Any] = {"no": self.no.strip(), "kind": self.kind, "text": self.text.strip()}
        return rule | self._particulars()

    def _particulars(self) -> dict[str, Any]:
        match self.kind:
            case "source":
                if not self.counts:
                    self.errors.append(_("至少选一种来源，否则什么都不计入。"))
                return {"counts": [one for one in self.counts if one in set(SourceClass)]}
            case "threshold":
                return {"minimum_contract_fen": self._minimum_fen()}
            case "industry":
                return {"excluded": [one for one in self.excluded if one in INDUSTRIES]}
            case "payment_kind":
                return {"percent": self._percents()}
        return {}

    def _minimum_fen(self) -> int:
        try:
            return read_amount(self.minimum, "万元")
        except forms.ValidationError as error:
            self.errors += error.messages
            return 0

    def _percents(self) -> dict[str, int]:
        found = {}
        for kind, typed in self.percent.items():
            if (percent := as_number(typed)) is None or percent > 100:
                self.errors.append(_("比例须为 0 至 100 的整数。"))
            elif percent != 100:
                found[kind] = percent
        return found


def rows_of(content: dict[str, Any]) -> list[RuleRow]:
    """The form's rows of stored content."""
    return [
        RuleRow(
            place=place,
            kind=rule["kind"],
            no=rule["no"],
            text=rule["text"],
            counts=list(rule.get("counts", [])),
            minimum=_wan(rule.get("minimum_contract_fen", 0)),
            excluded=list(rule.get("excluded", [])),
            percent={str(kind): str(rule.get("percent", {}).get(kind, 100)) for kind in Kind},
        )
        for place, rule in enumerate(content["rules"])
    ]


def _wan(fen: int) -> str:
    return f"{in_unit(fen, '万元').normalize() + Decimal(0):f}" if fen else ""


def rows_from(post: QueryDict) -> list[RuleRow]:
    """The rows as posted, in their order."""
    rows = []
    for place in range(MOST_RULES):
        name = f"rule-{place}"
        kind = post.get(f"{name}-kind", "")
        if kind in RULE_KINDS:
            rows.append(
                RuleRow(
                    place=place,
                    kind=kind,
                    no=post.get(f"{name}-no", "")[:20],
                    text=post.get(f"{name}-text", "")[:400],
                    counts=post.getlist(f"{name}-counts"),
                    minimum=post.get(f"{name}-minimum", ""),
                    excluded=post.getlist(f"{name}-excluded"),
                    percent={str(one): post.get(f"{name}-percent-{one}", "100").strip() for one in Kind},
                )
            )
    return rows


def rearranged(rows: list[RuleRow], step: str, new_kind: str) -> list[RuleRow]:
    """The rows after a button: ``add``, ``remove-2``, ``up-2``, ``down-2``; any other leaves them as they are."""
    verb, _dash, at = step.partition("-")
    place = next((place for place in range(len(rows)) if str(place) == at), -1)
    rows = list(rows)
    if verb == "add" and new_kind in RULE_KINDS and len(rows) < MOST_RULES:
        percent = {str(kind): "100" for kind in Kind}
        rows.append(RuleRow(len(rows), new_kind, no=str(len(rows) + 1), percent=percent))
    elif verb == "remove" and place >= 0:
        del rows[place]
    elif verb in ("up", "down") and place >= 0:
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        row.place = number
    return rows


Matrix = dict[str, dict[str, int]]


def matrix_of(content: dict[str, Any]) -> Matrix:
    """Kind of payment → kind of evidence → its group (0: not asked for)."""
    needed = content.get("evidence", {})
    return {
        str(kind): {
            str(proof): next((n for n, group in enumerate(needed.get(kind, []), start=1) if proof in group), 0)
            for proof in Proof
        }
        for kind in Kind
    }


def matrix_from(post: QueryDict) -> Matrix:
    """The matrix as posted."""
    allowed = {str(group): group for group in range(GROUPS + 1)}
    return {
        str(kind): {str(proof): allowed.get(post.get(f"proof-{kind}-{proof}", "0"), 0) for proof in Proof}
        for kind in Kind
    }


def evidence_of(matrix: Matrix) -> dict[str, list[list[str]]]:
    """The matrix as the ledger reads it: of each group one kind suffices."""
    needed: dict[str, list[list[str]]] = {}
    for kind, proofs in matrix.items():
        groups = [[proof for proof, one in proofs.items() if one == group] for group in range(1, GROUPS + 1)]
        if any(groups):
            needed[kind] = [group for group in groups if group]
    return needed


class HeadForm(forms.Form):
    """What a rule set is called, what it rests on, and from which month it holds."""

    title = forms.CharField(max_length=120)
    source = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    valid_from = forms.CharField(max_length=7, widget=MonthInput)
    computed_from = forms.CharField(max_length=7, required=False, widget=MonthInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            "title": _("名称"),
            "source": _("依据"),
            "valid_from": _("自哪个月起适用"),
            "computed_from": _("自哪个月起回算"),
        }
        for name, text in names.items():
            self.fields[name].label = text

    def _month(self, name: str) -> int | None:
        text = self.cleaned_data.get(name, "")
        try:
            return parse_month(text) if text else None
        except NotAPeriod:
            raise forms.ValidationError(_("请写成 2023-01。")) from None

    def clean_valid_from(self) -> int | None:
        """A month number."""
        return self._month("valid_from")

    def clean_computed_from(self) -> int | None:
        """A month number, if any."""
        return self._month("computed_from")

    def clean(self) -> dict[str, Any]:
        """Totals are restated back, never only from later on."""
        given: dict[str, Any] = super().clean() or {}
        first, back = given.get("valid_from"), given.get("computed_from")
        if first is not None and back is not None and back > first:
            self.add_error("computed_from", _("回算的月份不能晚于适用的月份。"))
        given["computed_from"] = first if back is None else back
        return given


class NewForm(HeadForm):
    """A new draft: its code, and the set that it starts from."""

    code = forms.SlugField(max_length=40)
    base = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, bases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        base = self.fields["base"]
        assert isinstance(base, forms.ChoiceField)
        base.choices = [("", _("空白")), *bases]
        base.label, self.fields["code"].label = _("以哪一版为底稿"), _("代号")

    def clean_code(self) -> str:
        """Not a word that is an address of its own."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError(_("请换一个代号。"))
        return code
