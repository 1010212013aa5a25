"""Ask: a question in the address, its answer on the page, the records behind every cell, and questions kept under a title."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import BY_MONTH, PLACES, page_by, page_of, query_of
from zhaoshang.desk.lists import address as page_address
from zhaoshang.desk.questions import menus, records, tables, words
from zhaoshang.desk.questions.drawings import drawings
from zhaoshang.desk.questions.examples import examples, first_question, saved_links
from zhaoshang.desk.shown import known_months, latest, periods_offered, titled
from zhaoshang.people.rules import Can
from zhaoshang.questions import actions
from zhaoshang.questions.answering import Answer, Names, Place, answer, names_of
from zhaoshang.questions.answering import records as records_of
from zhaoshang.questions.grid import sort_of
from zhaoshang.questions.models import SavedQuestion
from zhaoshang.questions.queries import saved_for
from zhaoshang.questions.rules import Question, Unanswerable, checked, parse
from zhaoshang.questions.subjects import SOURCES, SUBJECTS, counted
from zhaoshang.ui.filters import date_
from zhaoshang.ui.jinja import in_drawer

PAGE_ROWS = 25
FILE_ROWS, FILE_COLUMNS = 5_000, 200
DRAWER_COLUMNS = 4
_NOT_ASKED = frozenset({"xlsx", *PLACES})
PART = "question"


@desk_page(Can.READ_PAYMENTS)
def questions(request: Any) -> HttpResponse:
    """The question in the address and its answer; without one, a useful first question. ``xlsx=1`` for the file."""
    months = known_months(request.viewer.city)
    newest = latest(months)
    kept = saved_links(saved_for(request.viewer.city, request.viewer.user), request.viewer.user)
    shown: dict[str, Any] = {"examples": examples(newest), "saved": [*kept["own"], *kept["others"]]}
    shown |= {"problem": "", "question": None}
    status = 200
    try:
        question = read(request) or first_question(newest)
        shown |= {"question": question, **_around(request, question)}
        if request.GET.get("xlsx"):
            found = answer(question, request.viewer, FILE_ROWS, FILE_COLUMNS)
            return tables.as_sheet(found, condition_words(question, found.names))
        found = answer(question, request.viewer)
        shown |= _answered(request, found, periods_offered(months, question.period or newest), newest)
    except Unanswerable as refusal:
        shown["problem"], status = words.refused(refusal), 200 if shown["question"] else 400
        if question := shown["question"]:
            named = names_of(question.filters, request.viewer)
            shown |= _conditions(question, named, periods_offered(months, question.period or newest))
    name = "question" if request.headers.get("HX-Target") == PART else "page"
    return render(
        request, f"desk/questions/{name}.html", shown | {"subjects": menus.subjects(shown["question"])}, status=status
    )


def read(request: Any) -> Question | None:
    """The question that the address asks; None when it asks nothing. Raises ``Unanswerable``."""
    given = {
        name: texts for name, texts in request.GET.lists() if name not in _NOT_ASKED and not name.startswith("at.")
    }
    return parse(given, SUBJECTS) if given else None


def _around(request: Any, question: Question) -> dict[str, Any]:
    """What stands around an answer, whether or not there is one: shelves and versions."""
    versions = list(counted.versions(request.viewer.city))
    return {
        "rows_side": menus.side(question, "rows"),
        "columns_side": menus.side(question, "columns"),
        "measures": menus.measures(question, versions),
        "versions": menus.version_links(question, versions) if question.measure.counted else [],
        "version": next((titled(one) for one in versions if menus.version_code(one) == question.version), ""),
        "ways": menus.ways(question),
        "asked": words.address(question).partition("?")[2],
    }


def _answered(request: Any, found: Answer, offered: list[Period], newest: Period) -> dict[str, Any]:
    question = found.question
    return {
        "title": words.title_words(question, found.version),
        "unit_word": "%" if question.share else words.unit_words(question),
        **_conditions(question, found.names, offered),
        "columns": tables.columns(found),
        "rows": tables.rows(found),
        "notes": tables.notes(found),
        "drawings": drawings(found, request.viewer.city, question.period or newest),
        "sort": sort_of(question),
        "sort_url": words.address(replace(question, sort="SORT")).replace("SORT", "{}"),
        "xlsx_url": f"{words.address(question)}&xlsx=1",
        "own_only": not request.viewer.sees_all_units,
    }


def _conditions(question: Question, named: Names, offered: list[Period]) -> dict[str, Any]:
    """The filters in force and those that may be added."""
    return {"chips": menus.filters(question, named), "choosing": menus.choosers(question, named, offered)}


def condition_words(question: Question, named: Names, place: Place = Place()) -> list[str]:  # noqa: B008 - frozen
    """The conditions of the question, and of one of its cells, in words."""
    words_of_cell = [f"{_(one.label)}{_('：')}{words.value_words(one, value, named)}" for one, value in place.values]
    return [*(chip["label"] for chip in menus.filters(question, named)), *words_of_cell]


@desk_page(Can.READ_PAYMENTS)
def question_records(request: Any) -> HttpResponse:
    """The records behind one cell: the question's parameters and ``at.<dimension>=``; for the drawer, as a page, and as a file."""
    viewer = request.viewer
    try:
        question = read(request) or first_question(latest(known_months(viewer.city)))
        place = _place(request, question)
        found, version = records_of(question, viewer, place)
    except Unanswerable as refusal:
        return render(request, "desk/questions/none.html", {"problem": words.refused(refusal)}, status=400)
    source = SOURCES[question.subject.code]
    named = names_of([*question.filters, *((one, (value,)) for one, value in place.values)], viewer)
    title = words.title_words(question, version)
    conditions = condition_words(question, named, place)
    if request.GET.get("xlsx"):
        lines = found.order_by("-id")[: records.MOST_EXPORTED]
        return records.as_sheet(source, version, lines, title, conditions)
    page = page_by(request, found, BY_MONTH, PAGE_ROWS) if source.by_month else page_of(request, found, size=PAGE_ROWS)
    shown = {
        "title": title,
        "conditions": conditions,
        "columns": records.columns(source, version)[: DRAWER_COLUMNS if in_drawer(request) else None],
        "rows": records.rows(source, version, page.rows),
        "previous": f"{request.path}{page.previous}" if page.previous else None,
        "next": f"{request.path}{page.next}" if page.next else None,
        "back": words.address(question),
        "xlsx_url": f"{request.path}{page_address(request)}&xlsx=1",
        "counted": version is not None,
    }
    return render(request, "desk/questions/records.html", shown)


