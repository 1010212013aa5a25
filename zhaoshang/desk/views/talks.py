"""First talks: the list, one talk with its timeline, claiming one, and what its holder does with it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.capital.hiding import sought
from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.proofs import LARGEST_BYTES
from zhaoshang.desk.forms.talks import ClaimForm
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.desk.local_rules_shown import standing_words
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import handed_out
from zhaoshang.desk.talks_shown import (
    claim_columns,
    claim_row,
    finding_rows,
    holding_columns,
    holding_rows,
    state_of,
    story_lines,
    until_words,
)
from zhaoshang.desk.views.projects import MOST_EXPORTED, found_project
from zhaoshang.machines.handing import SentIn
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.rulesets.kinds import InForce
from zhaoshang.talks import claiming
from zhaoshang.talks.claiming import Proof
from zhaoshang.talks.finding import Subject, subject_of
from zhaoshang.talks.models import Talk, TalkEvidence
from zhaoshang.talks.queries import claims, in_state, lapsing, story_of
from zhaoshang.talks.refusals import Held, TextMissing
from zhaoshang.talks.rules import (
    EVIDENCE_LABELS,
    NOTE_LABELS,
    STATE_LABELS,
    WRITTEN,
    NoteKind,
    Outcome,
    State,
    may_renew,
)
from zhaoshang.talks.terms import TALKS, terms_for
from zhaoshang.ui.filters import moment, named, wan

FILTERS = dict.fromkeys(("whose", "state", "lapsing", "unit", "q"))
LAPSING_DAYS = (7, 14, 30)


@desk_page(Can.READ_PAYMENTS)
def talk_list(request: Any) -> HttpResponse:
    """The claims that the viewer may see, the latest first."""
    viewer, wanted, today = request.viewer, chosen(request, FILTERS), timezone.localdate()
    rows = _filtered(viewer, wanted, today)
    if request.GET.get("xlsx"):
        return _as_sheet(rows, today)
    page = page_of(request, rows)
    units = [(unit.code, named(unit)) for unit in ReportingUnit.objects.of(viewer.city)]
    shown = {
        "page": page,
        "columns": claim_columns(),
        "rows": [claim_row(one, today, viewer) for one in page.rows],
        "wanted": wanted,
        "whose": [("", _("全部")), ("mine", _("本地区持有")), ("others", _("他区持有"))] if viewer.unit_ids else [],
        "states": [("", _("全部")), *((str(one), _(text)) for one, text in STATE_LABELS.items())],
        "days": [("", _("不限")), *((str(one), _("%(days)s 天内") % {"days": one}) for one in LAPSING_DAYS)],
        "units": [("", _("全部")), *units] if viewer.sees_all_units else [],
        "may_claim": viewer.can(Can.TALK),
        "xlsx_url": address(request, xlsx="1"),
        "rules": standing_words(TALKS.on(viewer.city, today)),
    }
    return render(request, "desk/talks/list.html", shown)


def _filtered(viewer: Viewer, wanted: dict[str, str], today: date) -> Any:
    rows = claims(viewer)
    if wanted.get("whose") in ("mine", "others"):
        own = {"unit_id__in": viewer.unit_ids}
        rows = rows.filter(**own) if wanted["whose"] == "mine" else rows.exclude(**own)
    if wanted.get("state") in list(State):
        rows = in_state(rows, State(wanted["state"]), today)
    if wanted.get("lapsing", "") in map(str, LAPSING_DAYS):
        rows = lapsing(rows, today, int(wanted["lapsing"]))
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    if text := wanted.get("q"):
        rows = rows.filter(sought(viewer, text, "talk__investor"))
    return rows


def _as_sheet(rows: Any, today: date) -> HttpResponse:
    heads = [
        Column(_("投资方"), width=32),
        Column(_("拟投资内容"), width=32),
        Column(_("行业")),
        Column(_("拟投资额（万元）"), "amount"),
        Column(_("持有地区")),
        Column(_("登记时间"), width=18),
        Column(_("保护至"), "date"),
        Column(_("状态")),
        Column(_("项目编号"), width=16),
    ]
    lines = [_sheet_line(one, today) for one in rows.order_by("-id")[:MOST_EXPORTED]]
    return sheet(heads, lines, _("首谈登记"), [])


def _sheet_line(one: Any, today: date) -> list[Value]:
    talk = one.talk
    held = [named(one.unit), moment(one.claimed_at), one.protected_until, state_of(one, today, one.disputed)["text"]]
    code = talk.project.code if talk.project else ""
    return [talk.investor, talk.title, talk.industry, in_unit(talk.amount_fen, "万元"), *held, code]


def found_talk(viewer: Viewer, key: UUID) -> Talk:
    """The talk, if the viewer may see it; hidden and absent are the same 404."""
    rows = Talk.objects.visible_to(viewer).select_related("city", "project")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def talk_open(request: Any, key: UUID) -> HttpResponse:
    """One talk: who holds it until when, whether it can be renewed, and everything that happened."""
    viewer, today = request.viewer, timezone.localdate()
    talk = found_talk(viewer, key)
    story = story_of(talk, viewer)
    claim = story.claims[-1]
    disputed = any(one.outcome == Outcome.OPEN and one.claim_id == claim.pk for one in story.disputes)
    in_force = not claim.ended and claim.protected_until >= today
    holds = in_force and viewer.can(Can.TALK) and claim.unit_id in viewer.unit_ids
    findings = claiming.findings_for(claim, today) if in_force and viewer.sees_unit(claim.unit_id) else []
    shown = {
        "talk": talk,
        "claim": claim,
        "state": state_of(claim, today, disputed),
        "until": until_words(claim, today),
        "facts": _facts(talk, named(claim.unit)),
        "findings": finding_rows(findings),
        "may_renew": holds and may_renew(findings),
        "holds": holds,
        "may_move": holds and not disputed,
        "may_dispute": in_force and viewer.can(Can.TALK) and claim.unit_id not in viewer.unit_ids,
        "lines": story_lines(story),
        "kinds": [(str(one), _(NOTE_LABELS[one])) for one in WRITTEN],
        "evidence": [(one, _(EVIDENCE_LABELS[one])) for one in terms_for(claim).evidence] if holds else [],
        "today": today.isoformat(),
        "rules": standing_words(InForce(TALKS, claim.rules)),
    }
    return render(request, "desk/talks/talk.html", shown)


def _facts(talk: Talk, unit: str) -> list[tuple[str, str]]:
    rows = [
        (_("持有地区"), unit),
        (_("拟投资内容"), talk.title),
        (_("统一社会信用代码"), talk.uscc),
        (_("行业"), f"{talk.industry} {_(INDUSTRIES[talk.industry])}"),
        (_("拟投资额"), f"{wan(talk.amount_fen, 0)} " + _("万元")),
    ]
    return [(name, text) for name, text in rows if text]


def own_units(viewer: Viewer) -> list[ReportingUnit]:
    """The units that the viewer works for, in their order. One query."""
    return list(ReportingUnit.objects.of(viewer.city).select_related("city").filter(pk__in=viewer.unit_ids))


@desk_page(Can.TALK, methods=("GET", "POST"))
def talk_new(request: Any) -> HttpResponse:
    """Claim a first talk; who holds it already is told here."""
    viewer, code = request.viewer, request.GET.get("project", "")[:30]
    project = found_project(request, code) if code else None
    rules = TALKS.on(viewer.city, timezone.localdate())
    terms, units, held = rules.read, own_units(viewer), []
    form = ClaimForm(request.POST or None, request.FILES or None, units=units, project=project, terms=terms)
    if request.method == "POST" and form.is_valid():
        try:
            claim = _claim(request, form, units)
        except Held as refusal:
            held = holding_rows(viewer, refusal.holdings)
            form.fields["nevertheless"].required = not refusal.sure
            form.add_error(None if refusal.sure else "nevertheless", say(refusal, viewer))
        except Refused as refusal:
            form.add_error(None, say(refusal, viewer))
        else:
            messages.success(
                request, _("已登记首谈，%(until)s。") % {"until": until_words(claim, timezone.localdate())}
            )
            return redirect("desk:talk", claim.talk_id)
    shown = {
        "form": form,
        "project": project,
        "held": held,
        "held_columns": holding_columns(),
        "days": terms.protected_days,
        "rules": standing_words(rules),
    }
    return render(request, "desk/talks/new.html", shown, status=422 if form.errors else 200)


def _claim(request: Any, form: ClaimForm, units: list[ReportingUnit]) -> Any:
    given, project = form.cleaned_data, form.project
    if project is not None:
        subject = subject_of(project)
        unit = next((one for one in units if one.pk in (project.unit_id, project.follower_id)), units[0])
    else:
        names = {name: given[name] for name in ("investor", "uscc", "title", "industry")}
        subject, unit = Subject(**names, amount_fen=form.amount_fen), form.by_code[given["unit"]]
    said = {"nevertheless": given["nevertheless"], "by": request.viewer.user, "at": timezone.now()}
    return claiming.register_claim(unit=unit, subject=subject, proof=_proof(request), **said)


def _proof(request: Any) -> Proof:
    file = request.FILES.get("file")
    content, name = (file.read(LARGEST_BYTES + 1), file.name or "") if file else (b"", "")
    kind, document = request.POST.get("kind", ""), request.POST.get("document", "")[:200]
    return Proof(kind=kind, document=document, content=content, name=name)


def _done(request: Any, key: UUID, act: Callable[[Talk], Any], said: str) -> HttpResponse:
    """Do it, say how it went, and go back to the talk."""
    talk = found_talk(request.viewer, key)
    try:
        act(talk)
    except Refused as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, said)
    return redirect("desk:talk", key)


def _by(request: Any) -> dict[str, Any]:
    return {"by": request.viewer.user, "at": timezone.now()}


@desk_page(Can.TALK, methods=("POST",))
def talk_note(request: Any, key: UUID) -> HttpResponse:
    """Write how the talk goes, or a visit."""
    given = request.POST

    def act(talk: Talk) -> None:
        kind = given.get("kind", "")
        if kind not in WRITTEN:
            raise TextMissing
        text, on = given.get("text", "")[:400], _day(given.get("on", ""))
        claiming.write_note(talk=talk, kind=NoteKind(kind), on=on, text=text, **_by(request))

    return _done(request, key, act, _("已记下。"))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise TextMissing
    return day


@desk_page(Can.TALK, methods=("POST",))
def talk_proof(request: Any, key: UUID) -> HttpResponse:
    """Add a document on which the claim stands."""

    def act(talk: Talk) -> None:
        claiming.attach_talk_evidence(talk=talk, proof=_proof(request), **_by(request))

    return _done(request, key, act, _("凭据已附上。"))


@desk_page(Can.TALK, methods=("POST",))
def talk_renew(request: Any, key: UUID) -> HttpResponse:
    """Protect for longer."""
    return _done(request, key, lambda talk: claiming.renew_claim(talk=talk, **_by(request)), _("已续期。"))


@desk_page(Can.TALK, methods=("POST",))
def talk_release(request: Any, key: UUID) -> HttpResponse:
    """Give it up."""
    reason = request.POST.get("reason", "")[:400]
    said = _("已放弃这个首谈，其他地区可以登记。")
    return _done(request, key, lambda talk: claiming.release_claim(talk=talk, reason=reason, **_by(request)), said)


@desk_page(Can.READ_PAYMENTS)
def talk_evidence(request: Any, key: UUID) -> HttpResponse:
    """The file, to be saved; its bytes are checked against their digest. Only of what the viewer's unit held itself."""
    viewer = request.viewer
    rows = TalkEvidence.objects.of(viewer.city).exclude(digest="").select_related("city")
    rows = rows if viewer.sees_all_units else rows.filter(claim__unit_id__in=viewer.unit_ids)
    secret = hidden_from(viewer).filter(project_id=OuterRef("claim__talk__project_id"))
    paper = get_object_or_404(rows.filter(~Exists(secret)), pk=key)
    return handed_out(request, SentIn(paper.city.code, paper.digest, paper.mime, paper.name))
