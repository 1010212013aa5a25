"""Every operation of the API. Written by tools/write_client.py from the description: do not change by hand."""

from zhaoshang_client.operations.assessments import Assessments
from zhaoshang_client.operations.central_soes_and_origins import CentralSoesAndOrigins
from zhaoshang_client.operations.contracts import Contracts
from zhaoshang_client.operations.duplicates import Duplicates
from zhaoshang_client.operations.duties import Duties
from zhaoshang_client.operations.enterprises import Enterprises
from zhaoshang_client.operations.figures import Figures
from zhaoshang_client.operations.findings import Findings
from zhaoshang_client.operations.forecast import Forecast
from zhaoshang_client.operations.holds import Holds
from zhaoshang_client.operations.imports import Imports
from zhaoshang_client.operations.jobs import Jobs
from zhaoshang_client.operations.leads import Leads
from zhaoshang_client.operations.ledger import Ledger
from zhaoshang_client.operations.local_rules import LocalRules
from zhaoshang_client.operations.matchmaking import Matchmaking
from zhaoshang_client.operations.months_and_rules import MonthsAndRules
from zhaoshang_client.operations.opportunities import Opportunities
from zhaoshang_client.operations.outreach import Outreach
from zhaoshang_client.operations.partners import Partners
from zhaoshang_client.operations.payments import Payments
from zhaoshang_client.operations.people import People
from zhaoshang_client.operations.plans import Plans
from zhaoshang_client.operations.projects import Projects
from zhaoshang_client.operations.publishing import Publishing
from zhaoshang_client.operations.questions import Questions
from zhaoshang_client.operations.search import Search
from zhaoshang_client.operations.talks import Talks
from zhaoshang_client.operations.texts import Texts
from zhaoshang_client.operations.views import Views
from zhaoshang_client.operations.webhooks import Webhooks


class Operations(
    Assessments,
    CentralSoesAndOrigins,
    Contracts,
    Duplicates,
    Duties,
    Enterprises,
    Figures,
    Findings,
    Forecast,
    Holds,
    Imports,
    Jobs,
    Leads,
    Ledger,
    LocalRules,
    Matchmaking,
    MonthsAndRules,
    Opportunities,
    Outreach,
    Partners,
    Payments,
    People,
    Plans,
    Projects,
    Publishing,
    Questions,
    Search,
    Talks,
    Texts,
    Views,
    Webhooks,
):
    """A method for each operation of the API."""
