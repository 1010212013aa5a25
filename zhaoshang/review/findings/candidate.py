"""What a kind of finding is, what it looks at, and one thing that it found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from zhaoshang.capital.models import Payment
from zhaoshang.common.problems import N_
from zhaoshang.common.workdays import WorkDays
from zhaoshang.duties.rules import Rules, Superior
from zhaoshang.people.rules import Role
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City


@dataclass(frozen=True, slots=True)
class Look:
    """Where, when and by which numbers is looked."""

    city: City
    today: date
    rules: Rules
    calendar: WorkDays

    @property
    def everything(self) -> Viewer:
        """A viewer of all units: a sweep looks at the whole city."""
        return Viewer(self.city, None, Role.STATISTICIAN)

    def number(self, kind: str, name: str) -> int:
        """A threshold of the rules in force; a set without it looks for nothing. Raises ``KeyError``."""
        return self.rules.findings[kind].numbers[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that is wrong. ``key``: the same at every sweep; ``facts``: what its sentence needs (amounts in fen under names that end
    in ``_fen``); ``basis``: what an explanation stands on: changed, the finding is open again. ``owner_id``: who answers for it,
    else the project's handler. ``superior``: who is told by now.
    """

    key: str
    subject: str
    facts: Mapping[str, Any]
    href_name: str
    href_id: str
    basis: str = ""
    unit_id: UUID | None = None
    project_id: UUID | None = None
    owner_id: UUID | None = None
    superior: Superior | None = None

    @classmethod
    def of(cls, payment: Payment, *, key: str, facts: Mapping[str, Any], basis: str) -> "Candidate":
        """About one payment, whose project is read already; its page is where it is put right."""
        return cls(
            key=key, subject=payment.project.name, facts=facts, basis=basis, href_name="desk:payment", href_id=str(payment.pk),
            unit_id=payment.unit_id, project_id=payment.project_id,
        )  # fmt: skip

    @property
    def at_stake_fen(self) -> int:
        """The largest of its amounts; 0 without any."""
        return max((abs(value) for name, value in self.facts.items() if name.endswith("_fen")), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of finding. ``text``: its sentence with the facts in braces; ``fix``: what its button says; ``needs``: its thresholds.

    ``about_figures``: an explanation needs a second person, since a figure rests on it. ``about_accounts``: its subject is
    accounts and nothing of the business, so the auditor's report names it. ``always``: looked for whatever the rules say.
    """

    code: str
    label: str
    text: str
    fix: str
    about_figures: bool = False
    about_accounts: bool = False
    always: bool = False
    needs: tuple[str, ...] = ()
    candidates: Callable[[Look], Iterator[Candidate]] = field(repr=False)


# Most kinds are about one payment: a figure rests on it, and its page is where to look.
payment_kind = partial(Kind, fix=N_("看这一笔"), about_figures=True)
