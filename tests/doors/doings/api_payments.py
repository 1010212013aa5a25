"""Payments and their evidence, by the API."""

from cast import Cast

from doors.doings import PLAIN, Doing, doing


@doing("api:decision")
def decision(cast: Cast) -> Doing:
    payment = cast.declared()
    return Doing(
        "verifier",
        f"/api/payments/{payment.pk}/decision",
        {"verdict": "return", "revision": payment.revision, "reason": PLAIN},
    )
