"""What each role may do. Pure: no Django, no clock.

Eight roles. A partner (招商合伙人) is not of the bureau and sees nothing but its own. The three that run the installation's
safety (三员: GB/T 22239-2019, 8.1.5) see no business figures: the system administrator keeps accounts and watches the running, the
security administrator grants and holds what is in dispute, the auditor reads the diary, and none writes to the account. It takes two
of them to get into somebody else's account: who gives a one-time password cannot take off the second factor.
"""

from enum import StrEnum

from zhaoshang.common.problems import N_


class Role(StrEnum):
    """A role in one city."""

    OFFICER = "officer"
    VERIFIER = "verifier"
    STATISTICIAN = "statistician"
    LEADER = "leader"
    SYSTEM = "system"
    SECURITY = "security"
    AUDITOR = "auditor"
    PARTNER = "partner"


ROLE_LABELS = {
    Role.OFFICER: N_("地区填报员"),
    Role.VERIFIER: N_("市级审核员"),
    Role.STATISTICIAN: N_("统计员"),
    Role.LEADER: N_("领导"),
    Role.SYSTEM: N_("系统管理员"),
    Role.SECURITY: N_("安全管理员"),
    Role.AUDITOR: N_("审计员"),
    Role.PARTNER: N_("招商合伙人"),
}


class Can(StrEnum):
    """One thing that a role may do; every door asks with these words."""

    READ_FIGURES = "figures.read"
    READ_PAYMENTS = "payments.read"
    DECLARE = "payments.declare"
    VERIFY = "payments.verify"
    DECIDE_DUPLICATES = "duplicates.decide"
    SET_SCHEDULES = "schedules.set"
    ADVANCE_STAGE = "stages.advance"
    SKIP_STAGE = "stages.skip"
    CORRECT_PROJECT = "projects.correct"
    CALL_STARTS = "starts.call"
    TALK = "talks.claim"
    RULE_TALKS = "talks.rule"
    PREPARE_CONTRACT = "contracts.prepare"
    REVIEW_CONTRACT = "contracts.review"
    KEEP_ENTERPRISES = "enterprises.keep"
    SEE_CONTACTS = "contacts.see"
    MERGE_ENTERPRISES = "enterprises.merge"
    KEEP_ROSTERS = "rosters.keep"
    HIDE_PROJECT = "projects.hide"
    READ_CONFIDENTIAL = "projects.read_confidential"
    READ_RULES = "rules.read"
    WRITE_RULES = "rules.write"
    SET_TARGETS = "targets.set"
    PLAN = "plans.write"
    REPORT_PROGRESS = "plans.report"
    TAG_CAMPAIGNS = "campaigns.tag"
    OUTREACH = "outreach.write"
    APPROVE_TRIPS = "trips.approve"
    ENTER_EXTERNAL = "external.enter"
    CLOSE_MONTH = "months.close"
    ASK_REOPEN = "months.ask_reopen"
    APPROVE_REOPEN = "months.approve_reopen"
    RECONCILE = "bureau.reconcile"
    CHECK_TEXTS = "texts.check"
    ASSESS = "assessments.run"
    OBJECT = "assessments.object"
    EXPLAIN_LIGHTS = "lights.explain"
    WRITE_BULLETINS = "bulletins.write"
    WRITE_SITE = "site.write"
    PUBLISH_SITE = "site.publish"
    ANSWER_PUBLIC = "public.answer"
    ASSIGN_DUTIES = "duties.assign"
    WORK_DUTIES = "duties.work"
    SUPERVISE = "duties.supervise"
    ACCEPT_ANSWERS = "duties.accept"
    SWEEP_FINDINGS = "findings.sweep"
    ACCEPT_FINDINGS = "findings.accept"
    READ_LEADS = "leads.read"
    TAKE_IN_LEADS = "leads.take_in"
    TRIAGE_LEADS = "leads.triage"
    HANDLE_LEADS = "leads.handle"
    READ_PARTNERS = "partners.read"
    APPOINT_PARTNERS = "partners.appoint"
    DECIDE_CLAIMS = "claims.decide"
    BE_PARTNER = "partners.be"
    READ_OPPORTUNITIES = "opportunities.read"
    KEEP_OPPORTUNITIES = "opportunities.keep"
    WRITE_EDITIONS = "editions.write"
    APPROVE_EDITIONS = "editions.approve"
    EXPORT_CHECKPOINT = "ledger.checkpoint"
    SHARE_VIEWS = "views.share"
    SEE_ACCOUNTS = "people.see"
    KEEP_ACCOUNTS = "people.keep"
    GRANT = "people.grant"
    SEE_HOLDS = "holds.see"
    HOLD = "holds.place"
    READ_DIARY = "diary.read"
    WATCH_SYSTEM = "system.watch"


