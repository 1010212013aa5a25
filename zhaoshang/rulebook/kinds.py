"""The kinds of local rules that can be issued, in the order of the work."""

from typing import Any

from zhaoshang.capital.exchange import FOREIGN
from zhaoshang.capital.wording import WORDING
from zhaoshang.contracts.standards import APPRAISAL, CLAUSES
from zhaoshang.duties.queries import DUTIES
from zhaoshang.leads.localrules import LIMITS
from zhaoshang.matchmaking.localrules import WEIGHTS
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.outreach.inforce import OUTREACH
from zhaoshang.partners.localrules import ELIGIBILITY, REWARD
from zhaoshang.projects.likeness import MATCHING
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.publishing.queries import SITE
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.talks.terms import TALKS

KINDS: dict[str, Kind[Any]] = {
    one.code: one
    for one in (
        LIMITS,
        TALKS,
        STAGES,
        MATCHING,
        APPRAISAL,
        CLAUSES,
        DUTIES,
        OUTREACH,
        ELIGIBILITY,
        REWARD,
        PRACTICE,
        WEIGHTS,
        SITE,
        FOREIGN,
        WORDING,
    )
}
