"""Writing bulletins: draft, preview, publication with everything frozen, withdrawal; and the published ones to read."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.bulletins import queries, writing
from zhaoshang.bulletins.blocks import BrokenBlocks, unbound
from zhaoshang.bulletins.drafting import NothingToSay
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.paper import paper_of
from zhaoshang.bulletins.printing import UnknownFigures
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.desk import drafts
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.lists import attachment, page_of
from zhaoshang.desk.shown import known_months, period_asked, periods_offered
from zhaoshang.figures.freezing import Drifted
from zhaoshang.people.rules import Can
from zhaoshang.publishing.releasing import GivesAway, release_bulletin
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.kept import document_from
from zhaoshang.ui.documents.model import Document
from zhaoshang.ui.documents.pdf import write_pdf

FORMS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (write_pdf, "application/pdf"),
}


def _found(request: Any, key: UUID) -> Bulletin:
    """The bulletin; a draft only for those who write."""
    try:
        return queries.bulletin_for(request.viewer, key)
    except Bulletin.DoesNotExist as absent:
        raise Http404 from absent


@desk_page(Can.READ_FIGURES)
def bulletin_list(request: Any) -> HttpResponse:
    """Bulletins, newest first; those who write can begin one here."""
    viewer = request.viewer
    months = known_months(viewer.city)
    page = page_of(request, queries.bulletins_for(viewer))
    shown = {
        "page": page,
        "columns": drafts.list_columns(),
        "rows": [drafts.list_row(one) for one in page.rows],
        "may_write": viewer.can(Can.WRITE_BULLETINS),
        "periods_offered": periods_offered(months, period_asked(request, months)) if months else [],
        "issuer": _("%(city)s招商引资主管部门") % {"city": named(viewer.city)},
    }
    return render(request, "desk/bulletins/list.html", shown)


@desk_page(Can.WRITE_BULLETINS, methods=("POST",))
def bulletin_new(request: Any) -> HttpResponse:
    """Draft from a period."""
    given = request.POST
    try:
        bulletin = writing.draft_bulletin(
            city=request.viewer.city, period=Period.parse(given.get("period", "")), issuer=given.get("issuer", "")[:80].strip(),
            dated=timezone.localdate(), by=request.viewer.user, at=timezone.now(),
        )  # fmt: skip
    except NotAPeriod:
        messages.error(request, _("没有选报告期。"))
    except NothingToSay:
        messages.error(request, _("这段时间没有可写的主要指标：不在账上，或跨了两种口径。请换一个报告期。"))
    else:
        return redirect("desk:bulletin_open", bulletin.pk)
    return redirect("desk:bulletin_list")


@desk_page(Can.READ_FIGURES)
def bulletin_open(request: Any, key: UUID) -> HttpResponse:
    """The editor of a draft; a published bulletin as it was printed, with what was corrected since beside it."""
    bulletin = _found(request, key)
    if bulletin.is_draft:
        return render(request, "desk/bulletins/edit.html", drafts.editor(request, bulletin))
    return render(
        request, "desk/bulletins/published.html", drafts.published(bulletin, request.viewer.can(Can.WRITE_BULLETINS))
    )


@desk_page(Can.WRITE_BULLETINS, methods=("POST",))
def bulletin_save(request: Any, key: UUID) -> HttpResponse:
    """Save the draft; ``do`` moves, adds or takes away a block on the way; ``publish`` leads on to the last look."""
    bulletin = _found(request, key)
    given = request.POST
    try:
        blocks, place = drafts.rearranged(drafts.posted_blocks(given), given.get("do", ""))
        writing.revise_bulletin(
            bulletin=bulletin,
            revision=drafts.as_int(given.get("revision")),
            head=_head(given),
            blocks=blocks,
            by=request.viewer.user,
            at=timezone.now(),
        )
    except (
        writing.NotDraft,
        writing.Changed,
        writing.NumberTaken,
        writing.HeadMissing,
        BrokenBlocks,
        UnknownFigures,
    ) as refusal:
        status = 409 if isinstance(refusal, writing.NotDraft | writing.Changed) else 422
        return render(
            request,
            "desk/bulletins/edit.html",
            drafts.editor(request, bulletin, given, drafts.say(refusal)),
            status=status,
        )
    if "publish" in given:
        return redirect("desk:bulletin_publish", bulletin.pk)
    if not place:
        messages.success(request, _("已保存。"))
    address = redirect("desk:bulletin_open", bulletin.pk)
    address["Location"] += place
    return address


def _head(given: QueryDict) -> writing.Head:
    """What the form says above and below the text, cut to what is kept."""
    words = {name: given.get(name, "")[:most] for name, most in drafts.LENGTHS.items()}
    try:
        dated = date.fromisoformat(given.get("dated", ""))
    except ValueError:
        dated = timezone.localdate()
    return writing.Head(**words, dated=dated)


@desk_page(Can.WRITE_BULLETINS, methods=("POST",))
def bulletin_preview(request: Any, key: UUID) -> HttpResponse:
    """The draft as it would be printed, from what is in the editor now; nothing is saved."""
    return render(request, "desk/bulletins/preview.html", drafts.preview(request, _found(request, key), request.POST))


@desk_page(Can.WRITE_BULLETINS)
def bulletin_figure(request: Any, key: UUID) -> HttpResponse:
    """The picker's answer: the chosen figure with what it prints, ready to be put into the text."""
    return render(request, "desk/bulletins/picked.html", drafts.picked(_found(request, key), request.GET))


