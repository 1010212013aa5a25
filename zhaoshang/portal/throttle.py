"""How often one address may knock at a door that needs no login. Counted in the cache of this process: a brake, not a wall; what may
not be passed at all is counted in the database."""

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 600


def too_often(request: HttpRequest, door: str, most: int) -> bool:
    """Count a knock; whether there were more than ``most`` from this address within ten minutes."""
    key = f"throttle:{door}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return False
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # the window ended between the two
        return False
