"""A list of external figures taken in from a workbook: read and shown first, recorded as a whole after that."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.common.problems import Refused
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.external import ExternalSheetForm
from zhaoshang.desk.lists import attachment
from zhaoshang.desk.refusals import say
from zhaoshang.desk.shown import titled, unit_shown, value_shown
from zhaoshang.figures.actions import ExternalEntry, enter_externals
from zhaoshang.figures.models import Indicator
from zhaoshang.people.rules import Can
from zhaoshang.review.external_sheet import TEMPLATES, Given, external_template, read_external
from zhaoshang.ui.filters import period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READ_FOR_SECONDS = 3600
MOST_PROBLEMS = 200


def _indicator(request: Any) -> Indicator:
    code = request.GET.get("indicator", "")
    rows = Indicator.objects.of(request.viewer.city).select_related("city")
    return get_object_or_404(rows, code=code)  # type: ignore[no-any-return]


def _signer(request: Any, indicator: Indicator) -> str:
    """What was read is handed back for this person and indicator only."""
    return f"desk.external.{request.viewer.user.pk}.{indicator.pk}"


@desk_page(Can.ENTER_EXTERNAL, methods=("GET", "POST"))
def external_upload(request: Any) -> HttpResponse:
    """Read a list and show what was understood; nothing is recorded yet."""
    indicator = _indicator(request)
    form = ExternalSheetForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        file, given = form.cleaned_data["file"], form.cleaned_data
        known = Given(given["period"], given["source"], given["dated"], given["is_official"])
        try:
            found = read_external(file.read(), file.name or "", indicator, known)
        except Refused as refusal:
            form.add_error("file", say(refusal, request.viewer))
        else:
            shown = {
                "problem_rows": [
                    {
                        "cell": one.cell,
                        "value": one.value,
                        "message": _(TEMPLATES[one.code]).format(**one.params),
                    }
                    for one in found.problems[:MOST_PROBLEMS]
                ],
                "problem_count": len(found.problems),
                "rows": [_row(indicator, entry) for entry in found.entries],
                "read": signing.dumps(
                    [_plain(one) for one in found.entries], salt=_signer(request, indicator), compress=True
                ),
            }
    context = {
        "form": form,
        "indicator": indicator,
        "name": titled(indicator),
        "unit_word": unit_shown(indicator),
        **shown,
    }
    return render(request, "desk/external/upload.html", context, status=422 if form.errors else 200)


@desk_page(Can.ENTER_EXTERNAL, methods=("POST",))
def external_accept(request: Any) -> HttpResponse:
    """Record what was shown, all or none."""
    indicator = _indicator(request)
    back = reverse("desk:external") + f"?indicator={indicator.code}"
    try:
        plain = signing.loads(request.POST.get("read", ""), salt=_signer(request, indicator), max_age=READ_FOR_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("读出的内容已过期，请重新上传。"))
        return redirect(reverse("desk:external_upload") + f"?indicator={indicator.code}")
    entries = [_entry(one) for one in plain]
    made = enter_externals(indicator=indicator, entries=entries, by=request.viewer.user, at=timezone.now())
    said = {"made": len(made), "same": len(entries) - len(made)}
    messages.success(request, _("已记录 %(made)s 条；%(same)s 条与在册的相同，没有重复记录。") % said)
    return redirect(back)


@desk_page(Can.ENTER_EXTERNAL)
def external_blank(request: Any) -> HttpResponse:
    """A blank list with the columns that are read."""
    indicator = _indicator(request)
    return attachment(external_template(indicator), XLSX, f"外部数据-{indicator.name}.xlsx")


def _row(indicator: Indicator, entry: ExternalEntry) -> dict[str, Any]:
    return {
        "place": entry.place_name,
        "period": period(entry.period),
        "value": {"text": value_shown(entry.value, indicator), "state": "external"} if entry.value is not None else "",
        "rank": f"{_(entry.scope) if entry.scope else ''} {entry.rank}".strip() if entry.rank is not None else "",
        "source": {"text": entry.source, "note": str(entry.dated)},
        "standing": {"text": _("正式"), "pill": "ok"} if entry.is_official else {"text": _("非官方"), "pill": "warn"},
    }


def _plain(entry: ExternalEntry) -> list[Any]:
    return [
        entry.place_code, entry.place_name, str(entry.period), entry.value, entry.rank, entry.scope, entry.source,
        entry.dated.isoformat(), entry.is_official,
    ]  # fmt: skip


def _entry(plain: list[Any]) -> ExternalEntry:
    code, name, when, value, rank, scope, source, dated, official = plain
    return ExternalEntry(
        code, name, Period.parse(when), value, rank, scope, source, date.fromisoformat(dated), official
    )
