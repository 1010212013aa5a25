"""A payment told to people: its columns in words, what may be done with it now, and what the diary knows of it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhaoshang.capital.currencies import CURRENCIES, Foreign, amount_text, rate_text
from zhaoshang.capital.models import Evidence, EvidenceFile, Payment
from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, PROOF_LABELS, Kind, Origin, Proof, Standing
from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import N_
from zhaoshang.desk.diary_words import WORDS
from zhaoshang.people.models import Event
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Region
from zhaoshang.regions.rules import FOREIGN_CODE, SOURCE_CLASS_LABELS, SourceClass
from zhaoshang.review.queries import Difference
from zhaoshang.ui.filters import called, moment, month, named, percent, yuan

KINDS = {
    "capital.payment.declared": "todo",
    "capital.payment.opposite_declared": "todo",
    "capital.payment.amended": "todo",
    "capital.evidence.attached": "todo",
    "capital.evidence.detached": "warn",
    "capital.evidence.damaged": "stop",
    "capital.payment.verified": "ok",
    "capital.payment.returned": "stop",
}
COLUMN_LABELS = {
    "paid_on": N_("到账日期"),
    "amount_fen": N_("到位金额"),
    "source_code": N_("资金来源地"),
    "source_class": N_("来源类别"),
    "kind": N_("资金类型"),
    "origin": N_("新建或续建"),
    "industry": N_("行业"),
    "contract_fen": N_("合同额"),
    "outside_share_bp": N_("外来股比"),
    "payer": N_("付款单位"),
    "bank_serial": N_("银行流水号"),
    "note": N_("备注"),
    "counts_because": N_("计入理由"),
    "currency": N_("币种"),
    "foreign_minor": N_("原币金额（最小单位）"),
    "rate_e8": N_("汇率"),
    "rate_on": N_("汇率日期"),
    "rate_source": N_("汇率来源"),
    "evidence": N_("凭证"),
}
_IN_WORDS: dict[str, Callable[[str], str]] = {
    "amount_fen": lambda text: f"{yuan(int(text))} " + _("元"),
    "contract_fen": lambda text: f"{exact_wan(int(text))} " + _("万元"),
    "source_code": lambda text: source_name(text),
    "source_class": lambda text: _(SOURCE_CLASS_LABELS[SourceClass(text)]),
    "kind": lambda text: _(KIND_LABELS[Kind(text)]),
    "origin": lambda text: _(ORIGIN_LABELS[Origin(text)]),
    "industry": lambda text: f"{text} {_(INDUSTRIES[text])}",
    "currency": lambda text: f"{text} {_(CURRENCIES[text].label)}",
    "rate_e8": lambda text: rate_text(int(text)),
    "outside_share_bp": lambda text: percent(Decimal(text) / 100, 2 if int(text) % 100 else 0),
}


def exact_wan(fen: int) -> str:
    """万元, exact: two decimals, more where the amount has them."""
    whole = in_unit(fen, "万元")
    places = max(2, -int(whole.normalize().as_tuple().exponent))
    return f"{whole:,.{places}f}"


def facts(payment: Payment) -> list[tuple[str, str]]:
    """Every column that a person declared or that was copied from the project, by name; empty ones are left out."""
    shown = ["amount_fen", "paid_on", "source_code", "source_class", "kind", "origin", "payer", "bank_serial"]
    shown += ["industry", "contract_fen", "outside_share_bp", "note", "counts_because"]
    rows = [(_("地区"), named(payment.unit)), (_("报告月份"), month(payment.report_month))]
    rows += [(_(COLUMN_LABELS[column]), in_words(column, str(getattr(payment, column)))) for column in shown]
    if kept := payment.foreign:
        rows[3:3] = [
            (_("原币金额"), original(kept)),
            (_("折算"), conversion(kept, payment.amount_fen)),
            (_("汇率来源"), f"{kept.source}（{kept.rate_on}）"),
        ]
    return [(name, text) for name, text in [*rows, (_("报表行号"), payment.row_key)] if text]


def original(foreign: Foreign) -> str:
    """The amount as it arrived: 1,200,000.00 美元（USD）."""
    whole, dot, rest = amount_text(foreign.minor, foreign.currency).partition(".")
    return f"{int(whole):,}{dot}{rest} {_(CURRENCIES[foreign.currency].label)}（{foreign.currency}）"


def conversion(foreign: Foreign, fen: int) -> str:
    """How it became yuan: 1,200,000.00 美元（USD）× 7.1234（2023-03-06）= 8,548,080.00 元."""
    return f"{original(foreign)} × {rate_text(foreign.rate_e8)}（{foreign.rate_on}）= {yuan(fen)} " + _("元")


def in_words(column: str, text: str) -> str:
    """A stored value as people read it."""
    return _IN_WORDS[column](text) if text and column in _IN_WORDS else text


def source_name(code: str) -> str:
    """The name of a source region by its code."""
    if code == FOREIGN_CODE:
        return _("外国")
    region = Region.objects.filter(code=code).order_by("-valid_from").first()
    return named(region) if region else code


def told(payment: Payment, differences: Sequence[Difference]) -> list[dict[str, str | None]]:
    """Changed columns as the component shows a difference; files by their names."""
    digests = [text for one in differences if one.column == "evidence" for text in (one.before, one.after) if text]
    files = EvidenceFile.objects.of(payment.city_id).filter(digest__in=digests).values_list("digest", "name")
    names = dict(files)

    def words(column: str, text: str) -> str | None:
        return (names.get(text, text) if column == "evidence" else in_words(column, text)) or None

    return [
        {
            "label": _(COLUMN_LABELS.get(one.column, one.column)),
            "before": words(one.column, one.before),
            "after": words(one.column, one.after),
        }
        for one in differences
    ]


def evidence(payment: Payment) -> list[dict[str, Any]]:
    """The files that support the payment, and whether one was found damaged when somebody opened it."""
    rows = Evidence.objects.of(payment.city_id).filter(payment=payment).select_related("file", "attached_by")
    lines = Event.objects.of(payment.city_id).filter(about_id=str(payment.pk), verb="capital.evidence.damaged")
    damaged = {str(detail.get("file")) for detail in lines.order_by().values_list("detail", flat=True)}
    return [
        {
            "pk": one.pk,
            "file": one.file,
            "kind": _(PROOF_LABELS[Proof(one.kind)]),
            "by": one.attached_by,
            "at": one.attached_at,
            "damaged": one.file.digest in damaged,
        }
        for one in rows
    ]


def history(payment: Payment) -> list[dict[str, Any]]:
    """What the diary says of the payment, oldest first. Imports and withdrawals are written once for many payments, so
    they are told from the payment's own columns."""
    lines = Event.objects.of(payment.city_id).filter(about_id=str(payment.pk), verb__in=list(KINDS))
    items = [_line(line) for line in lines.select_related("by").order_by("at", "id")]
    if payment.batch:
        first = {"at": moment(payment.declared_at), "what": _("由工作簿导入"), "who": called(payment.declared_by)}
        items.insert(0, {**first, "kind": "todo"})
    if payment.standing == Standing.WITHDRAWN:
        decided_by = called(payment.decided_by) if payment.decided_by else ""
        last = {
            "at": moment(payment.decided_at),
            "what": str(WORDS["capital.payments.withdrawn"]),
            "who": decided_by,
            "kind": "off",
        }
        items.append({**last, "note": payment.return_reason})
    return items


