"""How a job is written on its pages: what it is, how far, what came of it or why not."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.common.problems import N_
from zhaoshang.jobs import progress
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.queries import ahead_of, schedule
from zhaoshang.jobs.rules import KIND_LABELS, STATE_LABELS, Kind, State
from zhaoshang.jobs.running import our_now
from zhaoshang.review.rules import Sought
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import moment

PILLS = {
    State.WAITING: "wait",
    State.RUNNING: "todo",
    State.DONE: "ok",
    State.FAILED: "stop",
    State.CANCELLED: "off",
}
STEPS = {
    "opening": N_("正在打开文件"),
    "rows": N_("正在逐行读取"),
    "matching": N_("正在与账对照"),
    "writing": N_("正在写入"),
    "keeping": N_("正在存放文件"),
    "comparing": N_("正在逐个比对"),
    "mail": N_("正在发送邮件"),
}
WHY = {
    "not_allowed": N_("你的岗位或地区有了变化，已不能做这件事，没有做。"),
    "memory": N_("内容太多，内存不够，没有做成。请分几次做，例如按月份或地区筛选；仍不行请联系系统管理员。"),
    "broken_off": N_("做了几次都中断了，已停下。请再试一次；仍不行请联系系统管理员。"),
    "broken": N_("出了差错，已记录，没有做成。请再试一次；仍不行请联系系统管理员。"),
    "no_file": N_("没有得到文件。请回到原来的页面再导出一次。"),
    "already_sweeping": N_("另一次排查正在进行。"),
    "totals_drifted": N_("汇总与明细不符。请运行 zhaoshang verify-ledger 查看，再用 rebuild-totals 重建。"),
    "checkpoint_not_sent": N_("账链没有问题，但检查点没有寄出。请查看邮件设置（ZHAOSHANG_MAIL）；今夜会再寄。"),
    "ledger_faulty": N_("账链有改动的痕迹。请运行 zhaoshang verify-ledger 查看，并通知审计员。"),
    "import_refused": N_("文件不能打开。请用 Excel 另存后重新上传。"),
    "import_damaged": N_("存下的文件与上传时不一致，没有读取。请重新上传。"),
    "import_not_allowed": N_("上传人已不能为这个地区申报，没有读取。"),
    "import_broken": N_("读取时出了差错，已记录。请再试一次；仍不行请联系管理员。"),
}


def why(job: Job) -> str:
    """Why it failed, in the language of the page."""
    if said := job.said.get(get_language() or ""):
        return str(said)
    return str(_(WHY.get(job.failure, WHY["broken"])))


def job_shown(job: Job) -> dict[str, Any]:
    """For the parts ``desk/jobs/``; one query for a job that waits, none else."""
    told = progress.read(job.pk) if job.state == State.RUNNING else progress.Progress()
    label = _(KIND_LABELS[Kind(job.kind)])
    text = ""
    if job.state == State.WAITING:
        text = _("前面还有 %(count)s 件。可以离开本页。") % {"count": ahead_of(job)}
    elif job.state == State.RUNNING:
        text = _("正在停下……") if job.cancel_asked else _("由后台进行，可以离开本页。")
    elif job.state == State.FAILED:
        text = why(job)
    elif job.state == State.CANCELLED:
        text = _("已取消，没有留下改动。")
    return {
        "job": job,
        "label": f"{label}：{job.about}" if job.about else label,
        "step": _(STEPS[told.step]) if told.step in STEPS else _(STATE_LABELS[State(job.state)]),
        "done": told.done,
        "total": told.total,
        "text": text,
        "state": {"text": _(STATE_LABELS[State(job.state)]), "pill": PILLS[State(job.state)]},
        "look": "failed" if job.state == State.CANCELLED else job.state,
        "result": result_of(job),
        "may_cancel": job.is_open and not job.cancel_asked,
        "may_repeat": job.state in (State.FAILED, State.CANCELLED),
    }


def result_of(job: Job) -> str | None:
    """The address of what came of it."""
    if job.kind in (Kind.IMPORT_READ, Kind.IMPORT_ACCEPT):
        return reverse("desk:import", args=[job.given["workbook"]])
    if job.state != State.DONE:
        return None
    if job.kind == Kind.SWEEP:
        return reverse("desk:duplicate_list" if job.given["sought"] == Sought.DUPLICATES else "desk:finding_list")
    return reverse("desk:job_file", args=[job.pk]) if job.file_digest else None


def list_columns() -> list[dict[str, Any]]:
    """Columns of a person's jobs."""
    return [
        {"key": "what", "label": _("任务"), "kind": "link", "head": True},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "asked", "label": _("交给后台"), "kind": "date"},
        {"key": "ended", "label": _("结束"), "kind": "date"},
        {"key": "came", "label": _("结果")},
    ]


def list_row(job: Job) -> dict[str, Any]:
    """One of a person's jobs."""
    kind, address = _(KIND_LABELS[Kind(job.kind)]), reverse("desk:job", args=[job.pk])
    came: Any = {"text": _("查看结果"), "href": result_of(job)} if job.state == State.DONE and result_of(job) else None
    if job.state == State.FAILED:
        came = why(job)
    return {
        "_href": address,
        "what": {"text": job.about or kind, "href": address, "note": kind if job.about else None},
        "state": {"text": _(STATE_LABELS[State(job.state)]), "pill": PILLS[State(job.state)]},
        "asked": moment(job.asked_at),
        "ended": moment(job.ended_at) if job.ended_at else None,
        "came": came,
    }


def rounds_shown(city: City) -> list[dict[str, Any]]:
    """The schedule with each round's last outcome. One query a kind."""
    now, rows = timezone.localtime(our_now()), []
    for one in schedule():
        last = Job.objects.of(city).filter(kind=one.kind, asked_by=None).order_by("-id").first()
        when = _("每 %(count)s 分钟") % {"count": one.minutes} if one.at is None else f"{one.at:%H:%M}"
        state = State(last.state) if last else None
        rows.append(
            {
                "what": _(KIND_LABELS[one.kind]),
                "when": when,
                "last": moment(last.asked_at) if last else None,
                "state": {"text": _(STATE_LABELS[state]), "pill": PILLS[state]} if state else None,
                "came": why(last) if last and state == State.FAILED else _counts(last.result) if last else None,
                "next": f"{one.next(now):%m-%d %H:%M}",
            }
        )
    return rows


COUNTED = {
    "contacts_erased": N_("抹去联系方式"),
    "addresses_erased": N_("抹去邮箱"),
    "codes_sent": N_("发出验证码"),
    "noted": N_("新通知"),
    "sent": N_("发出"),
    "dropped": N_("不必发"),
    "failed": N_("未发成"),
    "found": N_("现有"),
    "fresh": N_("新增"),
    "entries": N_("账链条数"),
    "faults": N_("问题"),
    "drifted": N_("不符"),
    "sessions": N_("过期登录"),
    "files": N_("文件"),
    "jobs": N_("任务"),
    "leads": N_("抹去线索里的人"),
    "guests": N_("抹去嘉宾"),
    "partners": N_("抹去合作伙伴负责人和异议人"),
}


def _counts(result: dict[str, Any]) -> str:
    told = [f"{_(COUNTED[name])} {many}" for name, many in result.items() if name in COUNTED and many]
    return _("、").join(told) or "—"
