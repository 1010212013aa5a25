"""The gallery: every component in every state, with invented figures; the place to look before making a page."""

from datetime import date
from decimal import Decimal

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from markupsafe import Markup

from zhaoshang.ui import charts
from zhaoshang.ui.widgets import FileDrop, MoneyInput, MonthInput

GROWTH = ("+24.3", "-3.0", "+11.75", "0.0", None, "+6.2", "+41.0", "-12.4")
MONTHS = ("12.4", "31.9", "58.0", "71.3", "96.8", "120.5", "133.0", "161.2", "188.7")
CODES = ("210202", "210203", "210204", "210211", "210212", "210213", "210214", "210224", "210281", "210283")


class SampleForm(forms.Form):
    """Fields of each kind, for the gallery only."""

    payer = forms.CharField(label=lazy("付款单位"), help_text=lazy("与银行回单一致"))
    amount = forms.DecimalField(label=lazy("到位金额"), decimal_places=6, widget=MoneyInput("万元"))
    month = forms.CharField(label=lazy("报告月份"), widget=MonthInput)
    kind = forms.ChoiceField(label=lazy("投资方式"), choices=[("fixed", lazy("固定资产")), ("equity", lazy("股权"))])
    remark = forms.CharField(label=lazy("说明"), required=False, widget=forms.Textarea)
    voucher = forms.FileField(label=lazy("凭证"), required=False, widget=FileDrop(".pdf,.jpg,.png"))
    sure = forms.BooleanField(label=lazy("金额与凭证已核对"), required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page; ``?look=cockpit`` for the dark wall, ``?form=faults`` a refused form."""
    if request.GET.get("job"):
        return render(request, "ui/gallery_job.html", {"done": 6400 + now().second * 60})
    given = {"payer": "", "amount": "1,2万", "month": "2023-03", "kind": "fixed"}
    sheet = SampleForm(given) if request.GET.get("form") == "faults" else SampleForm(initial={"amount": "1234.5"})
    shown = {
        "look": "cockpit" if request.GET.get("look") == "cockpit" else "paper",
        "form": sheet,
        "sample_messages": messages(),
        "league_columns": league_columns(),
        "league_rows": league_rows(request.path),
        **drawings(request.path),
    }
    return render(request, "ui/gallery.html", shown)


def public(request: HttpRequest) -> HttpResponse:
    """A page of the portal."""
    shown = {
        "columns": league_columns()[1:4],
        "rows": league_rows("/")[:4],
        "cards": offers(),
        "occasions": occasions(),
    }
    return render(request, "ui/gallery_public.html", shown)


def sample(request: HttpRequest) -> HttpResponse:
    """What a figure's drawer may hold."""
    return render(request, "ui/gallery_figure.html")


def failure(request: HttpRequest, status: int) -> HttpResponse:
    """The error page of ``status`` (400, 403, 404, 409, 413, 429, 500)."""
    reason = _("示例：2023年3月已关账，不能再写入。") if status == 409 else ""
    shown = {"reference": "SAMPLE00", "reason": reason}
    return render(request, f"ui/errors/{status}.html", shown, status=status)


def messages() -> list[Message]:
    """What a page says after something was done."""
    return [
        Message(constants.SUCCESS, _("已提交，等待另一人核验。")),
        Message(constants.WARNING, _("两笔到账还缺凭证。")),
        Message(constants.ERROR, _("没有保存：2023年3月已关账。")),
    ]


def offers() -> list[dict[str, object]]:
    """Cards of the public site: plain, to be compared, matched against what was looked for."""
    one: dict[str, object] = {
        "kind": _("地块"), "unit": _("示例区"), "status": {"text": _("可用"), "pill": "ok"}, "is_sample": True, "href": "#",
        "title": _("示例地块"), "facts": [_("9,600 平方米")], "summary": _("虚构条目，仅供演示。"), "code": "DK-2023-0001",
        "checked": date(2023, 4, 3),
    }  # fmt: skip
    wait = {"text": _("预留"), "pill": "wait"}
    return [one, {**one, "code": "DK-2023-0002", "status": wait, "met": [_("行业相符")], "missed": [_("面积不够")]}]


def occasions() -> list[dict[str, object]]:
    """Days of the site's calendar."""
    one: dict[str, object] = {
        "on": date(2023, 4, 18),
        "title": _("示例对接会"),
        "what": _("招商活动"),
        "note": _("示例会场"),
        "href": "#",
    }
    return [one, {**one, "on": date(2023, 4, 20), "cancelled": True, "is_sample": True, "href": ""}]


def league_columns() -> list[dict[str, object]]:
    """Columns of each kind."""
    return [
        {"key": "rank", "label": _("名次"), "kind": "rank"},
        {"key": "unit", "label": _("地区"), "kind": "link", "head": True, "sortable": True},
        {"key": "amount", "label": _("到位内资"), "unit": _("亿元"), "kind": "figure", "sortable": True},
        {"key": "growth", "label": _("同比"), "unit": "%", "kind": "percent", "sortable": True},
        {"key": "done", "label": _("完成年度目标"), "unit": "%", "kind": "percent", "sortable": True},
        {"key": "projects", "label": _("项目"), "unit": _("个"), "kind": "number", "sortable": True},
        {"key": "trend", "label": _("近九个月"), "kind": "sparkline"},
        {"key": "standing", "label": _("状态"), "kind": "pill"},
        {"key": "day", "label": _("最近到账"), "kind": "date"},
    ]


def league_rows(href: str) -> list[dict[str, object]]:
    """Eight invented districts and their sum."""
    states = ("live", "frozen", "restated", "external", "live", "live", "frozen", "live")
    pills = (
        ("已核验", "ok"),
        ("待核验", "wait"),
        ("缺凭证", "warn"),
        ("已退回", "stop"),
        ("草稿", "todo"),
        ("停用", "off"),
    )
    rows: list[dict[str, object]] = []
    for place, growth in enumerate(GROWTH):
        amount = Decimal("188.70") - place * Decimal("21.3")
        text, kind = pills[place % len(pills)]
        rows.append(
            {
                "rank": {"text": place + 1, "change": (2, -1, 0, None, 1, -2, 0, 0)[place]},
                "unit": {"text": f"示例{'甲乙丙丁戊己庚辛'[place]}区", "href": f"{href}?unit={place}"},
                "amount": {"text": f"{amount:,}", "href": f"{href}figure/", "state": states[place]},
                "growth": growth,
                "done": f"{amount / 4:.1f}",
                "projects": f"{1_290 - place * 157:,}",
                "trend": {"values": [Decimal(value) * (place + 1) % 97 for value in MONTHS], "text": _("九个月的走势")},
                "standing": {"text": text, "pill": kind},
                "day": f"2023-03-{28 - place:02d}",
                "_href": f"{href}?unit={place}",
                "_kind": "own" if place == 2 else "",
            }
        )
    total = {"unit": _("全市"), "amount": {"text": "913.20", "href": f"{href}figure/", "state": "frozen"}}
    return [*rows, {**total, "growth": "+9.8", "done": "45.7", "projects": "5,924", "_kind": "total"}]


def drawings(href: str) -> dict[str, object]:
    """Every chart."""
    months = [Decimal(value) for value in MONTHS]
    points = [
        charts.Point(_("%s月") % (place + 1), value, f"{value} " + _("亿元")) for place, value in enumerate(months)
    ]
    before = [value * Decimal("0.8") + 3 for value in months]
    target = [Decimal(20) * (place + 1) for place in range(len(months))]
    sources = [
        ("示例省一", "61.2", "60"),
        ("示例省二", "40.5", "45"),
        ("示例省三", "18.0", "12"),
        ("示例直辖市", "9.3", "10"),
    ]
    listed = [
        charts.Point(name, Decimal(value), f"{value} " + _("亿元"), mark=Decimal(mark)) for name, value, mark in sources
    ]
    parts = [(61, 32, 12), (44, 40, 3), (20, 51, 9)]
    areas = [
        charts.Area(f"示例{place + 1}区", [code], Decimal(20 + place * place * 7), f"{20 + place * place * 7}", href)
        for place, code in enumerate(CODES)
    ]
    beside = [charts.Area("示例新区", [], Decimal(85), "85", href), charts.Area("示例合作区", [], None, "—")]
    stacks = [
        charts.Stack(f"2021-{place + 1:02d}", [charts.Part(value, str(value)) for value in row], str(sum(row)))
        for place, row in enumerate(parts)
    ]
    return {
        "trend": charts.responsive(
            charts.trend,
            points,
            before=before,
            target_line=target,
            title=_("到位内资走势"),
            labels=("2023", "2022", _("时序")),
        ),
        "trend_columns": [
            {"key": "month", "label": _("月份")},
            {"key": "amount", "label": _("金额"), "kind": "number"},
        ],
        "trend_rows": [{"month": point.label, "amount": str(point.value)} for point in points],
        "bars": charts.responsive(charts.bars, listed, title=_("资金来源"), mark_label=_("上年同期")),
        "stacked": charts.responsive(
            charts.stacked_bars, stacks, (_("新建"), _("续建"), _("增资")), title=_("新建与续建"), share=True
        ),
        "quarters": charts.responsive(
            charts.timeline,
            [
                charts.Span(_("举措"), 0.2, 4, 0.4, "40%", href),
                charts.Span(_("任务"), 0.5, 1.2, 0.7, "70%", href, late=True, below=True),
                charts.Span(_("任务"), 1.5, None, 0, "—", below=True),
            ],
            ["Q1", "Q2", "Q3", "Q4"],
            title=_("按季度的时间安排"),
            today=1.4,
            today_label="2023-04-30",
            open_label=_("无完成时限"),
            late_label=_("菱形：到期未完成"),
            width=900,
        ),
        "course": _course(points),
        "map": charts.responsive(
            charts.choropleth,
            "210200",
            [*areas, *beside],
            title=_("各地区到位内资"),
            unit=_("亿元"),
            beside=_("不单独成图的地区"),
        ),
    }


def _course(points: list[charts.Point]) -> Markup:
    """A project's stages, money and promises."""
    return charts.responsive(
        charts.course,
        [
            charts.Band(_("招商进程"), [charts.Piece(_("签约"), 0.3, 1.6), charts.Piece(_("落地"), 1.6, None)]),
            charts.Band(_("建设进程"), [charts.Piece(_("开工"), 1.2, None)]),
        ],
        points,
        [charts.Mark(1.5, _("承诺"), kept=False), charts.Mark(2.5, _("承诺"))],
        title=_("进程、到账与承诺"),
        labels=(_("到账"), _("承诺")),
        today=2.2,
    )
