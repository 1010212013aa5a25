"""What hangs on an enterprise's card: its group, people, notes of risk, meetings, who keeps the relation, merging and parting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.uscc import normalized
from zhaoshang.desk import firm_shown, touches_shown
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms import enterprises as forms
from zhaoshang.desk.lists import as_uuid
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.enterprises import card_address, form_page, seen
from zhaoshang.enterprises import contacts, erasing, merging, notes, touches
from zhaoshang.enterprises.actions import IsMerged
from zhaoshang.enterprises.groups import GroupCircle, GroupTooDeep, NoSuchFirm, group_of, set_parent
from zhaoshang.enterprises.models import Contact, Enterprise, Merger, NoteReply, RiskNote, Touch
from zhaoshang.enterprises.rules import Level, Reply, TouchKind
from zhaoshang.lookup.queries import closed
from zhaoshang.lookup.rules import Kind
from zhaoshang.lookup.searching import nearly_names, search_names
from zhaoshang.people.rules import Can
from zhaoshang.projects.firms import require_own_card, visible_contacts, visible_enterprises
from zhaoshang.ui.filters import date_

CANDIDATES = 20


@desk_page(Can.KEEP_ENTERPRISES, methods=("GET", "POST"))
def enterprise_group(request: Any, key: UUID) -> HttpResponse:
    """Put the firm under another one, or on its own."""
    enterprise = seen(request, key)
    require_own_card(request.viewer, enterprise)
    parent = enterprise.parent
    form = forms.GroupForm(request.POST or None, initial={"parent": parent.name if parent else ""})

    def act() -> None:
        text = form.cleaned_data["parent"].strip()
        above = named_firm(request, text) if text else None
        set_parent(enterprise=enterprise, parent=above, by=request.viewer.user, at=timezone.now())

    title = _("集团关系：%(name)s") % {"name": enterprise.name}
    refusals = (NoSuchFirm, GroupCircle, GroupTooDeep, IsMerged)
    return form_page(request, form, act, title, card_address(enterprise), refusals=refusals)


def named_firm(request: Any, text: str) -> Enterprise:
    """The card with this code or this very name. Raises :class:`NoSuchFirm`."""
    rows = visible_enterprises(request.viewer).exclude(pk__in=closed(request.viewer.city, Kind.ENTERPRISE))
    found = rows.filter(uscc=normalized(text)).first() if len(text) >= 18 else None
    found = found or rows.filter(name=text).first()
    if found is None:
        raise NoSuchFirm(text)
    return found  # type: ignore[no-any-return]


@desk_page(Can.KEEP_ENTERPRISES, methods=("GET", "POST"))
def contact_new(request: Any, key: UUID) -> HttpResponse:
    """Enter a person."""
    enterprise = seen(request, key)
    form = forms.PersonForm(request.POST or None, viewer=request.viewer)

    def act() -> None:
        contacts.add_contact(
            enterprise=enterprise, person=_person(form), unit=form.acting, by=request.viewer.user, at=timezone.now()
        )

    title = _("登记联系人：%(name)s") % {"name": enterprise.name}
    return form_page(request, form, act, title, card_address(enterprise))


def _person(form: forms.PersonForm) -> contacts.Person:
    return contacts.Person(**{name: form.cleaned_data[name] for name in contacts.Person.__slots__})


def _contact(request: Any, key: UUID) -> Contact:
    """A person whom the viewer may know of, at an enterprise that they may see."""
    rows = visible_contacts(request.viewer).select_related("enterprise", "unit", "city")
    found: Contact = get_object_or_404(rows, pk=key, erased_at__isnull=True)
    return found


def _may_write(request: Any, contact: Contact) -> bool:
    """Whose contact it is, and the bureau."""
    viewer = request.viewer
    own = viewer.sees_all_units or (contact.unit_id is not None and viewer.sees_unit(contact.unit_id))
    return bool(viewer.can(Can.KEEP_ENTERPRISES) and own)


@desk_page(Can.READ_PAYMENTS)
def contact_open(request: Any, key: UUID) -> HttpResponse:
    """One person, masked."""
    contact = _contact(request, key)
    return _contact_page(request, contact, contacts.masked(contact, request.viewer), unmasked=False)


@desk_page(Can.SEE_CONTACTS, methods=("POST",))
def contact_show(request: Any, key: UUID) -> HttpResponse:
    """The same unmasked, once; the asking is in the diary."""
    contact = contacts.show_contact(contact=_contact(request, key), by=request.viewer.user, at=timezone.now())
    return _contact_page(request, contact, contact, unmasked=True)


def _contact_page(request: Any, contact: Contact, said: Any, *, unmasked: bool) -> HttpResponse:
    viewer = request.viewer
    rows = [
        (_("姓名"), said.name),
        (_("职务"), said.post),
        (_("电话"), said.phone),
        (_("邮箱"), said.mail),
        (_("来源"), said.source),
        (_("登记时间"), date_(contact.entered_at)),
    ]
    shown = {
        "contact": contact,
        "name": said.name,
        "facts": [(label, text) for label, text in rows if text],
        "may_show": viewer.can(Can.SEE_CONTACTS) and not unmasked,
        "may_write": _may_write(request, contact),
        "kept_days": erasing.CONTACTS.days,
    }
    response = render(request, "desk/enterprises/contact.html", shown)
    response["Cache-Control"] = "no-store"
    return response


@desk_page(Can.KEEP_ENTERPRISES, methods=("POST",))
def contact_edit(request: Any, key: UUID) -> HttpResponse:
    """Change what is kept: the first POST opens the form filled in, which is an unmasking like any other; the second saves it."""
    contact = _contact(request, key)
    if not _may_write(request, contact):
        messages.error(request, _("这个联系人由另一单位登记，只能由登记的单位或市局修改。"))
        return redirect("desk:contact", contact.pk)
    opening = "source" not in request.POST
    if opening:
        contacts.show_contact(contact=contact, by=request.viewer.user, at=timezone.now())
    initial = {name: getattr(contact, name) for name in contacts.Person.__slots__}
    form = forms.PersonForm(None if opening else request.POST, viewer=request.viewer, initial=initial)
    form.fields.pop("unit", None)

    def act() -> None:
        contacts.change_contact(contact=contact, person=_person(form), by=request.viewer.user, at=timezone.now())

    back = reverse("desk:contact", args=[contact.pk])
    response = form_page(request, form, act, _("修改联系人"), back, refusals=(contacts.IsErased,))
    response["Cache-Control"] = "no-store"
    return response


@desk_page(Can.KEEP_ENTERPRISES, methods=("POST",))
def contact_erase(request: Any, key: UUID) -> HttpResponse:
    """Take the person out of the system."""
    contact = _contact(request, key)
    if not _may_write(request, contact):
        messages.error(request, _("这个联系人由另一单位登记，只能由登记的单位或市局删除。"))
        return redirect("desk:contact", contact.pk)
    reason = request.POST.get("reason", "")
    contacts.erase_contact(contact=contact, reason=reason, by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已删除此人的全部资料，不能恢复。"))
    return redirect("desk:enterprise", contact.enterprise_id)


@desk_page(Can.KEEP_ENTERPRISES, methods=("GET", "POST"))
def risk_new(request: Any, key: UUID) -> HttpResponse:
    """Write a note of risk."""
    enterprise = seen(request, key)
    form = forms.NoteForm(request.POST or None, viewer=request.viewer)
    forms.today_as_default(form, "noted_on", timezone.localdate())

    def act() -> None:
        given = form.cleaned_data
        notes.note_risk(
            enterprise=enterprise, level=Level(given["level"]), text=given["text"], source=given["source"],
            noted_on=given["noted_on"], unit=form.acting, by=request.viewer.user, at=timezone.now(),
        )  # fmt: skip

    title = _("风险提示：%(name)s") % {"name": enterprise.name}
    lead = _("写下后不能改也不能删，只能答复或写明理由了结。")
    refusals = (notes.NotYet, notes.TextMissing, IsMerged)
    return form_page(request, form, act, title, card_address(enterprise), refusals=refusals, lead=lead)


@desk_page(Can.KEEP_ENTERPRISES, methods=("GET", "POST"))
def risk_reply(request: Any, key: UUID) -> HttpResponse:
    """Answer a note of risk, or close it."""
    viewer = request.viewer
    note: RiskNote = get_object_or_404(
        RiskNote.objects.of(viewer.city).select_related("enterprise", "by", "city"),
        pk=key,
        enterprise__in=visible_enterprises(viewer).order_by().values("pk"),
    )
    bureau = viewer.can(Can.MERGE_ENTERPRISES)
    form = forms.ReplyForm(request.POST or None, may_close=bureau or note.by_id == viewer.user.pk)

    def act() -> NoteReply:
        given = form.cleaned_data
        return notes.reply_to_note(
            note=note, kind=Reply(given["kind"]), text=given["text"], for_the_bureau=bureau, by=viewer.user, at=timezone.now()
        )  # fmt: skip

    refusals = (notes.NoteClosed, notes.NotTheirs, notes.TextMissing)
    title = _("答复风险提示")
    return form_page(request, form, act, title, card_address(note.enterprise), refusals=refusals, lead=note.text)


@desk_page(Can.KEEP_ENTERPRISES, methods=("GET", "POST"))
def touch_new(request: Any, key: UUID) -> HttpResponse:
    """Log a meeting; who else was there just now stands above the form."""
    viewer, enterprise = request.viewer, seen(request, key)
    people = visible_contacts(viewer).filter(enterprise_id__in=merging.family(enterprise), erased_at__isnull=True)
    known = {str(one.pk): one for one in people}
    choices = [(pk, f"{contacts.masked(one, viewer).name} {one.post}") for pk, one in known.items()]
    form = forms.TouchForm(request.POST or None, viewer=viewer, contacts=choices)
    forms.today_as_default(form, "on", timezone.localdate())

    def act() -> None:
        given = form.cleaned_data
        told = {name: given[name] for name in ("on", "who", "whom", "said", "next_step", "next_on")}
        meeting = touches.Meeting(kind=TouchKind(given["kind"]), contact=known.get(given["contact"]), **told)
        touches.log_touch(enterprise=enterprise, meeting=meeting, unit=form.acting, by=viewer.user, at=timezone.now())

    warned = firm_shown.warned(viewer, list(merging.families([node.enterprise for node in group_of(enterprise)])))
    title = _("记一次会面：%(name)s") % {"name": enterprise.name}
    back = request.GET.get("back", "")
    back = reverse("desk:soe", args=[enterprise.pk]) if back == "soe" else card_address(enterprise)
    refusals = (notes.NotYet, notes.TextMissing, IsMerged)
    return form_page(request, form, act, title, back, refusals=refusals, lead=_("；").join(warned))


def _touch(request: Any, key: UUID) -> Touch:
    rows = Touch.objects.in_full_to(request.viewer).select_related("enterprise", "unit", "by", "city", "contact")
    found: Touch = get_object_or_404(rows, pk=key)
    return found


@desk_page(Can.READ_PAYMENTS)
def touch_open(request: Any, key: UUID) -> HttpResponse:
    """One meeting in full."""
    touch = _touch(request, key)
    [row] = touches_shown.rows([touch], request.viewer)
    met = contacts.masked(touch.contact, request.viewer) if touch.contact_id else None
    rows = [
        (_("单位"), row["unit"]),
        (_("方式"), row["kind"]),
        (_("我方参加"), touch.who),
        (_("对方参加"), touch.whom),
        (_("对方联系人"), f"{met.name} {met.post}".strip() if met and touch.contact.erased_at is None else ""),
        (_("谈了什么"), touch.said),
        (_("下一步"), touch.next_step),
        (_("下一步日期"), date_(touch.next_on) if touch.next_on else ""),
    ]
    shown = {
        "touch": touch,
        "facts": [(label, text) for label, text in rows if text],
        "may_withdraw": request.viewer.can(Can.KEEP_ENTERPRISES),
    }
    return render(request, "desk/enterprises/touch.html", shown)


@desk_page(Can.KEEP_ENTERPRISES, methods=("POST",))
def touch_withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take a wrong entry back."""
    touch = _touch(request, key)
    reason = request.POST.get("reason", "")[:400]
    try:
        touches.withdraw_touch(touch=touch, reason=reason, by=request.viewer.user, at=timezone.now())
    except (notes.TextMissing, touches.IsWithdrawn) as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:touch", touch.pk)
    messages.success(request, _("已撤回这条会面记录。"))
    return redirect("desk:enterprise", touch.enterprise_id)


