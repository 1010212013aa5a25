"""Checking texts: paste or upload a bulletin, see every claim marked and held against the account, keep it, look again later."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zhaoshang.bulletins.actions import LONGEST_TEXT, NoText, TextTooLong, check_again, check_text
from zhaoshang.bulletins.models import TextCheck
from zhaoshang.bulletins.queries import changes_since, check_for, checks_for
from zhaoshang.common.problems import Refused
from zhaoshang.desk import verdicts
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import page_of, sheet
from zhaoshang.desk.textfiles import text_of, title_of
from zhaoshang.people.rules import Can
from zhaoshang.ui.widgets import FileDrop

PAGE = 20


class TextForm(forms.Form):
    """A text pasted, or a file of one."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=FileDrop(".txt,.docx,.pdf"),
        help_text=_("文本、Word（.docx）或 PDF；按内容识别"),
    )
    text = forms.CharField(
        label=_("或粘贴全文"), required=False, strip=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("繁体、夹注拼音、乱码、全角、断行都可以，系统会先还原。"),
    )  # fmt: skip
    published = forms.DateField(
        label=_("发布日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("文中只说“今年”“一季度”时，用它定年份"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two; a file's text takes the place of what was pasted."""
        given = super().clean() or {}
        upload = given.get("file")
        if upload is not None:
            try:
                given["text"], given["source"] = text_of(upload.read(), upload.name), title_of(upload.name)
            except Refused as refusal:
                self.add_error("file", gettext(refusal.template).format(**refusal.params))
        elif not self.errors and not (given.get("text") or "").strip():
            self.add_error("text", gettext("请粘贴全文，或选择一个文件。"))
        return given


@desk_page(Can.CHECK_TEXTS, methods=("GET", "POST"))
def text_list(request: Any) -> HttpResponse:
    """The form, and the checks kept so far."""
    form = TextForm(request.POST, request.FILES) if request.method == "POST" else TextForm()
    if request.method == "POST" and form.is_valid():
        found = _checked(request, form)
        if found is not None:
            return redirect("desk:text_open", found.pk)
    page = page_of(request, checks_for(request.viewer), size=PAGE)
    shown = {
        "form": form,
        "columns": verdicts.list_columns(),
        "rows": [verdicts.list_row(one) for one in page.rows],
        "page": page,
    }
    return render(request, "desk/texts/list.html", shown, status=422 if form.errors else 200)


def _checked(request: Any, form: TextForm) -> TextCheck | None:
    given = form.cleaned_data
    published = given["published"].isoformat() if given["published"] else ""
    try:
        return check_text(
            city=request.viewer.city, text=given["text"], by=request.viewer.user, at=timezone.now(),
            source=given.get("source", ""), published=published,
        )  # fmt: skip
    except NoText:
        form.add_error("text", gettext("文中没有文字。"))
    except TextTooLong:
        form.add_error("text", gettext("全文超过 %(most)s 字，请只核对公报本身。") % {"most": f"{LONGEST_TEXT:,}"})
    return None


def _found(request: Any, key: UUID) -> TextCheck:
    try:
        return check_for(request.viewer, key)
    except TextCheck.DoesNotExist as absent:
        raise Http404 from absent


@desk_page(Can.CHECK_TEXTS)
def text_open(request: Any, key: UUID) -> HttpResponse:
    """A check: original and restored side by side, the claims, the contradictions; ``?only=`` a verdict, ``xlsx=1`` the file."""
    check = _found(request, key)
    if request.GET.get("xlsx"):
        return sheet(*verdicts.file(check))
    return render(request, "desk/texts/open.html", verdicts.shown(request, check, changes_since(check)))


@desk_page(Can.CHECK_TEXTS, methods=("POST",))
def text_again(request: Any, key: UUID) -> HttpResponse:
    """Hold the same text against the account as it stands now."""
    again = check_again(earlier=_found(request, key), by=request.viewer.user, at=timezone.now())
    changed = len(changes_since(again))
    if changed:
        messages.warning(
            request,
            ngettext("与上次相比，有 %(n)s 条结果变了。", "与上次相比，有 %(n)s 条结果变了。", changed)
            % {"n": changed},
        )
    else:
        messages.success(request, gettext("与上次相比，结果没有变化。"))
    return redirect("desk:text_open", again.pk)