_READS = frozenset(
    {
        Can.READ_FIGURES,
        Can.READ_PAYMENTS,
        Can.READ_RULES,
        Can.CHECK_TEXTS,
        Can.READ_LEADS,
        Can.READ_PARTNERS,
        Can.READ_OPPORTUNITIES,
    }
)
CAPABILITIES: dict[Role, frozenset[Can]] = {
    Role.OFFICER: _READS
    | {
        Can.DECLARE,
        Can.SET_SCHEDULES,
        Can.ADVANCE_STAGE,
        Can.TALK,
        Can.PREPARE_CONTRACT,
        Can.KEEP_ENTERPRISES,
        Can.SEE_CONTACTS,
        Can.HIDE_PROJECT,
        Can.REPORT_PROGRESS,
        Can.TAG_CAMPAIGNS,
        Can.OUTREACH,
        Can.OBJECT,
        Can.EXPLAIN_LIGHTS,
        Can.ASSIGN_DUTIES,
        Can.WORK_DUTIES,
        Can.TAKE_IN_LEADS,
        Can.HANDLE_LEADS,
        Can.KEEP_OPPORTUNITIES,
    },
    Role.VERIFIER: _READS
    | {
        Can.VERIFY,
        Can.SHARE_VIEWS,
        Can.APPROVE_REOPEN,
        Can.PUBLISH_SITE,
        Can.SKIP_STAGE,
        Can.APPROVE_EDITIONS,
        Can.APPROVE_TRIPS,
        Can.DECIDE_CLAIMS,
        Can.RULE_TALKS,
        Can.REVIEW_CONTRACT,
        Can.SWEEP_FINDINGS,
        Can.ACCEPT_FINDINGS,
        Can.READ_CONFIDENTIAL,
    },
    Role.STATISTICIAN: _READS
    | {
        Can.WRITE_RULES,
        Can.SHARE_VIEWS,
        Can.DECIDE_DUPLICATES,
        Can.SET_SCHEDULES,
        Can.ADVANCE_STAGE,
        Can.CORRECT_PROJECT,
        Can.CALL_STARTS,
        Can.RULE_TALKS,
        Can.PREPARE_CONTRACT,
        Can.REVIEW_CONTRACT,
        Can.KEEP_ENTERPRISES,
        Can.SEE_CONTACTS,
        Can.MERGE_ENTERPRISES,
        Can.KEEP_ROSTERS,
        Can.HIDE_PROJECT,
        Can.READ_CONFIDENTIAL,
        Can.SET_TARGETS,
        Can.PLAN,
        Can.REPORT_PROGRESS,
        Can.TAG_CAMPAIGNS,
        Can.OUTREACH,
        Can.APPROVE_TRIPS,
        Can.ENTER_EXTERNAL,
        Can.CLOSE_MONTH,
        Can.ASK_REOPEN,
        Can.APPROVE_REOPEN,
        Can.RECONCILE,
        Can.ASSESS,
        Can.WRITE_BULLETINS,
        Can.WRITE_SITE,
        Can.PUBLISH_SITE,
        Can.ANSWER_PUBLIC,
        Can.ASSIGN_DUTIES,
        Can.WORK_DUTIES,
        Can.ACCEPT_ANSWERS,
        Can.SWEEP_FINDINGS,
        Can.ACCEPT_FINDINGS,
        Can.TAKE_IN_LEADS,
        Can.TRIAGE_LEADS,
        Can.HANDLE_LEADS,
        Can.APPOINT_PARTNERS,
        Can.KEEP_OPPORTUNITIES,
        Can.WRITE_EDITIONS,
        Can.APPROVE_EDITIONS,
        Can.EXPORT_CHECKPOINT,
    },
    Role.LEADER: _READS
    | {
        Can.SHARE_VIEWS,
        Can.APPROVE_TRIPS,
        Can.SUPERVISE,
        Can.ACCEPT_ANSWERS,
        Can.SEE_CONTACTS,
    },
    Role.SYSTEM: frozenset(
        {
            Can.SEE_ACCOUNTS,
            Can.KEEP_ACCOUNTS,
            Can.WATCH_SYSTEM,
        }
    ),
    Role.SECURITY: frozenset(
        {
            Can.SEE_ACCOUNTS,
            Can.GRANT,
            Can.SEE_HOLDS,
            Can.HOLD,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Can.READ_DIARY,
            Can.SEE_HOLDS,
            Can.WATCH_SYSTEM,
            Can.EXPORT_CHECKPOINT,
        }
    ),
    Role.PARTNER: frozenset(
        {
            Can.BE_PARTNER,
        }
    ),
}

# What weighs so heavily that the password or code is asked for again when the last one is old (ASVS 7.5.3).
PROVEN = frozenset(
    {
        Can.VERIFY,
        Can.CLOSE_MONTH,
        Can.ASK_REOPEN,
        Can.APPROVE_REOPEN,
        Can.PUBLISH_SITE,
        Can.APPROVE_EDITIONS,
        Can.KEEP_ACCOUNTS,
        Can.GRANT,
        Can.HOLD,
    }
)
BY_UNIT = frozenset({Role.OFFICER})
OUTSIDE = frozenset({Role.PARTNER})  # not of the bureau: sees nothing but its own


def may(role: Role | None, what: Can) -> bool:
    """Whether the role allows it. No role allows nothing."""
    return role is not None and what in CAPABILITIES[role]