@desk_page(Can.KEEP_ROSTERS, methods=("GET", "POST"))
def relation_hand(request: Any, key: UUID) -> HttpResponse:
    """Say who keeps the relation from a day on."""
    viewer, enterprise = request.viewer, seen(request, key)
    form = forms.RelationForm(request.POST or None, viewer=viewer)
    forms.today_as_default(form, "valid_from", timezone.localdate())

    def act() -> None:
        given = form.cleaned_data
        touches.hand_relation(
            enterprise=enterprise, unit=form.units.get(given["unit"]), document=given["document"],
            valid_from=given["valid_from"], by=viewer.user, at=timezone.now(),
        )  # fmt: skip

    title = _("由谁联系：%(name)s") % {"name": enterprise.name}
    refusals = (touches.BadRelation, notes.TextMissing, IsMerged)
    return form_page(request, form, act, title, card_address(enterprise), refusals=refusals)


@desk_page(Can.MERGE_ENTERPRISES, methods=("GET", "POST"))
def enterprise_merge(request: Any, key: UUID) -> HttpResponse:
    """Find the card that is the same firm, ``?q=``; then merge it into this one."""
    viewer, enterprise = request.viewer, seen(request, key)
    if request.method == "POST":
        other = get_object_or_404(visible_enterprises(viewer), pk=as_uuid(request.POST.get("other", "")))
        try:
            merging.merge_enterprises(
                kept=enterprise, closed=other, reason=request.POST.get("reason", "")[:400], by=viewer.user, at=timezone.now()
            )  # fmt: skip
        except _MERGE_REFUSALS as refusal:
            messages.error(request, say(refusal, viewer))
        else:
            messages.success(request, _("已把“%(name)s”并入这张卡。") % {"name": other.name})
            return redirect("desk:enterprise", enterprise.pk)
    text = request.GET.get("q", "").strip()[:80] or enterprise.name
    searches = [search(viewer, [Kind.ENTERPRISE], text, CANDIDATES) for search in (search_names, nearly_names)]
    found = [hit.about for hits in searches for hit in hits.get(Kind.ENTERPRISE, ())]
    rows = visible_enterprises(viewer).filter(pk__in=found).exclude(pk__in=closed(viewer.city, Kind.ENTERPRISE))
    likest_first = sorted(rows.exclude(pk=enterprise.pk), key=lambda one: found.index(one.pk))
    shown = {"enterprise": enterprise, "text": text, "candidates": likest_first[:CANDIDATES]}
    return render(request, "desk/enterprises/merge.html", shown)


_MERGE_REFUSALS = (
    merging.TwoFirms,
    merging.KeepTheCoded,
    merging.MergeReasonMissing,
    merging.NotMerged,
    IsMerged,
    GroupCircle,
    GroupTooDeep,
)


@desk_page(Can.MERGE_ENTERPRISES, methods=("POST",))
def enterprise_part(request: Any, key: UUID) -> HttpResponse:
    """Take a merger back."""
    viewer = request.viewer
    merger: Merger = get_object_or_404(Merger.objects.of(viewer.city).select_related("closed"), pk=key)
    try:
        merging.part_enterprises(
            merger=merger, reason=request.POST.get("reason", "")[:400], by=viewer.user, at=timezone.now()
        )
    except _MERGE_REFUSALS as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        messages.success(request, _("已分开；“%(name)s”又是一张自己的卡。") % {"name": merger.closed.name})
    return redirect("desk:enterprise", merger.kept_id)
