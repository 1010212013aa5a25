"""Simultaneous starts after which no work is seen (domain.md F47)."""

from collections.abc import Iterator
from datetime import timedelta

from zhaoshang.capital.starts import CHECK_AFTER_DAYS, Sign, check_starts
from zhaoshang.common.problems import N_
from zhaoshang.projects.models import StartEvent
from zhaoshang.review.findings.candidate import Candidate, Kind, Look


def starts(look: Look) -> Iterator[Candidate]:
    """Listed projects whose checks find nothing. Three queries a start."""
    for event in StartEvent.objects.of(look.city).filter(day__lt=look.today).select_related("city"):
        for one in check_starts(event, look.today):
            for after, sign in zip(CHECK_AFTER_DAYS, one.signs, strict=True):
                if sign == Sign.NONE:
                    project = one.listed.project
                    checked_on = event.day + timedelta(days=after)
                    yield Candidate(
                        key=f"{event.code}:{project.code}:{after}",
                        subject=project.name,
                        facts={
                            "event": event.title,
                            "days": after,
                            "day": str(checked_on),
                            "contract_fen": project.contract_fen,
                        },
                        href_name="desk:project_stages",
                        href_id=project.code,
                        unit_id=project.unit_id,
                        project_id=project.pk,
                    )


KIND = Kind(
    code="start",
    label=N_("开工后未见施工"),
    text=N_("“{event}”后第 {days} 天（{day}）检查，未见施工迹象。"),
    fix=N_("记进展"),
    candidates=starts,
)
