"""What is looked for, asked, kept and written: findings, duplicates, questions, views, bulletins, checked texts, jobs."""

from typing import Any

from assessments.city import account
from bulletins.test_writing import drafted
from cast import NOW, Cast
from duplicates.alike import pair_of
from findings.test_sweep import explained, swept
from saved_views.test_saved_views import kept

from doors.doings import PLAIN, Doing, doing
from zhaoshang.bulletins.actions import check_text
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.writing import publish_bulletin
from zhaoshang.jobs.actions import begin, cancel
from zhaoshang.jobs.models import Job
from zhaoshang.jobs.rules import Kind
from zhaoshang.questions.actions import save_question
from zhaoshang.questions.rules import parse
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.review.models import Finding


@doing("desk:finding_sweep")
def finding_sweep(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/findings/sweep/")


@doing("desk:finding_explain")
def finding_explain(cast: Cast) -> Doing:
    swept(cast)
    one = Finding.objects.of(cast.city).filter(unit=cast.east).order_by("id")[0]
    return Doing("officer", f"/desk/findings/{one.pk}/explain/", {"text": PLAIN})


@doing("desk:finding_judge")
def finding_judge(cast: Cast) -> Doing:
    return Doing("verifier", f"/desk/findings/{explained(cast).pk}/judge/", {"verdict": "refuse", "text": PLAIN})


@doing("desk:duplicate_sweep")
def duplicate_sweep(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/duplicates/sweep/")


@doing("desk:duplicate_decide")
def duplicate_decide(cast: Cast) -> Doing:
    sent = {"verdict": "related", "reason": PLAIN}
    return Doing("statistician", f"/desk/duplicates/{pair_of(cast).pk}/decide/", sent)


@doing("desk:question_save")
def question_save(cast: Cast) -> Doing:
    return Doing(
        "leader", "/desk/questions/save/", {"asked": f"rows=payer&payer={PLAIN}", "title": PLAIN, "shared": "1"}
    )


def _question(cast: Cast) -> str:
    asked = parse({"rows": ["unit"]}, SUBJECTS)
    said = {"title": "示例", "shared": False, "by": cast.leader, "at": NOW}
    return f"/desk/questions/{save_question(city=cast.city, question=asked, **said).pk}"


@doing("desk:question_rename")
def question_rename(cast: Cast) -> Doing:
    return Doing("leader", f"{_question(cast)}/rename/", {"title": PLAIN})


@doing("desk:question_share")
def question_share(cast: Cast) -> Doing:
    return Doing("leader", f"{_question(cast)}/share/", {"shared": "1"})


@doing("desk:question_delete")
def question_delete(cast: Cast) -> Doing:
    return Doing("leader", f"{_question(cast)}/delete/")


@doing("desk:view_save")
def view_save(cast: Cast) -> Doing:
    sent = {"page": "project_list", "asked": f"industry=C&q={PLAIN}", "title": PLAIN, "shared": "city"}
    return Doing("statistician", "/desk/views/save/", sent)


@doing("desk:view_rename")
def view_rename(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/views/{kept(cast).pk}/rename/", {"title": PLAIN})


@doing("desk:view_share")
def view_share(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/views/{kept(cast).pk}/share/", {"shared": "city"})


@doing("desk:view_prefer")
def view_prefer(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/views/{kept(cast).pk}/prefer/", {"preferred": "1"})


@doing("desk:view_delete")
def view_delete(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/views/{kept(cast).pk}/delete/")


@doing("desk:bulletin_new")
def bulletin_new(cast: Cast) -> Doing:
    account(cast)
    return Doing("statistician", "/desk/bulletins/new/", {"period": "2023Q1", "issuer": PLAIN})


def _bulletin(cast: Cast) -> Bulletin:
    account(cast)
    return drafted(cast)


@doing("desk:bulletin_save")
def bulletin_save(cast: Cast) -> Doing:
    bulletin = _bulletin(cast)
    head = dict.fromkeys(("title", "number", "issuer", "recipients"), PLAIN) | {"dated": "2023-04-03"}
    block: dict[str, Any] = {"kind": ["paragraph"], "level": ["1"], "text": [PLAIN]}
    return Doing(
        "statistician", f"/desk/bulletins/{bulletin.pk}/save/", head | block | {"revision": str(bulletin.revision)}
    )


@doing("desk:bulletin_publish")
def bulletin_publish(cast: Cast) -> Doing:
    bulletin = _bulletin(cast)
    sent = {"revision": str(bulletin.revision), "few_reason": PLAIN}
    return Doing("statistician", f"/desk/bulletins/{bulletin.pk}/publish/", sent)


@doing("desk:bulletin_withdraw")
def bulletin_withdraw(cast: Cast) -> Doing:
    bulletin = _bulletin(cast)
    said = {"revision": bulletin.revision, "waived": [], "by": cast.statistician, "at": NOW}
    publish_bulletin(bulletin=bulletin, **said)  # type: ignore[arg-type]
    return Doing("statistician", f"/desk/bulletins/{bulletin.pk}/withdraw/", {"reason": PLAIN})


@doing("desk:bulletin_discard")
def bulletin_discard(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/bulletins/{_bulletin(cast).pk}/discard/")


@doing("desk:text_list")
def text_list(cast: Cast) -> Doing:
    return Doing("leader", "/desk/texts/", {"text": f"{PLAIN}，到位内资1亿元。"})


@doing("desk:text_again")
def text_again(cast: Cast) -> Doing:
    check = check_text(city=cast.city, text="到位内资1亿元", by=cast.leader, at=NOW)
    return Doing("leader", f"/desk/texts/{check.pk}/again/")


def _job(cast: Cast) -> Job:
    told = {"kind": Kind.FILE, "key": "file:x", "given": {"path": "/desk/payments/?xlsx=1"}, "about": "示例"}
    return begin(city=cast.city, by=cast.leader, at=NOW, **told)  # type: ignore[arg-type]


@doing("desk:job_cancel")
def job_cancel(cast: Cast) -> Doing:
    return Doing("leader", f"/desk/jobs/{_job(cast).pk}/cancel/")


@doing("desk:job_again")
def job_again(cast: Cast) -> Doing:
    job = cancel(job=_job(cast), by=cast.leader, at=NOW)
    return Doing("leader", f"/desk/jobs/{job.pk}/again/")
