"""How work that may be a job says how far it is: ``tell(step, done, total)``."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]


def tell_nobody(step: str, done: int, total: int) -> None:
    """For work that nobody waits for."""
