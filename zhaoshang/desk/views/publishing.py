"""The publishing desk: articles from draft to their instant, corrections, withdrawal; what the public asks, and the answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.publishing import AnswerForm, ApproveForm, NewArticleForm, WordsForm, initial
from zhaoshang.desk.lists import address, as_number, chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.site_files import images_of
from zhaoshang.people.rules import Can
from zhaoshang.publishing import actions, asking, identity
from zhaoshang.publishing.models import ArticleVersion, PublicRequest
from zhaoshang.publishing.queries import terms_on
from zhaoshang.publishing.rules import (
    ASKED_LABELS,
    KIND_LABELS,
    OUTCOME_LABELS,
    STATE_LABELS,
    WAY_LABELS,
    Asked,
    Kind,
    Outcome,
    VersionState,
    Way,
    changes,
    parts,
)
from zhaoshang.ui.filters import called, date_, moment

PILLS = {
    VersionState.DRAFT: "todo",
    VersionState.SUBMITTED: "wait",
    VersionState.RETURNED: "warn",
    VersionState.APPROVED: "ok",
}
MOST_EXPORTED = 20_000
_REFUSALS = (
    actions.NotOpen,
    actions.Changed,
    actions.SamePerson,
    actions.TooEarly,
    actions.AlreadySeen,
    actions.ReasonMissing,
    actions.AlreadyWithdrawn,
    actions.HasOpenVersion,
    actions.WordsMissing,
    asking.AnswerMissing,
    asking.IdentityUnproven,
    identity.NotAboutPeople,
    identity.DocumentMissing,
    identity.NumberWritten,
    asking.AlreadyAnswered,
)


def _pill(version: ArticleVersion) -> dict[str, str]:
    """How far a version is; an approved one is scheduled, visible or called back."""
    if version.called_back_at:
        return {"text": _("已撤下"), "pill": "off"}
    if version.visible_from and version.visible_from > timezone.now():
        return {"text": _("定时发布"), "pill": "wait"}
    if version.visible_from:
        return {"text": _("已发布"), "pill": "ok"}
    state = VersionState(version.state)
    return {"text": _(STATE_LABELS[state]), "pill": PILLS[state]}


@desk_page(Can.WRITE_SITE, Can.PUBLISH_SITE)
def article_list(request: Any) -> HttpResponse:
    """The newest version of every article; filter by kind and state."""
    city, wanted = request.viewer.city, chosen(request, {"kind": "", "state": ""})
    rows = ArticleVersion.objects.of(city).select_related("article", "written_by")
    if "kind" in wanted:
        rows = rows.filter(article__kind=wanted["kind"])
    if "state" in wanted:
        rows = rows.filter(state=wanted["state"])
    page = page_of(request, rows)
    shown = {
        "page": page,
        "wanted": wanted,
        "columns": [
            {"key": "title", "label": _("标题"), "kind": "link", "head": True},
            {"key": "kind", "label": _("类别")},
            {"key": "number", "label": _("第几版"), "kind": "number"},
            {"key": "state", "label": _("状态"), "kind": "pill"},
            {"key": "from", "label": _("发布时刻"), "kind": "date"},
            {"key": "by", "label": _("撰写")},
        ],
        "rows": [
            {
                "_href": reverse("desk:article", args=[one.pk]),
                "title": {"text": one.title, "href": reverse("desk:article", args=[one.pk]), "note": one.article.code},
                "kind": _(KIND_LABELS[Kind(one.article.kind)]),
                "number": str(one.number),
                "state": {"text": _("已撤回"), "pill": "off"} if one.article.withdrawn_at else _pill(one),
                "from": moment(one.visible_from) if one.visible_from else None,
                "by": called(one.written_by),
            }
            for one in page.rows
        ],
        "kinds": [("", _("全部")), *((str(one), _(text)) for one, text in KIND_LABELS.items())],
        "states": [("", _("全部")), *((str(one), _(text)) for one, text in STATE_LABELS.items())],
        "may_write": request.viewer.can(Can.WRITE_SITE),
    }
    return render(request, "desk/publishing/list.html", shown)


@desk_page(Can.WRITE_SITE, methods=("GET", "POST"))
def article_new(request: Any) -> HttpResponse:
    """Begin an article."""
    form = NewArticleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.write_article(
                city=request.viewer.city, code=form.cleaned_data["code"], kind=Kind(form.cleaned_data["kind"]),
                words=form.words(), by=request.viewer.user, at=timezone.now(),
            )  # fmt: skip
        except actions.CodeTaken:
            form.add_error("code", _("这个地址名已有文章使用，请换一个。"))
        else:
            messages.success(request, _("已存为草稿。送审后由另一人批准发布。"))
            return redirect("desk:article", version.pk)
    return render(request, "desk/publishing/new.html", {"form": form}, status=422 if form.errors else 200)


def _found(request: Any, key: UUID) -> ArticleVersion:
    rows = ArticleVersion.objects.of(request.viewer.city).select_related(
        "article", "city", "written_by", "submitted_by", "decided_by"
    )
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.WRITE_SITE, Can.PUBLISH_SITE)
def article(request: Any, key: UUID) -> HttpResponse:
    """One version: as it will be read, its words to edit while they may change, and what can be done next."""
    return _shown(request, _found(request, key))


def _shown(request: Any, version: ArticleVersion, form: WordsForm | None = None) -> HttpResponse:
    viewer = request.viewer
    others = list(ArticleVersion.objects.of(version.city_id).filter(article=version.article).order_by("number"))
    before = next((one for one in others if one.number == version.number - 1), None)
    own = viewer.user.pk in (version.written_by_id, version.submitted_by_id)
    scheduled = bool(version.visible_from and version.visible_from > timezone.now()) and not version.called_back_at
    withdrawn = version.article.withdrawn_at
    may_write, may_publish = viewer.can(Can.WRITE_SITE), viewer.can(Can.PUBLISH_SITE)
    submitted = version.state == VersionState.SUBMITTED
    last = others[-1].pk == version.pk
    shown = {
        "version": version,
        "pill": {"text": _("已撤回"), "pill": "off"} if withdrawn else _pill(version),
        "facts": _facts(version),
        "parts": parts(version.body),
        "images": images_of(version),
        "may_add_image": may_write and version.is_editable,
        "parts_en": parts(version.body_en) if version.body_en else [],
        "changes": changes(f"{before.title}\n\n{before.body}", f"{version.title}\n\n{version.body}") if before else [],
        "versions": [(one.number, reverse("desk:article", args=[one.pk]), _pill(one)) for one in others],
        "form": (form or WordsForm(initial=initial(version))) if version.is_editable and may_write else None,
        "approve_form": ApproveForm() if submitted and may_publish and not own else None,
        "own_submitted": submitted and may_publish and own,
        "may_submit": version.is_editable and may_write,
        "may_call_back": scheduled and may_publish,
        "may_correct": may_write and last and version.state == VersionState.APPROVED and not withdrawn,
        "may_withdraw": may_publish and bool(version.visible_from) and not withdrawn,
        "public_url": request.build_absolute_uri(reverse("portal:article", args=[version.article.code])),
    }
    return render(request, "desk/publishing/article.html", shown, status=422 if form and form.errors else 200)


def _facts(version: ArticleVersion) -> list[tuple[str, str]]:
    rows = [
        (_("类别"), _(KIND_LABELS[Kind(version.article.kind)])),
        (_("文号"), version.document),
        (_("施行日期"), date_(version.valid_from) if version.valid_from else ""),
        (_("有效期至"), date_(version.valid_until) if version.valid_until else ""),
        (_("来源"), version.source_name),
        (_("原文地址"), version.source_url),
        (_("关键词"), version.keywords),
        (_("更正说明"), version.correction),
        (_("撰写"), f"{called(version.written_by)} {moment(version.written_at)}"),
        (
            _("送审"),
            f"{called(version.submitted_by)} {moment(version.submitted_at)}" if version.submitted_by else "",
        ),
        (_("审定"), f"{called(version.decided_by)} {moment(version.decided_at)}" if version.decided_by else ""),
        (_("退回原因"), version.return_reason),
        (_("发布时刻"), moment(version.visible_from) if version.visible_from else ""),
        (_("撤回原因"), version.article.withdraw_reason),
    ]
    return [(name, text) for name, text in rows if text]


@desk_page(Can.WRITE_SITE, methods=("POST",))
def article_save(request: Any, key: UUID) -> HttpResponse:
    """Save other words."""
    version, form = _found(request, key), WordsForm(request.POST)
    if not form.is_valid():
        return _shown(request, version, form)
    try:
        actions.rewrite(
            version=version, revision=as_number(request.POST.get("revision")) or 0, words=form.words(),
            by=request.viewer.user, at=timezone.now(),
        )  # fmt: skip
    except _REFUSALS as refusal:
        form.add_error(None, say(refusal, request.viewer))
        return _shown(request, version, form)
    messages.success(request, _("已保存。"))
    return redirect("desk:article", version.pk)


@desk_page(Can.WRITE_SITE, Can.PUBLISH_SITE, methods=("POST",))
def article_move(request: Any, key: UUID, step: str) -> HttpResponse:
    """One step of a version: submit, return, approve, call_back, correct, withdraw."""
    version, viewer, now = _found(request, key), request.viewer, timezone.now()
    viewer.require(Can.WRITE_SITE if step in ("submit", "correct") else Can.PUBLISH_SITE)
    reason = request.POST.get("reason", "")[:400]
    given: dict[str, Any] = {"by": viewer.user, "at": now}
    try:
        if step == "submit":
            actions.submit(version=version, **given)
        elif step == "return":
            actions.hand_back(version=version, reason=reason, **given)
        elif step == "approve":
            return _approved(request, version, given)
        elif step == "call_back":
            actions.call_back(version=version, reason=reason, **given)
        elif step == "correct":
            return redirect(
                "desk:article", actions.correct_article(article=version.article, correction=reason, **given).pk
            )
        else:
            actions.withdraw_article(article=version.article, reason=reason, **given)
    except _REFUSALS as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已办理。"))
    return redirect("desk:article", version.pk)


def _approved(request: Any, version: ArticleVersion, given: dict[str, Any]) -> HttpResponse:
    form = ApproveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("发布时刻写成“2023-04-12T09:00”这样的日期和时间。"))
        return redirect("desk:article", version.pk)
    held = actions.approve(version=version, visible_from=form.instant(), **given)
    messages.success(request, _("已批准，%(at)s 起可见。") % {"at": moment(held.visible_from)})
    return redirect("desk:article", version.pk)


@desk_page(Can.ANSWER_PUBLIC)
def request_list(request: Any) -> HttpResponse:
    """What the public asked; those without an answer first by their day, ``answered=1`` for the others; ``xlsx=1``."""
    city, wanted = request.viewer.city, chosen(request, {"asked": "", "answered": ""})
    rows = PublicRequest.objects.of(city).select_related("article", "bulletin", "answered_by")
    rows = rows.exclude(outcome="") if "answered" in wanted else rows.filter(outcome="")
    if "asked" in wanted:
        rows = rows.filter(asked=wanted["asked"])
    if request.GET.get("xlsx"):
        return _as_sheet(rows)
    page, today = page_of(request, rows, newest_first="answered" in wanted), timezone.localdate()
    shown = {
        "page": page,
        "wanted": wanted,
        "asked_choices": [("", _("全部")), *((str(one), _(text)) for one, text in ASKED_LABELS.items())],
        "columns": [
            {"key": "number", "label": _("编号"), "kind": "link", "head": True},
            {"key": "asked", "label": _("申请事项")},
            {"key": "about", "label": _("关于")},
            {"key": "received", "label": _("收到"), "kind": "date"},
            {"key": "due", "label": _("应答复"), "kind": "pill"},
            {"key": "outcome", "label": _("结论")},
        ],
        "rows": [_request_row(one, today) for one in page.rows],
        "xlsx_url": address(request, xlsx="1"),
        "terms": terms_on(city, today),
    }
    return render(request, "desk/publishing/requests.html", shown)


def _request_row(one: PublicRequest, today: Any) -> dict[str, Any]:
    late = not one.outcome and one.due_on < today
    return {
        "_href": reverse("desk:public_request", args=[one.number]),
        "number": {"text": str(one.number), "href": reverse("desk:public_request", args=[one.number])},
        "asked": _(ASKED_LABELS[Asked(one.asked)]),
        "about": about(one),
        "received": moment(one.received_at),
        "due": {"text": date_(one.due_on), "pill": "stop" if late else "off" if one.outcome else "todo"},
        "outcome": _(OUTCOME_LABELS[Outcome(one.outcome)]) if one.outcome else None,
    }


def about(one: PublicRequest) -> str:
    """What a request speaks of."""
    return one.article.code if one.article else one.bulletin.title if one.bulletin else _("整个网站")


def _as_sheet(rows: Any) -> HttpResponse:
    heads = [
        Column(_("编号")),
        Column(_("申请事项")),
        Column(_("关于"), width=32),
        Column(_("收到"), "date"),
        Column(_("应答复"), "date"),
        Column(_("结论")),
        Column(_("公开说明"), width=48),
    ]
    lines: list[list[Any]] = [
        [
            one.number,
            _(ASKED_LABELS[Asked(one.asked)]),
            about(one),
            timezone.localdate(one.received_at),
            one.due_on,
            _(OUTCOME_LABELS[Outcome(one.outcome)]) if one.outcome else "",
            one.public_reply,
        ]
        for one in rows.order_by("-number")[:MOST_EXPORTED]
    ]
    return sheet(heads, lines, _("公众申请"), [])


@desk_page(Can.ANSWER_PUBLIC, methods=("GET", "POST"))
def public_request(request: Any, number: int) -> HttpResponse:
    """One request with its answer, or the form for it."""
    rows = PublicRequest.objects.of(request.viewer.city).select_related("article", "bulletin", "city", "answered_by")
    one = get_object_or_404(rows, number=number)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            asking.answer(
                request=one, outcome=Outcome(form.cleaned_data["outcome"]), reply=form.cleaned_data["reply"],
                public_reply=form.cleaned_data["public_reply"], by=request.viewer.user, at=now, today=timezone.localdate(now),
            )  # fmt: skip
        except _REFUSALS as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, _("已答复，并写进公开的办理记录。"))
            return redirect("desk:public_request", number)
    facts = [
        (_("申请事项"), _(ASKED_LABELS[Asked(one.asked)])),
        (_("关于"), about(one)),
        (_("收到"), moment(one.received_at)),
        (_("应答复"), date_(one.due_on)),
        (_("称呼"), one.name or (_("已按期抹去") if one.erased_at else "")),
        (_("联系方式"), one.contact or (_("已按期抹去") if one.erased_at else "")),
        (_("身份核对"), _identity(one)),
        (_("结论"), _(OUTCOME_LABELS[Outcome(one.outcome)]) if one.outcome else ""),
        (_("答复"), one.reply),
        (_("公开说明"), one.public_reply),
        (_("答复人"), f"{called(one.answered_by)} {moment(one.answered_at)}" if one.answered_by else ""),
        (_("个人信息保存至"), date_(one.erase_on) if one.erase_on else ""),
    ]
    shown = {
        "one": one,
        "facts": [(name, text) for name, text in facts if text],
        "form": None if one.outcome else form,
        "may_identify": one.asked == Asked.PRIVACY and not one.outcome,
    }
    return render(request, "desk/publishing/request.html", shown, status=422 if form.errors else 200)


def _identity(one: PublicRequest) -> str:
    """How the asker of personal information is known, and in which of our tables the address stands; empty of other requests."""
    if one.asked != Asked.PRIVACY:
        return ""
    check = identity.passed(one)
    if check is None:
        return _("尚未核对")
    how = f"{_(WAY_LABELS[Way(check.way)])} {check.document}".strip()
    who = f" {called(check.checked_by)}" if check.checked_by else ""
    found = _("、").join(f"{_(HELD_LABELS[table])} {len(keys)}" for table, keys in check.rows.items())
    return f"{how} {moment(check.proven_at)}{who}" + (_("；该地址见于：%(found)s") % {"found": found} if found else "")


HELD_LABELS = {
    "enterprises_contact": N_("企业联系人"),
    "partners_claimobjection": N_("奖励异议"),
    "publishing_publicrequest": N_("公众申请"),
}


@desk_page(Can.ANSWER_PUBLIC, methods=("POST",))
def request_identity(request: Any, number: int) -> HttpResponse:
    """Note that the asker's document was seen."""
    one = get_object_or_404(PublicRequest.objects.of(request.viewer.city), number=number)
    try:
        document = request.POST.get("document", "")[:120]
        identity.note_document(request=one, document=document, by=request.viewer.user, at=timezone.now())
    except _REFUSALS as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已登记当面核对。"))
    return redirect("desk:public_request", number)
