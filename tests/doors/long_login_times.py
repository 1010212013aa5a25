"""How long a refused login takes, whoever is tried: medians of 200 within a tenth of each other.

For `make test-long`; its short form, in `test_login.py`, counts hashes.
"""

from statistics import median
from time import perf_counter
from typing import Any

from axes.utils import reset
from cast import Cast
from django.test import Client

from zhaoshang.people.models import User

SAMPLES = 200


def test_nobody_learns_from_the_time_whether_an_account_exists(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for person in (cast.officer, cast.auditor, cast.verifier):
        person.set_password("sample-password")
        person.save()
    User.objects.filter(pk=cast.auditor.pk).update(is_active=False)
    for _ in range(5):
        Client().post("/desk/login/", {"username": "verifier", "password": "wrong"})
    spent: dict[str, list[float]] = {"nobody": [], "auditor": [], "officer": [], "verifier": []}
    for turn in range(SAMPLES):
        for name in ("nobody", "auditor", "officer"):
            reset(username=name)
        for name, times in spent.items():
            began = perf_counter()
            answer = Client(REMOTE_ADDR=f"10.0.{turn}.1").post("/desk/login/", {"username": name, "password": "wrong"})
            times.append(perf_counter() - began)
            assert answer.status_code == 200
    medians = {name: median(times) for name, times in spent.items()}
    print(medians)
    assert max(medians.values()) / min(medians.values()) < 1.10, medians
