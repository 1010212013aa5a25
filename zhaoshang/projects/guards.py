"""What the database refuses of projects: rewritten schedules and logs, a day or stage that the log does not say, a gate jumped, and
a silent change of what a signing rests on."""

from zhaoshang.projects.stages.rules import COUNTED, FIRST_STAGE, FROZEN_ONCE_SIGNED, NEEDS_PROOF, Chain
from zhaoshang.tenancy.guards import Guard, append_only

GUARDS = [*append_only("projects_instalment"), *append_only("projects_earlierarrival")]

_LOG = "FROM projects_stageentry e WHERE e.city_id = NEW.city_id AND e.project_id = {project}"
_OF_PROJECT, _OF_ENTRY = _LOG.format(project="NEW.id"), _LOG.format(project="NEW.project_id")
_STANDS = (
    "e.day IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects_stageentry l WHERE l.city_id = e.city_id "
    "AND l.project_id = e.project_id AND l.stage = e.stage AND l.number > e.number)"
)
_SIGNED = "(OLD.signed_on IS NOT NULL OR OLD.landed_on IS NOT NULL)"


def _text(value: str) -> str:
    return f"COALESCE(CAST({value} AS TEXT), '')"


def _day_unlike(stage: str, column: str) -> str:
    said = f"(SELECT e.day {_OF_PROJECT} AND e.stage = '{stage}' ORDER BY e.number DESC LIMIT 1)"
    return f"{_text(f'NEW.{column}')} <> {_text(said)}"


def _stage_unlike(chain: Chain, before: str) -> str:
    said = f"(SELECT e.stage {_OF_PROJECT} AND e.chain = '{chain}' AND {_STANDS} ORDER BY e.rank DESC LIMIT 1)"
    return f"NEW.{chain} <> COALESCE({said}, '{before}')"


def _changed_silently(field: str) -> str:
    column = "enterprise_id" if field == "enterprise" else field
    # A UUID has dashes on one database and none on the other.
    old, new = (f"REPLACE(CAST({row}.{column} AS TEXT), '-', '')" for row in ("OLD", "NEW"))
    of_field = f"c.city_id = NEW.city_id AND c.project_id = NEW.id AND c.field = '{field}'"
    rows = "FROM projects_projectcorrection c WHERE"
    last = f"(SELECT MAX(number) {rows} {of_field})"
    return (
        f"({old} <> {new} AND NOT EXISTS (SELECT 1 {rows} {of_field} "
        f"AND c.old = {old} AND c.new = {new} AND c.number = {last}))"
    )


_UNLIKE_LOG = " OR ".join(
    [
        *(_day_unlike(stage, column) for stage, column in COUNTED.items()),
        _stage_unlike(Chain.PROMOTION, FIRST_STAGE),
        _stage_unlike(Chain.CONSTRUCTION, ""),
        f"NEW.standing <> COALESCE((SELECT e.standing {_OF_PROJECT} ORDER BY e.number DESC LIMIT 1), 'open')",
    ]
)
_BEGINS_LATE = (
    f"NEW.promotion <> '{FIRST_STAGE}' OR NEW.construction <> '' OR NEW.standing <> 'open' OR "
    + " OR ".join(f"NEW.{column} IS NOT NULL" for column in COUNTED.values())
)
_LAST_STANDING = f"COALESCE((SELECT e.standing {_OF_ENTRY} ORDER BY e.number DESC LIMIT 1), 'open')"
_OF_STAGE = (
    "SELECT 1 FROM projects_stageproof p "
    "WHERE p.city_id = NEW.city_id AND p.project_id = NEW.project_id AND p.stage = NEW.stage"
)
_NO_PROOF = (
    f"NEW.kind = 'advanced' AND NEW.stage IN ({', '.join(repr(one) for one in NEEDS_PROOF)}) AND NOT EXISTS "
    f"({_OF_STAGE})"
)
_JUMPS = (
    f"NEW.kind = 'advanced' AND NEW.rank > 1 + COALESCE((SELECT MAX(e.rank) {_OF_ENTRY} AND e.chain = NEW.chain "
    f"AND {_STANDS}), CASE WHEN NEW.chain = 'promotion' THEN 1 ELSE 0 END)"
)

STAGE_GUARDS = [
    *append_only("projects_stageset"),
    *append_only("projects_stageentry"),
    *append_only("projects_stageproof"),
    *append_only("projects_projectcorrection"),
    Guard("projects_project", "INSERT", _BEGINS_LATE, "a project begins as a lead", "begins_as_lead"),
    Guard(
        "projects_project", "UPDATE", _UNLIKE_LOG, "stages and counted days are what the stage log says", "as_logged"
    ),
    Guard(
        "projects_project",
        "UPDATE",
        f"{_SIGNED} AND ({' OR '.join(_changed_silently(field) for field in FROZEN_ONCE_SIGNED)})",
        "what a signing rests on changes by a recorded correction only",
        "rested_on",
    ),
    Guard("projects_stageentry", "INSERT", _JUMPS, "no stage is jumped without a recorded skip", "in_order"),
    Guard("projects_stageentry", "INSERT", _NO_PROOF, "this stage is entered with its evidence", "proof"),
    Guard(
        "projects_stageentry",
        "INSERT",
        f"NEW.kind = 'registered' AND EXISTS (SELECT 1 {_OF_ENTRY} AND e.kind <> 'registered')",
        "days come with the registration only at registration",
        "registration",
    ),
    Guard(
        "projects_stageentry",
        "INSERT",
        f"(NEW.kind NOT IN ('closed', 'reopened') AND NEW.standing <> {_LAST_STANDING}) "
        f"OR (NEW.kind IN ('advanced', 'skipped') AND NEW.standing <> 'open')",
        "a project that is closed stands still",
        "standing",
    ),
    Guard("projects_startedproject", "UPDATE", "1=1", "a listed start is not rewritten", "fixed"),
]

FOLLOWER_GUARDS = [
    Guard(
        "projects_project",
        "UPDATE",
        "NEW.follower_id IS NOT NULL AND (NEW.follower_id = NEW.unit_id OR NOT EXISTS (SELECT 1 FROM regions_reportingunit u "
        "WHERE u.city_id = NEW.city_id AND u.id = NEW.follower_id))",
        "a project is followed by another unit of its city",
        "follower",
    ),
]
