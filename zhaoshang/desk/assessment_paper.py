"""An assessment as a file: the table with every article's points and how they came about, as xlsx and as a paper."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.assessments.queries import Result
from zhaoshang.assessments.rules.states import STATE_LABELS, State
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.assessed import Names, ordered, points_shown, said, with_unit
from zhaoshang.desk.context import named
from zhaoshang.ui.documents.kept import document_from
from zhaoshang.ui.documents.model import Document
from zhaoshang.ui.filters import clause, date_, period


def explained(result: Result, names: Names) -> tuple[list[Column], list[list[Value]]]:
    """One row for each unit and article: points, formula and inputs."""
    columns = [
        Column(_("组别")),
        Column(_("名次"), "integer", width=8),
        Column(_("地区"), width=18),
        Column(_("总分"), "amount", places=result.scheme.places),
        Column(_("条"), width=8),
        Column(_("名称"), width=20),
        Column(_("得分"), "amount", places=result.scheme.places),
        Column(_("算式"), width=60),
        Column(_("依据的数"), width=60),
        Column(_("说明"), width=40),
    ]
    rows: list[list[Value]] = []
    for row in ordered(result):
        unit, given = named(result.units[row["unit"]]), result.last.inputs[row["unit"]]
        for line, got in zip(result.scheme.lines, row["lines"], strict=True):
            told = [said(got["note"]), *(said(one) for one in row["notes"])]
            rows.append(
                [
                    row["group"],
                    row["rank"],
                    unit,
                    _number(row["total"]),
                    line.no,
                    line.name,
                    _number(got["points"]),
                    got["formula"],
                    _inputs(names, line.keys, given),
                    _("；").join(filter(None, told)),
                ]
            )
    return columns, rows


def _number(text: str | None) -> Value:

    return None if text is None else Decimal(text)


def _inputs(names: Names, keys: tuple[str, ...], given: dict[str, Any]) -> str:
    """Each input of an article with its value and the document that it stands in, or why it is missing."""
    return _("；").join(f"{names.name(key)} {_input(names, key, given[key])}" for key in keys)


def _input(names: Names, key: str, one: dict[str, Any]) -> str:
    if one["value"] is None:
        return f"—（{said(one.get('note'))}）"
    document = one.get("document", "")
    return with_unit(one["value"], names.unit(key)) + (f"（{document}）" if document else "")


def notes_of(result: Result) -> list[tuple[str, str]]:
    """What a file says about itself."""
    one = result.assessment
    return [
        (_("办法"), f"{one.regulation.title} {one.regulation.document}"),
        (_("时期"), period(one.period)),
        (_("状态"), _(STATE_LABELS[State(one.state)])),
        (
            _("账本"),
            _("第 %(seq)s 条，摘要 %(digest)s") % {"seq": result.last.ledger_seq, "digest": result.last.ledger_digest},
        ),
        (_("摘要"), one.digest or result.last.digest),
    ]


def document_of(result: Result, names: Names, issuer: str) -> Document:
    """The table and each unit's explanation as a paper in the language of the page."""
    one = result.assessment
    language: Any = "en" if (get_language() or "").startswith("en") else "zh"
    paper = {
        "title": one.title,
        "number": "",
        "issuer": issuer,
        "recipients": "",
        "dated": timezone.localdate(one.final_at or one.shown_at or one.drafted_at),
        "blocks": [
            _block("paragraph", _head(result)),
            _heading(_("得分和名次")),
            _table(result),
            _heading(_("各地区各条的算法")),
            *(block for row in ordered(result) for block in _unit_blocks(result, names, row)),
        ],
        "sources": [],
        "notes": [] if one.state == State.FINAL else [_("未定稿，得分可能因异议处理而变动。")],
        "checkpoint": "；".join(f"{name} {text}" for name, text in notes_of(result)[-2:]),
        "sample": one.is_sample,
    }
    return document_from(paper, language)


def _head(result: Result) -> str:
    one, regulation = result.assessment, result.assessment.regulation
    words = _(
        "%(period)s各地区得分，按《%(title)s》（%(document)s）计算。得分保留 %(places)s 位小数，各项先不修约、总分修约一次。"
    )
    filled = words % {
        "period": period(one.period),
        "title": regulation.title,
        "document": regulation.document,
        "places": result.scheme.places,
    }
    if one.objections_from is None:
        return filled
    window = {"first": date_(one.objections_from), "last": date_(one.objections_until)}
    return filled + _("异议期 %(first)s 至 %(last)s。") % window


def _block(kind: str, text: str) -> dict[str, Any]:
    return {"kind": kind, "runs": [{"text": text}]}


def _heading(text: str, level: int = 1) -> dict[str, Any]:
    return {**_block("heading", text), "level": level}


def _table(result: Result) -> dict[str, Any]:
    rows = [
        [
            named(result.units[row["unit"]]),
            row["group"] or "—",
            points_shown(row["total"], result.scheme.places) or "—",
            str(row["rank"] or "—"),
        ]
        for row in ordered(result)
    ]
    return {
        "kind": "table",
        "caption": result.assessment.title,
        "unit_note": _("单位：分"),
        "columns": [_("地区"), _("组别"), _("得分"), _("名次")],
        "rows": [[[{"text": cell}] for cell in row] for row in rows],
    }


def _unit_blocks(result: Result, names: Names, row: dict[str, Any]) -> list[dict[str, Any]]:
    given = result.last.inputs[row["unit"]]
    total = points_shown(row["total"], result.scheme.places) or _("待定")
    found = [_heading(f"{named(result.units[row['unit']])} {total}", 2)]
    for line, got in zip(result.scheme.lines, row["lines"], strict=True):
        points = points_shown(got["points"], result.scheme.places) or _("待定")
        told = _("；").join(filter(None, [got["formula"], said(got["note"]), _inputs(names, line.keys, given)]))
        found.append(_block("paragraph", f"{clause(line.no)} {line.name} {points}{_('：')}{told}"))
    found += [_block("paragraph", said(note)) for note in row["notes"]]
    return found
