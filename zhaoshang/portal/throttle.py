"""How often one address may knock at a door that needs no login: the brakes of ``people``, asked for a request."""

from django.http import HttpRequest

from zhaoshang.people import brakes


def must_wait(request: HttpRequest, door: str) -> int:
    """Count a knock; the seconds to wait when there were too many from this address, else 0."""
    city = request.viewer.city  # type: ignore[attr-defined]
    return 0 if city._state.adding else brakes.take(city=city, door=door, who=brakes.address_of(request))


def guessed_too_often(request: HttpRequest) -> int:
    """The seconds to wait for who asked for too many receipts or links that do not exist, else 0."""
    city = request.viewer.city  # type: ignore[attr-defined]
    return 0 if city._state.adding else brakes.wait(city=city, door="receipt", who=brakes.address_of(request))
