"""What a set would change, tried on what the city has. Nothing is written; what was decided stays as it was decided."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhaoshang.common.problems import N_
from zhaoshang.contracts.models import Appraisal, ContractText
from zhaoshang.contracts.rules.clauses import find
from zhaoshang.contracts.rules.sheets import REPLY_LABELS, Reply, Site, compute, reply
from zhaoshang.contracts.standards import APPRAISAL, CLAUSES
from zhaoshang.duties.models import Clock
from zhaoshang.duties.queries import DUTIES
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.opportunities.rules import KIND_LABELS, LISTED
from zhaoshang.opportunities.rules import Kind as EntryKind
from zhaoshang.partners.eligibility import forbidden
from zhaoshang.partners.localrules import ELIGIBILITY
from zhaoshang.partners.models import Partner
from zhaoshang.projects.likeness import MATCHING
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.review.rules import PAIR_STATE_LABELS, PairState
from zhaoshang.rulebook.comparing import decided_pairs, listed
from zhaoshang.rulebook.gates import lacking_by_stage
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.talks.models import Claim, Renewal
from zhaoshang.talks.rules import Terms
from zhaoshang.talks.terms import TALKS, terms_for
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of a trial: what is counted (to be translated unless it is a ``name``), by the set in force and by the new one."""

    what: str
    before: int
    after: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried, on how much of what, and what came out."""

    about: str
    tried: int
    effects: Sequence[Effect]


def trial_of(kind: Kind[Any], city: City, content: Mapping[str, Any], today: date) -> Trial | None:
    """What a content that can be read would change; None for kinds of which nothing can be tried. Raises ``rules.BadRules``."""
    tried = TRIALS.get(kind.code)
    return tried(city, content, today) if tried else None


def _stages(city: City, content: Mapping[str, Any], today: date) -> Trial:
    held = STAGES.on(city, today)
    tried, before = lacking_by_stage(city, held.content, today)
    _same, after = lacking_by_stage(city, content, today)
    names = {one.code: one.name for source in (held.content, content) for one in STAGES.read(source)}
    lines = [Effect(N_("进入下一阶段还缺内容或文件"), before[code], after[code], name) for code, name in names.items()]
    return Trial(
        N_("推进中的项目，按各自的下一阶段看还缺什么"), tried, [one for one in lines if one.before or one.after]
    )


def _matching(city: City, content: Mapping[str, Any], today: date) -> Trial:
    pairs = decided_pairs(city)
    old = listed(city, pairs, MATCHING.on(city, today).read)
    new = listed(city, pairs, MATCHING.read(content))
    totals = Counter(pair.state for pair in pairs)
    lines = [Effect(PAIR_STATE_LABELS[PairState(state)], old[state], new[state]) for state in sorted(totals)]
    return Trial(N_("最近裁定的疑似重复，各种裁定里仍会列出多少对"), len(pairs), lines)


def _talks(city: City, content: Mapping[str, Any], today: date) -> Trial:
    terms = TALKS.read(content)
    renewed = Renewal.objects.filter(city_id=OuterRef("city_id"), claim_id=OuterRef("pk")).order_by()
    times = Coalesce(Subquery(renewed.values("claim_id").annotate(times=Count("id")).values("times")), 0)
    rows = Claim.objects.of(city).filter(ended="", protected_until__gte=today).select_related("rules", "talk")
    claims = list(rows.annotate(times=times))
    ends = [(one, _until(one, terms_for(one)), _until(one, terms)) for one in claims]
    small = [[one.talk.amount_fen < held.at_least_fen for held in (terms_for(one), terms)] for one in claims]
    return Trial(
        N_("保护中的首谈，假如当初就按这一套登记；已登记的始终按登记时的规则"),
        len(claims),
        [
            Effect(N_("仍在保护期内"), len(claims), sum(new >= today for _one, _old, new in ends)),
            Effect(N_("保护会更早结束"), 0, sum(new < old for _one, old, new in ends)),
            Effect(N_("保护会更晚结束"), 0, sum(new > old for _one, old, new in ends)),
            Effect(N_("低于拟投资额门槛"), sum(one[0] for one in small), sum(one[1] for one in small)),
        ],
    )


def _until(claim: Any, terms: Terms) -> date:
    days = terms.protected_days + min(claim.times, terms.most_renewals) * terms.renewal_days
    return timezone.localdate(claim.claimed_at) + timedelta(days=days)


def _duties(city: City, content: Mapping[str, Any], today: date) -> Trial:
    held, new, calendar = DUTIES.on(city, today).read, DUTIES.read(content), workdays_of(city)
    running = list(Clock.objects.of(city).filter(answered_on__isnull=True))
    late, would = Counter[str](), Counter[str]()
    for one in running:
        late[one.kind] += one.due_on < today
        kind = new.clocks.get(one.kind)
        due = calendar.after(one.started_on, kind.days)[0] if kind else one.due_on
        would[one.kind] += due < today
    names = {one.code: one.name for rules in (held, new) for one in rules.clocks.values()}
    lines = [Effect(N_("已逾期"), late[code], would[code], names.get(code, code)) for code in sorted(late)]
    return Trial(N_("在计时的事项，假如开始时就按这一套；在计时的不改时限"), len(running), lines)


def _practice(city: City, content: Mapping[str, Any], today: date) -> Trial:
    both = [PRACTICE.on(city, today).read, PRACTICE.read(content)]
    rows = Opportunity.objects.of(city).filter(state__in=list(LISTED), published_at__isnull=False)
    entries = list(rows.values_list("kind", "checked_on"))
    due = [Counter(kind for kind, day in entries if one.check_due(kind, day) < today) for one in both]
    lines = [
        Effect(N_("该再核实"), due[0][kind], due[1][kind], KIND_LABELS[EntryKind(kind)])
        for kind in {**due[0], **due[1]}
    ]
    return Trial(N_("已发布的招商条目，今天该再核实的"), len(entries), lines)


def _eligibility(city: City, content: Mapping[str, Any], today: date) -> Trial:
    both = [ELIGIBILITY.on(city, today).read, ELIGIBILITY.read(content)]
    standing = list(Partner.objects.of(city).filter(ended_on__isnull=True, term_to__gte=today))

    def barred(rules: Any) -> int:
        asked = ({key: getattr(one, key) for key in ("nature", "name", "post", "declared")} for one in standing)
        return sum(bool(forbidden(rules, **one)) for one in asked)

    lines = [Effect(N_("按规则不得担任"), barred(both[0]), barred(both[1]))]
    return Trial(N_("聘期内的招商合伙人，假如今天聘任"), len(standing), lines)


def _appraisal(city: City, content: Mapping[str, Any], today: date) -> Trial:
    held = APPRAISAL.on(city, today).content
    rows = Appraisal.objects.of(city).order_by("project_id", "-revision")
    newest = list({one.project_id: one for one in reversed(rows)}.values())

    def replies(standard: Any) -> Counter[str]:
        lines = (
            (one, [line.plain() for line in compute(standard, Site(one.site), one.industry, one.inputs)])
            for one in newest
        )
        return Counter(str(reply(found, one.vetoes)) for one, found in lines)

    old, new = replies(held), replies(content)
    return Trial(
        N_("各项目最新一版研判表，重新对照门槛"),
        len(newest),
        [Effect(REPLY_LABELS[Reply(code)], old[code], new[code]) for code in sorted({*old, *new})],
    )


def _clauses(city: City, content: Mapping[str, Any], today: date) -> Trial:
    both = [CLAUSES.on(city, today).read, CLAUSES.read(content)]
    rows = ContractText.objects.of(city).order_by("project_id", "version").only("project_id", "passages")
    newest = list({one.project_id: one for one in rows}.values())
    hits = [
        Counter(hit.code for one in newest for hit in find(held, [text for _page, text in one.passages]))
        for held in both
    ]
    names = {code: row["label"] for held in both for code, row in held.clauses.items()}
    lines = [Effect(N_("会标出的地方"), hits[0][code], hits[1][code], names[code]) for code in names]
    return Trial(N_("各项目最新一版合同文本"), len(newest), [one for one in lines if one.before or one.after])


TRIALS: dict[str, Callable[[City, Mapping[str, Any], date], Trial]] = {
    "stages": _stages,
    "matching": _matching,
    "talks": _talks,
    "duties": _duties,
    "practice": _practice,
    "eligibility": _eligibility,
    "appraisal": _appraisal,
    "clauses": _clauses,
}
