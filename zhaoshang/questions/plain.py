"""An answer as plain JSON: one form for the API and whatever else reads it. Money is yuan as a decimal string."""

from typing import Any

from zhaoshang.common.money import yuan_text
from zhaoshang.questions.answering import Answer
from zhaoshang.questions.models import SavedQuestion
from zhaoshang.questions.rules import EMPTY, OTHER, Dimension, Key, Question


def answer_json(found: Answer) -> dict[str, Any]:
    """Rows in their order with a cell for each column, and totals of rows, columns and everything; null where there is no record."""
    question, grid = found.question, found.grid
    return {
        "question": question_json(question),
        "unit": "CNY" if question.measure.is_money else "count",
        "adds_up": question.measure.adds_up,
        "version": f"{found.version.indicator.code}@{found.version.code}" if found.version else None,
        "columns": [_key_json(found, question.columns, key) for key in grid.columns],
        "rows": [
            {
                "key": _key_json(found, question.rows, row),
                "cells": [_value(question, grid.values.get((row, column))) for column in grid.columns],
                "total": _value(question, grid.values.get((row, None))),
            }
            for row in grid.rows
        ],
        "column_totals": [_value(question, grid.values.get((None, column))) for column in grid.columns],
        "total": _value(question, grid.total),
        "left_out": {"rows": grid.more_rows, "columns": grid.more_columns},
    }


def question_json(question: Question) -> list[list[str]]:
    """The address's parameters as pairs."""
    return [list(pair) for pair in question.params()]


def saved_json(saved: SavedQuestion) -> dict[str, Any]:
    """A saved question; the owner by the name they sign in with."""
    return {
        "id": str(saved.pk),
        "title": saved.title,
        "owner": saved.owner.username,
        "shared": saved.is_shared,
        "question": saved.question,
        "saved_at": saved.saved_at,
    }


def _key_json(found: Answer, dimensions: tuple[Dimension, ...], key: Key) -> list[dict[str, str]]:
    if found.question.compare is not None and dimensions == ():
        return [{"dimension": "period", "value": value, "name": value} for value in key]
    return [
        {"dimension": one.code, "value": value, "name": _name(found, one, value)}
        for one, value in zip(dimensions, key, strict=True)
    ]


def _name(found: Answer, dimension: Dimension, value: str) -> str:
    """In Chinese, as the tables of names hold it."""
    if value in (OTHER, EMPTY) or dimension.span:
        return value
    if dimension.names == "unit":
        return str(found.names.units[value].name)
    if dimension.names == "region":
        return found.names.regions[value].name if value in found.names.regions else value
    return (
        found.names.projects.get(value, value) if dimension.names == "project" else dimension.values.get(value, value)
    )


def _value(question: Question, value: int | None) -> str | None:
    if value is None:
        return None
    return yuan_text(value) if question.measure.is_money else str(value)
