"""Who is looking: the one place that turns a login into what may be seen and done in a city."""

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from zhaoshang.people.models import User
from zhaoshang.people.rules import BY_UNIT, OUTSIDE, Can, Role, may
from zhaoshang.people.safety import policy_on
from zhaoshang.regions.models import Membership
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City


class NotAllowed(Exception):
    """The viewer's role does not allow this act. Doors answer 403 and write it into the diary."""


class NotAllThere(Exception):
    """Of what one act was to be done to, some is not there or not the viewer's, which look the same; nothing was done. ``names``: as the
    viewer named it, which tells nothing new."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(", ".join(self.names))


def all_there(named: Iterable[str], found: Container[str]) -> None:
    """Raise :class:`NotAllThere` unless everything that was named was found: a choice that holds another unit's is refused whole."""
    if absent := [name for name in dict.fromkeys(named) if name not in found]:
        raise NotAllThere(absent)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in a city, with a role and, for a district officer, the units of their membership. ``must_enrol``: their role may do
    nothing until they have a second factor."""

    city: City
    user: User | None = None
    role: Role | None = None
    unit_ids: frozenset[UUID] = field(default_factory=frozenset)
    must_enrol: bool = False

    def can(self, what: Can) -> bool:
        """Whether the role allows it."""
        return may(self.role, what)

    def require(self, what: Can) -> None:
        """Raise :class:`NotAllowed` unless the role allows it."""
        if not self.can(what):
            raise NotAllowed(what)

    @property
    def sees_all_units(self) -> bool:
        """Whether rows of every unit are visible to this role."""
        return self.role is not None and self.role not in BY_UNIT | OUTSIDE

    def sees_unit(self, unit_id: UUID) -> bool:
        """Whether rows of this unit are visible."""
        return self.sees_all_units or unit_id in self.unit_ids


_known: ContextVar[dict[tuple[UUID, UUID], Viewer] | None] = ContextVar("memberships_known", default=None)


@contextmanager
def memberships_known() -> Iterator[None]:
    """Read each person's memberships once: for a load in which nobody's change."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def viewer_of(user: User | None, city: City, *, asserted: bool | None = None) -> Viewer:
    """As :func:`_viewer_of`, which a load asks once for each person. ``asserted``: whether at this login an identity provider said that it
    had asked for a second factor itself; None where there is no login to ask, as in the acts themselves and in the background."""
    known = _known.get()
    if known is None or user is None:
        return _viewer_of(user, city, asserted)
    key = (user.pk, city.pk)
    if key not in known:
        known[key] = _viewer_of(user, city, asserted)
    return known[key]


def _viewer_of(user: User | None, city: City, asserted: bool | None) -> Viewer:
    """The person's standing memberships in the city as one viewer. One query; an inactive person is a stranger, and one whose
    password somebody else has seen, or whose role asks for a second factor that they have not, may do nothing yet, by any door."""
    if user is None or not user.is_active:
        return Viewer(city)
    if user.password_is_temporary:
        return Viewer(city, user)
    held = list(Membership.objects.of(city).filter(user=user, withdrawn_at__isnull=True).values_list("role", "unit_id"))
    if not held:
        return Viewer(city, user)
    role = Role(held[0][0])
    if policy_on().asks_second_factor(role, sample=city.is_sample) and not _has_factor(user, asserted):
        return Viewer(city, user, must_enrol=True)
    return Viewer(city, user, role, frozenset(unit for _, unit in held if unit))


def _has_factor(user: User, asserted: bool | None) -> bool:
    if asserted is None:
        asserted = user.asserted_until is not None and user.asserted_until > true_now()
    return asserted or user.second_factor_at is not None