def _place(request: Any, question: Question) -> Place:
    """The cell that the address names. Raises ``Unanswerable``."""
    period, values = None, []
    for name, text in request.GET.items():
        if name == "at.period":
            period = parse({"period": [text]}, SUBJECTS).period
        elif name.startswith("at."):
            dimension = question.subject.dimension(name.removeprefix("at."))
            is_other = text == "*" and question.top and dimension in question.rows[:1]
            values.append((dimension, text if is_other else checked(dimension, text)))
    return Place(tuple(values), period)


@desk_page(Can.READ_PAYMENTS, methods=("POST",))
def question_save(request: Any) -> HttpResponse:
    """Keep the question under a title."""
    viewer, given = request.viewer, QueryDict(request.POST.get("asked", ""))
    try:
        question = parse(dict(given.lists()), SUBJECTS)
        shared, title = request.POST.get("shared") == "1", request.POST.get("title", "")
        saved = actions.save_question(
            city=viewer.city, question=question, title=title, shared=shared, by=viewer.user, at=timezone.now()
        )
        messages.success(request, _("已存下“%(title)s”。") % {"title": saved.title})
    except Unanswerable as refusal:
        messages.error(request, words.refused(refusal))
    except (actions.TitleMissing, actions.TitleTaken) as refusal:
        messages.error(request, _title_problem(refusal))
    return redirect(f"{reverse('desk:questions')}?{query_of(given)}")


def _title_problem(refusal: Exception) -> str:
    if isinstance(refusal, actions.TitleTaken):
        return _("您已有一个叫“%(title)s”的问题。请换一个名字。") % {"title": str(refusal)}
    return _("请给问题起一个名字，最多 %(most)s 个字。") % {"most": actions.LONGEST_TITLE}


@desk_page(Can.READ_PAYMENTS)
def question_saved(request: Any) -> HttpResponse:
    """One's own saved questions to rename, share and delete; below, what others share."""
    viewer = request.viewer
    links = saved_links(saved_for(viewer.city, viewer.user), viewer.user)
    shared = [
        {"question": {"text": one["label"], "href": one["href"]}, "owner": one["owner"], "at": date_(one["saved_at"])}
        for one in links["others"]
    ]
    return render(request, "desk/questions/saved.html", {"saved": links, "shared_rows": shared})


def _own(request: Any, key: UUID) -> SavedQuestion:
    """One's own; another's looks absent."""
    rows = saved_for(request.viewer.city, request.viewer.user).filter(owner=request.viewer.user)
    return get_object_or_404(rows, pk=key)


@desk_page(Can.READ_PAYMENTS, methods=("POST",))
def question_rename(request: Any, key: UUID) -> HttpResponse:
    """Give it another title."""
    try:
        title = request.POST.get("title", "")
        actions.rename_question(saved=_own(request, key), title=title, by=request.viewer.user, at=timezone.now())
        messages.success(request, _("已改名。"))
    except (actions.TitleMissing, actions.TitleTaken) as refusal:
        messages.error(request, _title_problem(refusal))
    return redirect("desk:question_saved")


@desk_page(Can.READ_PAYMENTS, methods=("POST",))
def question_share(request: Any, key: UUID) -> HttpResponse:
    """Share it, or take it back (``shared=0``)."""
    shared = request.POST.get("shared") == "1"
    actions.share_question(saved=_own(request, key), shared=shared, by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已共享，能问数的人都看得到。") if shared else _("已收回，只有您自己看得到。"))
    return redirect("desk:question_saved")


@desk_page(Can.READ_PAYMENTS, methods=("POST",))
def question_delete(request: Any, key: UUID) -> HttpResponse:
    """Take it away."""
    actions.delete_question(saved=_own(request, key), by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已删除。"))
    return redirect("desk:question_saved")
