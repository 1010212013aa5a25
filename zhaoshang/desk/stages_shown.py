"""How stages stand on the desk's pages: chains, what a gate wants and where to give it, the log in words."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.context import named
from zhaoshang.outreach.signings import signed_at
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.actions import works_on
from zhaoshang.projects.stages.correcting import rests_on_signing
from zhaoshang.projects.stages.log import days_of, stages_on
from zhaoshang.projects.stages.queries import kinds_held, log_of, missing_in, proofs_of
from zhaoshang.projects.stages.rules import (
    CHAIN_LABELS,
    ENTRY_KIND_LABELS,
    FROZEN_ONCE_SIGNED,
    REVIEWED,
    STANDING_LABELS,
    Chain,
    EntryKind,
    Missing,
    Stage,
    Standing,
    next_stage,
)
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called

PILLS = {Standing.OPEN: "ok", Standing.PAUSED: "wait", Standing.LOST: "stop", Standing.WITHDRAWN: "off"}


def stage_context(request: Any, project: Project) -> dict[str, Any]:
    """What the project's page and its stages' page share: chains, gates and the log."""
    viewer, today = request.viewer, timezone.localdate()
    stages, log, files = stages_on(project.city, today), log_of(project), proofs_of(project)
    held = {one.code: kinds_held(files, one.code) for one in stages}
    is_open = project.standing == Standing.OPEN
    sees = works_on(viewer, project)
    return {
        "stages": stages,
        "log": log,
        "proofs": files,
        "chains": chains(project, stages, log),
        "gates": gates(project, stages, held) if is_open else [],
        "event": event_shown(viewer, project, stages) if is_open and project.signed_on is None else None,
        "standing": (_(STANDING_LABELS[Standing(project.standing)]), PILLS[Standing(project.standing)]),
        "is_open": is_open,
        "may_advance": sees and viewer.can(Can.ADVANCE_STAGE),
        "may_skip": sees and viewer.can(Can.SKIP_STAGE),
        "may_correct": viewer.can(Can.CORRECT_PROJECT),
    }


def event_shown(viewer: Viewer, project: Project, stages: list[Stage]) -> dict[str, str] | None:
    """Where the project was signed while its stage is not there yet."""
    signing = signed_at(viewer, project)
    if signing is None:
        return None
    return {
        "title": signing.activity.title,
        "day": signing.day.isoformat(),
        "stage": stage_names(stages).get(project.promotion) or _("线索"),
        "href": reverse("desk:project_stages", args=[project.code]) + "#gate-signed",
    }


def chains(project: Project, stages: list[Stage], log: list[StageEntry]) -> list[dict[str, Any]]:
    """Both chains as lines of steps."""
    days, skipped = days_of(log), {one.stage for one in log if one.kind == EntryKind.SKIPPED}
    return [
        {
            "label": _(CHAIN_LABELS[chain]),
            "steps": [
                _step(one, getattr(project, chain), stages, days.get(one.code), one.code in skipped)
                for one in stages
                if one.chain == chain
            ],
        }
        for chain in Chain
    ]


def _step(stage: Stage, now: str, stages: list[Stage], day: Any, skipped: bool) -> dict[str, Any]:
    rank = next((one.rank for one in stages if one.code == now), 0)
    before = "done" if day or stage.rank == 1 else "skipped"
    state = "now" if stage.code == now else "todo" if stage.rank > rank else before
    return {
        "label": named(stage),
        "day": day.isoformat() if day else "",
        "state": state,
        "note": _("跳级") if skipped else "",
    }


def gates(project: Project, stages: list[Stage], held: dict[str, set[str]]) -> list[dict[str, Any]]:
    """The next stage of each chain with what it lacks; ``held``: kinds of evidence by stage."""
    found = []
    for chain in Chain:
        stage = next_stage(stages, chain, getattr(project, chain))
        if stage is not None:
            lacks = missing_in(project, stages, stage, held.get(stage.code, set()))
            shown = lacks_shown(project, stage, lacks)
            told = {"code": stage.code, "label": named(stage), "definition": stage.definition, "source": stage.source}
            found.append({**told, "chain": _(CHAIN_LABELS[chain]), "lacks": shown})
    return found


def lacks_shown(project: Project, stage: Stage, lacks: Iterable[Missing]) -> list[dict[str, Any]]:
    """What entering the stage lacks, each with the address where it is given."""
    return [_lack(project, stage, one) for one in lacks]


def _lack(project: Project, stage: Stage, lack: Missing) -> dict[str, Any]:
    page = reverse("desk:project_stages", args=[project.code])
    where = reverse("desk:project_amend", args=[project.code]) + f"#id_{lack.code}"
    kind = "review" if lack.code in REVIEWED else lack.kind
    places = {"field": where, "review": reverse("desk:contract", args=[project.code])}
    href = places.get(kind, f"{page}#proof-{stage.code}-{lack.code}")
    return {"label": _(lack.label), "href": href, "kind": kind, "code": lack.code}


def log_lines(log: list[StageEntry], stages: list[Stage]) -> list[dict[str, Any]]:
    """The log as a timeline, newest first."""
    names = stage_names(stages)
    return [
        {
            "at": entry.day.isoformat() if entry.day else f"{timezone.localdate(entry.entered_at):%Y-%m-%d}",
            "what": entry_words(entry, names),
            "who": called(entry.entered_by) if entry.entered_by else "",
            "note": entry_note(entry),
            "kind": {EntryKind.SKIPPED: "warn", EntryKind.CLOSED: "stop", EntryKind.CORRECTED: "warn"}.get(
                EntryKind(entry.kind), "ok"
            ),
        }
        for entry in reversed(log)
    ]


def stage_names(stages: list[Stage]) -> dict[str, str]:
    """The stages' names by code, in the language of the page."""
    return {one.code: named(one) for one in stages}


def entry_note(entry: StageEntry) -> str:
    """On what a line of the log stands, and why it was written."""
    return _("；").join(one for one in (entry.evidence, entry.reason, _lacked(entry)) if one)


def entry_words(entry: StageEntry, names: dict[str, str]) -> str:
    """What a line of the log tells, in words."""
    what = _(ENTRY_KIND_LABELS[EntryKind(entry.kind)])
    if entry.kind == EntryKind.CLOSED:
        what = _(STANDING_LABELS[Standing(entry.standing)])
        return what + (_("：") + entry.lost_to if entry.lost_to else "")
    if entry.kind == EntryKind.CORRECTED and entry.day is None:
        return _("更正：没有进入%(stage)s") % {"stage": names.get(entry.stage, entry.stage)}
    return what + (_("：") + names.get(entry.stage, entry.stage) if entry.stage else "")


def _lacked(entry: StageEntry) -> str:
    number = len(entry.rests_on.get("lacks", []))
    return _("跳过时缺 %(number)s 项材料") % {"number": number} if number else ""


def frozen(project: Project) -> tuple[str, ...]:
    """The fields that a signing rests on already."""
    return FROZEN_ONCE_SIGNED if rests_on_signing(project) else ()
