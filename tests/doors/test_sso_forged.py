"""Single sign-on with a provider that lies, leads elsewhere, is slow or is not there: nobody comes in, and the password still works."""

import json
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cast import Cast
from django.core.cache import cache
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from doors.test_sso import BACK, BEGIN, LOGIN, PASSWORD, link, told
from zhaoshang.common import wire
from zhaoshang.people import sso
from zhaoshang.people.models import Event
from zhaoshang.people.provider import BadProvider, Provider, provider_from
from zhaoshang.tenancy.clock import true_now

ISSUER = "https://id.example"
KEY, OTHER = (RSAKey.generate_key(2048, parameters={"kid": kid}) for kid in ("first", "second"))


class Liar:
    """Answers in place of the network. ``claims`` and ``header`` go over what an honest provider says; ``asked``: what was asked of it."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.key: Any = KEY
        self.keys: list[Any] = [KEY]
        self.asked: list[str] = []
        self.nonce = ""
        self.fails: OSError | None = None
        self.token = ""

    def ask(self, url: str, *, body: bytes | None = None, headers: Any = None) -> tuple[int, bytes]:
        self.asked.append(url)
        if self.fails:
            raise self.fails
        return 200, json.dumps(self._answer(urlsplit(url).path)).encode()

    def _answer(self, path: str) -> dict[str, Any]:
        if path.endswith("/openid-configuration"):
            ends = {"authorization_endpoint": "/auth", "token_endpoint": "/token", "jwks_uri": "/keys"}
            return {"issuer": ISSUER} | {name: ISSUER + end for name, end in ends.items()} | self.metadata
        if path == "/keys":
            return {"keys": [key.as_dict(private=False) for key in self.keys]}
        now = int(true_now().timestamp())
        said = {"iss": ISSUER, "aud": "us", "sub": "officer", "nonce": self.nonce, "iat": now, "exp": now + 300}
        claims = {name: value for name, value in (said | self.claims).items() if value is not None}
        header = {"alg": "RS256", "kid": self.key.kid} | self.header
        return {"id_token": self.token or jwt.encode(header, claims, self.key, algorithms=[header["alg"]])}


@pytest.fixture
def liar(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Liar:
    settings.SSO = Provider(ISSUER, "us", "secret")
    made = Liar()
    monkeypatch.setattr(sso, "ask", made.ask)
    link(cast, cast.officer, "officer")
    return made


def sign_on(liar: Liar, client: Client, **more: str) -> str:
    """Where our answer leads."""
    asked = parse_qs(urlsplit(client.get(BEGIN)["Location"]).query)
    liar.nonce = liar.nonce or asked["nonce"][0]
    return str(client.get(BACK, {"code": "c", "state": asked["state"][0]} | more)["Location"])


def test_an_honest_answer_opens(liar: Liar) -> None:
    assert sign_on(liar, Client()) == "/desk/"
    liar.nonce, liar.claims = "", {"aud": ["us", "others"], "azp": "us"}
    assert sign_on(liar, Client(), iss=ISSUER) == "/desk/"


NOW = 1_800_000_000
FORGED: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "others"},
    "an audience that only looks like us": {"aud": "us2"},
    "several audiences and not issued to us": {"aud": ["us", "others"]},
    "issued to others": {"azp": "others"},
    "no audience": {"aud": None},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "expired": {"exp": 1_000},
    "no end": {"exp": None},
    "an end that is no number": {"exp": "tomorrow"},
    "issued in the future": {"iat": 9_000_000_000},
    "nobody": {"sub": ""},
    "a subject that is no text": {"sub": 7},
    "a subject too long": {"sub": "x" * 201},
    "a subject with signs that nobody sees": {"sub": "officer\u202e"},
}


@pytest.mark.parametrize("how", FORGED)
@pytest.mark.case("A8")
def test_a_token_that_is_not_for_us_opens_nothing(liar: Liar, how: str) -> None:
    liar.claims, client = FORGED[how], Client()
    assert sign_on(liar, client) == LOGIN and "没有成功" in told(client)
    assert client.get("/desk/").status_code == 302


@pytest.mark.case("A8")
def test_a_token_that_the_issuer_did_not_sign_opens_nothing(liar: Liar) -> None:
    good = liar._answer("/token")["id_token"]
    head, body, seal = good.split(".")
    unsigned = sso.base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    secret = OctKey.import_key(json.dumps(KEY.as_dict(private=False)))
    confused = jwt.encode({"alg": "HS256", "kid": "first"}, {"sub": "officer"}, secret, algorithms=["HS256"])
    for token in (f"{unsigned}.{body}.", f"{unsigned}.{body}.{seal}", f"{head}.{body}.", "rubbish", "..", confused):
        liar.token = token
        assert sign_on(liar, Client()) == LOGIN
    liar.token, liar.key, liar.header = "", OTHER, {"kid": "first"}
    assert sign_on(liar, Client()) == LOGIN


def test_a_key_that_is_not_known_is_looked_for_again_but_not_for_ever(liar: Liar) -> None:
    assert sign_on(liar, Client()) == "/desk/"
    liar.key, liar.keys, liar.nonce = OTHER, [KEY, OTHER], ""
    assert sign_on(liar, Client()) == "/desk/"
    liar.key, liar.nonce = RSAKey.generate_key(2048, parameters={"kid": "third"}), ""
    for _turn in range(5):
        assert sign_on(liar, Client()) == LOGIN
    assert liar.asked.count(f"{ISSUER}/keys") == 2


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"issuer": "https://evil.example"},
        {"issuer": f"{ISSUER}/"},
        {"token_endpoint": "https://evil.example/token"},
        {"jwks_uri": "http://id.example/keys"},
        {"jwks_uri": "https://169.254.169.254/keys"},
        {"authorization_endpoint": "https://id.example.evil.example/auth"},
        {"token_endpoint": "https://id.example:8443/token"},
        {"token_endpoint": None},
    ],
)
@pytest.mark.case("D4")
def test_metadata_that_leads_elsewhere_is_not_followed(liar: Liar, elsewhere: dict[str, Any]) -> None:
    liar.metadata, client = elsewhere, Client()
    assert client.get(BEGIN)["Location"] == LOGIN and "现在联系不上，请用密码登录" in told(client)
    assert liar.asked == [f"{ISSUER}/.well-known/openid-configuration"]


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_provider_that_is_down_is_told_in_one_sentence_and_the_password_works(
    cast: Cast, liar: Liar, when: str
) -> None:
    client = Client()
    if when == "before":
        liar.fails = TimeoutError("timed out")
        assert client.get(BEGIN)["Location"] == client.get(BEGIN)["Location"] == LOGIN
        assert len(liar.asked) == 1, "it is left alone for a moment"
    else:
        state = parse_qs(urlsplit(client.get(BEGIN)["Location"]).query)["state"][0]
        liar.fails = TimeoutError("timed out")
        assert client.get(BACK, {"code": "c", "state": state})["Location"] == LOGIN
    assert "现在联系不上，请用密码登录" in told(client)
    line = Event.objects.of(cast.city).filter(verb="people.session.sso_refused").first()
    assert (line is not None and line.detail == {"why": "provider_down", "subject": "timed out"}) or when == "before"
    assert client.post(LOGIN, {"username": "officer", "password": PASSWORD})["Location"] == "/desk/"


@pytest.mark.parametrize(
    "back", [{"error": "access_denied"}, {"state": "another"}, {"code": ""}, {"iss": "https://evil.example"}]
)
def test_an_answer_that_was_not_asked_for_opens_nothing(liar: Liar, back: dict[str, str]) -> None:
    assert sign_on(liar, Client(), **back) == LOGIN
    assert f"{ISSUER}/token" not in liar.asked


def test_whoever_tries_answers_is_braked_as_with_passwords(liar: Liar) -> None:
    client = Client()
    statuses = {client.get(BACK, {"code": "c", "state": "s"}).status_code for _turn in range(15)}
    assert statuses == {302} and client.get(BACK).status_code == 429


class Elsewhere(BaseHTTPRequestHandler):
    """Redirects, drips, or says too much."""

    seen: list[str] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/landed")
            self.end_headers()
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * (wire.LARGEST + 1))

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def test_the_wire_follows_no_redirect_and_takes_no_flood_and_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    Elsewhere.seen = []
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    assert wire.ask(f"{here}/moved")[0] == 302
    with pytest.raises(OSError, match="too large"):
        wire.ask(f"{here}/flood")
    server.shutdown()
    assert Elsewhere.seen == ["/moved", "/flood"]
    monkeypatch.setattr(wire, "TIMEOUT_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError):
        wire.ask(f"http://127.0.0.1:{silent.getsockname()[1]}/")


def told_by(tmp_path: Path, **more: str) -> dict[str, str]:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    base = {"ISSUER": ISSUER, "CLIENT": "us", "SECRET_FILE": str(secret)} | more
    return {f"ZHAOSHANG_SSO_{name}": value for name, value in base.items()}


def test_the_environment_configures_it(tmp_path: Path) -> None:
    cache.clear()
    assert provider_from({}) is None
    made = provider_from(told_by(tmp_path, SECOND_FACTOR="amr=mfa, acr=gold", CLAIM="account", LABEL="示例"))
    assert made == Provider(ISSUER, "us", "s3cret", "示例", "account", frozenset({("amr", "mfa"), ("acr", "gold")}))
    assert "s3cret" not in repr(made)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ISSUER": "http://id.example"},
        {"ISSUER": "https://user@id.example"},
        {"ISSUER": "id.example"},
        {"CLIENT": ""},
        {"SECRET_FILE": ""},
        {"SECRET_FILE": "/nowhere/at/all"},
        {"SECOND_FACTOR": "mfa"},
        {"SECOND_FACTOR": "amr="},
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(BadProvider, match=f"ZHAOSHANG_SSO_{next(iter(wrong))}"):
        provider_from(told_by(tmp_path, **wrong))