@desk_page(Can.WRITE_BULLETINS, methods=("GET", "POST"), proof=True)
def bulletin_publish(request: Any, key: UUID) -> HttpResponse:
    """The last look: numbers that no figure answers for must be confirmed one by one; then everything is frozen."""
    bulletin = _found(request, key)
    if not bulletin.is_draft:
        return redirect("desk:bulletin_open", bulletin.pk)
    refused = ""
    if request.method == "POST":
        try:
            release_bulletin(
                bulletin=bulletin, revision=drafts.as_int(request.POST.get("revision")), waived=request.POST.getlist("waive"),
                few_reason=request.POST.get("few_reason", ""), by=request.viewer.user, at=timezone.now(),
            )  # fmt: skip
        except (
            writing.NotDraft,
            writing.Changed,
            writing.NumbersUnbound,
            UnknownFigures,
            Drifted,
            GivesAway,
        ) as refusal:
            refused = drafts.say(refusal)
        else:
            messages.success(request, _("已发布：数字已冻结，全文已签封。"))
            return redirect("desk:bulletin_open", bulletin.pk)
    shown = (
        drafts.preview(request, bulletin, None)
        | drafts.given_away(bulletin)
        | {
            "loose": unbound(bulletin.blocks),
            "refused": refused,
            "few_reason": request.POST.get("few_reason", ""),
            "waived": request.POST.getlist("waive"),
        }
    )
    return render(request, "desk/bulletins/publish.html", shown, status=422 if refused else 200)


@desk_page(Can.WRITE_BULLETINS, methods=("POST",), proof=True)
def bulletin_withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take a published bulletin back, with a reason that everybody can read."""
    bulletin = _found(request, key)
    try:
        writing.withdraw_bulletin(
            bulletin=bulletin, reason=request.POST.get("reason", "")[:400], by=request.viewer.user, at=timezone.now()
        )
    except (writing.NotPublished, writing.ReasonMissing) as refusal:
        messages.error(request, drafts.say(refusal))
    else:
        messages.success(request, _("已撤回。原文仍可查阅，并注明撤回原因。"))
    return redirect("desk:bulletin_open", bulletin.pk)


@desk_page(Can.WRITE_BULLETINS, methods=("POST",))
def bulletin_discard(request: Any, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    bulletin = _found(request, key)
    try:
        writing.discard_draft(bulletin=bulletin, by=request.viewer.user, at=timezone.now())
    except writing.NotDraft as refusal:
        messages.error(request, drafts.say(refusal))
        return redirect("desk:bulletin_open", bulletin.pk)
    messages.success(request, _("草稿已删除。"))
    return redirect("desk:bulletin_list")


@desk_page(Can.READ_FIGURES)
def bulletin_file(request: Any, key: UUID, ext: str) -> HttpResponse:
    """Word in the format of official papers, or PDF/A: of a draft as it stands, of a published bulletin exactly what was printed."""
    bulletin = _found(request, key)
    if ext not in FORMS:
        raise Http404
    write, mime = FORMS[ext]
    return attachment(write(document_from(paper_of(bulletin))), mime, f"{bulletin.title}.{ext}")
