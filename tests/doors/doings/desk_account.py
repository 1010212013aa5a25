"""One's own account: in and out, the second step, passkeys, the password."""

from cast import Cast
from django.test import Client

from doors.authenticator import Authenticator
from doors.doings import PLAIN, Doing, doing
from doors.test_passkeys import add, asked
from doors.test_second_factor import LOGIN, OWN, PASSWORD, code, enrol
from zhaoshang.people.models import Passkey

KEYS = f"{OWN}passkeys/"


def _officer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.officer)
    return client


def _half(client: Client) -> None:
    client.post(LOGIN, {"username": "officer", "password": PASSWORD})


@doing("desk:login")
def login(cast: Cast) -> Doing:
    return Doing("", LOGIN, {"username": "officer", "password": PASSWORD, "next": PLAIN})


@doing("desk:login_code")
def login_code(cast: Cast) -> Doing:
    secret, _codes = enrol(_officer(cast))
    return Doing("", f"{LOGIN}code/", {"code": code(secret), "next": PLAIN}, first=_half)


@doing("desk:login_passkey")
def login_passkey(cast: Cast) -> Doing:
    device, client = Authenticator(), Client()
    add(_officer(cast), device)
    answer = device.signs(asked(client.get(LOGIN)), handle=cast.officer.pk.bytes)
    return Doing("", f"{LOGIN}passkey/", {"passkey": answer, "next": PLAIN})


@doing("desk:logout")
def logout(cast: Cast) -> Doing:
    return Doing("officer", "/desk/logout/")


@doing("desk:language")
def language(cast: Cast) -> Doing:
    return Doing("officer", "/desk/language/", {"language": "en", "next": PLAIN})


@doing("desk:password")
def password(cast: Cast) -> Doing:
    wanted = "a-long-enough-phrase"
    return Doing("officer", "/desk/password/", {"present": PASSWORD, "wanted": wanted, "again": wanted})


@doing("desk:second_factor")
def second_factor(cast: Cast) -> Doing:
    return Doing("officer", OWN)


@doing("desk:second_factor_confirm")
def second_factor_confirm(cast: Cast) -> Doing:
    page = _officer(cast).post(OWN).content.decode()
    secret = page.partition('name="secret" value="')[2][:32]
    return Doing("officer", f"{OWN}confirm/", {"code": code(secret), "secret": secret})


@doing("desk:second_factor_codes")
def second_factor_codes(cast: Cast) -> Doing:
    enrol(_officer(cast))
    return Doing("officer", f"{OWN}codes/")


@doing("desk:second_factor_remove")
def second_factor_remove(cast: Cast) -> Doing:
    enrol(_officer(cast))
    return Doing("officer", f"{OWN}remove/")


@doing("desk:passkey_confirm")
def passkey_confirm(cast: Cast) -> Doing:
    answer = Authenticator().makes(asked(_officer(cast).post(f"{KEYS}new/")))
    return Doing("officer", KEYS, {"name": PLAIN, "answer": answer})


@doing("desk:passkey_remove")
def passkey_remove(cast: Cast) -> Doing:
    add(_officer(cast), Authenticator())
    return Doing("officer", f"{KEYS}{Passkey.objects.of(cast.city).get().pk}/remove/")
