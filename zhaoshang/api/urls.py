"""Addresses of the API."""

from typing import Any

from django.views.decorators.http import require_safe

from zhaoshang.api import (
    activities,
    appraisals,
    assessments,
    bulk,
    confidence,
    contracts,
    door,
    duplicates,
    duties,
    editions,
    enterprises,
    errors,
    exchange,
    figures,
    findings,
    follow_ups,
    forecast,
    holds,
    imports,
    jobs,
    leads,
    ledger,
    local_rules,
    matchmaking,
    matters,
    months,
    once,
    opportunities,
    outreach,
    own_doors,
    partners,
    payments,
    plans,
    project_changes,
    projects,
    promises,
    publishing,
    questions,
    search,
    soe,
    stages,
    standing,
    talks,
    texts,
    views,
    visits,
    waiting,
    webhooks,
)
from zhaoshang.api.bodies import StrictParser
from zhaoshang.api.described import Api
from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.people.rules import CAPABILITIES, Can

api = Api(
    title="招商 zhaoshang",
    version="1",
    description="到位资金台账与指标。金额以元为单位、写作十进制字符串。 The account of capital in place; money is yuan in decimal strings.",
    urls_namespace="api",
    docs_url="/docs",
    parser=StrictParser(),
)
once.install(api)
door.install(api)
for room in (
    figures,
    forecast,
    plans,
    outreach,
    follow_ups,
    activities,
    visits,
    matchmaking,
    payments,
    exchange,
    project_changes,
    projects,
    confidence,
    stages,
    bulk,
    talks,
    appraisals,
    contracts,
    promises,
    standing,
    duplicates,
    duties,
    matters,
    findings,
    enterprises,
    soe,
    imports,
    jobs,
    publishing,
    leads,
    partners,
    months,
    opportunities,
    own_doors,
    editions,
    ledger,
    local_rules,
    texts,
    assessments,
    questions,
    search,
    views,
    waiting,
    webhooks,
    holds,
):
    door.describe(room.router)
    api.add_router("", room.router)
errors.install(api)


@api.get("/me", auth=needs(*Can), response=dict[str, object], tags=["people"], summary="Who I am and what I may do")
def me(request: ApiRequest) -> dict[str, object]:
    """Name, role, units and capabilities of the caller."""
    viewer = request.viewer
    granted = sorted(CAPABILITIES[viewer.role]) if viewer.role else []
    return {
        "name": str(viewer.user),
        "role": viewer.role,
        "units": [str(key) for key in viewer.unit_ids],
        "can": granted,
    }


app_name = "api"
urlpatterns: list[Any] = api.urls[0]
for one in urlpatterns:
    if one.name in ("api-root", "openapi-json", "openapi-view"):
        one.callback = require_safe(one.callback)
