"""Loads the demo city: reference tables, people, what older books tell, fifteen months of account, and work that waits."""

from random import Random

from django.db import transaction
from django.utils import timezone

from zhaoshang.capital.models import Payment
from zhaoshang.common.periods import Period, month_number
from zhaoshang.demo.account import Account
from zhaoshang.demo.assessments import Assessing
from zhaoshang.demo.bulletins import publish
from zhaoshang.demo.bureau import send_return
from zhaoshang.demo.campaigning import lay_down
from zhaoshang.demo.clock import after, days_behind
from zhaoshang.demo.contracting import contract
from zhaoshang.demo.duties import Duties
from zhaoshang.demo.enterprises import fill_enterprises
from zhaoshang.demo.gathering import gather
from zhaoshang.demo.history import schedule_account, tell_past
from zhaoshang.demo.in_talks import begin_talks
from zhaoshang.demo.local_rules import issue_sample
from zhaoshang.demo.lookalikes import look_alike
from zhaoshang.demo.machines import tell_programs
from zhaoshang.demo.matchmaking import bring_together
from zhaoshang.demo.opportunities import open_opportunities
from zhaoshang.demo.outreach import go_out
from zhaoshang.demo.partnering import partner_up
from zhaoshang.demo.people import open_accounts
from zhaoshang.demo.plan import FIRST, LAST, SEED, Plan, make_plan
from zhaoshang.demo.publishing import Site
from zhaoshang.demo.questions import save_questions
from zhaoshang.demo.rates import define_rates
from zhaoshang.demo.reference import Q1_2023, Dictionary, add_units, enter_others, issue_rule_set, set_targets
from zhaoshang.demo.slips import Press
from zhaoshang.demo.stages import ask_for_reviews, start_together
from zhaoshang.demo.talks import Talking
from zhaoshang.demo.views import save_views
from zhaoshang.demo.waiting import Waiting
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.people.diary import lines_together
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.regions.access import memberships_known
from zhaoshang.regions.actions import load_regions
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.clock import clock_of
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.planning import tell_planner

CODE = "dalian"
_NEW_YEAR = month_number(2023, 1)
_LARGE = [model._meta.db_table for model in (Payment, Project, Enterprise, ReportingUnit)]


def is_loaded() -> bool:
    """Whether the demo city stands in the database."""
    return City.objects.filter(code=CODE).exists()


def load(seed: int = SEED, press: Press | None = None) -> City:
    """The whole city in one transaction: it is there, or it is not."""
    with press or Press() as drawing, transaction.atomic():
        return _load(seed, drawing)


def _load(seed: int, press: Press) -> City:
    load_regions()
    told = {"name": "大连市", "name_en": "Dalian", "gb_code": "210200"}
    behind = days_behind(timezone.now())
    city: City = City.objects.create(code=CODE, is_sample=True, days_behind=behind, **told)
    with clock_of(city):
        return _filled(city, seed, press)


def _filled(city: City, seed: int, press: Press) -> City:
    units = add_units(city)
    people = open_accounts(city, units)
    statistician = people["tongji"]
    dictionary = Dictionary(city, statistician)
    dictionary.define()
    define_rates(city, statistician)
    issue_sample(city, STAGES, statistician)
    dictionary.capital(2022, issue_rule_set(city, 2022, statistician))
    set_targets(city, units, 2022, statistician)
    plan = make_plan(seed)
    past = Random(seed + 1)  # noqa: S311 - invented years, apart from the account's own chance
    tell_past(city, units, statistician, past)
    account = Account(city, units, people, press, Random(seed))  # noqa: S311 - invented names, not secrets
    account.register(plan.projects)
    account.prepare(plan.payments)
    schedule_account(city, account.projects, plan.payments, statistician, past)
    _months(account, plan, range(FIRST, _NEW_YEAR))
    tell_planner(*_LARGE)
    publish(city, Period.of_year(2022), "示例通报〔2023〕1号", statistician, after(_NEW_YEAR - 1, 18, 15))
    dictionary.capital(2023, issue_rule_set(city, 2023, statistician))
    dictionary.restate_2022()
    set_targets(city, units, 2023, statistician)
    _months(account, plan, range(_NEW_YEAR, LAST + 1))
    tell_planner(*_LARGE)
    lay_down(account)
    ask_for_reviews(city, statistician)
    start_together(account)
    with lines_together(), memberships_known():
        go_out(account)
        gather(account)
        open_opportunities(account)
        partner_up(account)
    Waiting(account).fill()
    send_return(account, [payment for payment in plan.payments if payment.month == LAST])
    enter_others(dictionary, statistician)
    publish(city, Q1_2023, "示例通报〔2023〕2号", statistician, after(LAST, 19))
    Assessing(account).fill()
    save_questions(city, statistician)
    save_views(city, statistician)
    Site(account).fill()
    look_alike(account)
    Talking(account).fill()
    begin_talks(account)
    contract(account)
    Duties(account).fill()
    fill_enterprises(account)
    bring_together(account)
    tell_programs(account)
    return city


def _months(account: Account, plan: Plan, months: range) -> None:
    for month in months:
        account.month(month, [payment for payment in plan.payments if payment.month == month], close=month < LAST)