def _line(line: Event) -> dict[str, Any]:
    before = line.detail.get("before", {})
    changed = _("、").join(_(COLUMN_LABELS.get(column, column)) for column in before)
    note = _("改动：%(columns)s") % {"columns": changed} if changed else str(line.detail.get("reason", ""))
    who = called(line.by) if line.by else _("系统")
    return {"at": moment(line.at), "what": str(WORDS[line.verb]), "who": who, "note": note, "kind": KINDS[line.verb]}


def allowed(viewer: Viewer, payment: Payment, month_open: bool, any_open: bool) -> dict[str, bool]:
    """What the viewer may do with the payment now; the pages show only these."""
    declares = viewer.can(Can.DECLARE) and viewer.sees_unit(payment.unit_id)
    waiting = payment.standing == Standing.DECLARED and month_open
    own = viewer.user is not None and same_person(payment.declared_by_id, viewer.user)
    whole = payment.reverses_id is None
    return {
        "amend": declares and waiting and whole,
        "attach": declares and waiting and whole,
        "withdraw": declares and waiting,
        "resubmit": declares and any_open and whole and payment.standing in (Standing.RETURNED, Standing.WITHDRAWN),
        "opposite": declares and any_open and whole and payment.standing == Standing.VERIFIED,
        "decide": viewer.can(Can.VERIFY) and waiting and not own,
    }
