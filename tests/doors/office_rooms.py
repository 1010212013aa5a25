"""Hostile texts where only files show them that no link of a walk leads to: what the walk with LibreOffice asks for by name."""

from datetime import date
from typing import Any

from cast import NOW, Cast
from forecast.acting import past_money
from matchmaking.meeting import entry, group, held, pair, session

from zhaoshang.enterprises.models import Enterprise
from zhaoshang.figures.actions import define_rate
from zhaoshang.machines.rules import EVENTS
from zhaoshang.machines.subscribing import subscribe, try_subscription
from zhaoshang.matchmaking.actions import arrange
from zhaoshang.matchmaking.models import Session
from zhaoshang.opportunities.models import Edition, Opportunity
from zhaoshang.outreach.models import Activity
from zhaoshang.people.rules import Role
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.starts import call_start, list_starts
from zhaoshang.review.intake import receive
from zhaoshang.review.intake_reading import read_workbook
from zhaoshang.review.models import Workbook
from zhaoshang.review.workbooks.annotating import MOST_MARKED
from zhaoshang.tenancy import guards

DIRECTIONS = "\u202e\u2066\u200f"
FORMULA = {"kind": "cohort", "cohort": "signed", "measure": "projects", "numerator": ["landed"], "denominator": []}


def brimful(model: type[Any], name: str) -> str:
    """As long as the column allows, with everything in it that a paper must take for nothing but letters."""
    most: int = model._meta.get_field(name).max_length
    return (f"<img src=file:///etc/passwd>{{{{7*7}}}}\x07{DIRECTIONS}=1+1zsx" + "长" * most)[:most]


def past_and_rates(cast: Cast, texts: list[str]) -> None:
    """Forecasts and rates whose sources and words are hostile."""
    past_money(cast, source=texts[0], document=texts[1])
    for number, text in enumerate(texts):
        said = {"word": text[:20], "word_en": text[:20], "title": text[:60], "title_en": text[:60], "source": text}
        define_rate(
            city=cast.city, code=f"odd-{number}", formula=FORMULA, dated=date(2023, 1, 1), by=cast.statistician, at=NOW, **said
        )  # fmt: skip


def starts(cast: Cast, texts: list[str]) -> None:
    """A start in these words, with a project whose file is named so."""
    told: dict[str, Any] = {"title": texts[0], "document": texts[1], "day": date(2023, 1, 28)}
    called = call_start(city=cast.city, code="odd", by=cast.statistician, at=NOW, **told)
    pdf = {
        "stage": "started",
        "kind": "start_proof",
        "content": b"%PDF-1.4\n% sample\n%%EOF\n",
        "name": f"{texts[0]}.pdf",
    }
    attach_proof(project=cast.plant, by=cast.statistician, at=NOW, **pdf)  # type: ignore[arg-type]
    list_starts(event=called, projects=[cast.plant], by=cast.statistician, at=NOW)


def programs(cast: Cast, texts: list[str]) -> None:
    """Programs that are called so, and what they were told."""
    for text in texts:
        named = {"name": text[:60], "url": "https://example.org/", "verbs": EVENTS[:1]}
        one = subscribe(city=cast.city, by=cast.security, at=NOW, **named)  # type: ignore[arg-type]
        try_subscription(subscription=one, by=cast.security, at=NOW)


def meeting(cast: Cast) -> str:
    """A plan of meetings in which every text that its papers print is as long as can be; the code of its activity."""
    one = held(cast, code="brimful")
    firms = [group(cast, f"示例央企{number}") for number in range(3)]
    offers = [entry(cast, title=f"示例{number}") for number in range(3)]
    for firm, offer in zip(firms, offers, strict=True):
        pair(cast, one, firm, offer)
    session(cast, one)
    arrange(activity=one, by=cast.statistician, at=NOW)
    of = cast.city
    with guards.suspended():
        for name in ("title", "place"):
            Activity.objects.of(of).filter(pk=one.pk).update(**{name: brimful(Activity, name)})
        for number, firm in enumerate(firms):
            Enterprise.objects.of(of).filter(pk=firm.pk).update(name=f"{brimful(Enterprise, 'name')[:-1]}{number}")
        keys = [offer.pk for offer in offers]
        Opportunity.objects.of(of).filter(pk__in=keys).update(title=brimful(Opportunity, "title"))
        tables = [f"{place}=1+1{{{{7*7}}}}\x07{DIRECTIONS}<b>zsx" for place in range(2)]
        Session.objects.of(of).filter(activity=one).update(tables=tables)
    return one.code


def workbooks(cast: Cast, texts: list[str]) -> list[Workbook]:
    """Two that a district sent with faults in them: a few, which are marked, and so many that they are listed."""
    made = []
    for name, times in (("few", 1), ("many", MOST_MARKED)):
        lines = [f'"{text.replace(chr(34), chr(34) * 2)}",=1+1' for text in texts] * times
        content = "\n".join(["项目名称,到位金额(万元)", *lines[: MOST_MARKED + 200]]).encode()
        sent: dict[str, Any] = {"month": 2023 * 12 + 2, "content": content, "filename": f"{name}.csv"}
        made.append(receive(city=cast.city, unit=cast.east, by=cast.officer, at=NOW, **sent))
        read_workbook(made[-1])
    return made


def filled_further(cast: Cast, texts: list[str]) -> list[tuple[Role | None, str]]:
    """All of it; the files that show it, each with who may have it."""
    past_and_rates(cast, texts)
    starts(cast, texts)
    programs(cast, texts)
    codes = [*(f"x{number}" for number in range(len(texts))), meeting(cast)]
    plans = [f"/desk/activities/{code}/plan/{file}" for code in codes for file in ("?xlsx=1", "programme/")]
    number = Edition.objects.of(cast.city).filter(approved_at__isnull=False).values_list("number", flat=True)[0]
    desk = [
        *plans,
        *(f"/desk/editions/{number}/files/{name}/" for name in ("docx", "xlsx")),
        "/desk/forecast/?indicator=capital_in_place&month=2023-03&xlsx=1",
        "/desk/rates/?month=2023-03&xlsx=1",
        "/desk/rates/odd-0/city/2023/2023-03/?xlsx=1",
        "/desk/starts/odd/?xlsx=1",
        "/desk/external/template.xlsx?indicator=capital_in_place",
    ]
    marked = [f"/desk/imports/{one.pk}/marked.xlsx" for one in workbooks(cast, texts)]
    return [
        *((Role.STATISTICIAN, one) for one in desk),
        *((Role.OFFICER, one) for one in marked),
        (Role.SECURITY, "/desk/webhooks/?xlsx=1"),
        *((None, f"/editions/{number}/edition.{ext}") for ext in ("docx", "xlsx")),
    ]
