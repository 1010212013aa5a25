"""The provider's process: ``python serve.py FOLDER``. It listens at a free port of this machine and prints its address.

A whole small Django project: people log in with a password, one application is registered, which must use PKCE. What the tests need beyond
that stands under ``/test/``: another signing key, other words about a second factor.
"""

import json
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

FOLDER = Path(sys.argv[1])
CLIENT, SECRET, PASSWORD = "zhaoshang", "the-client's own secret: ä/+&=", "password-at-the-provider"
SAID: dict[str, Any] = {}


def new_key() -> str:
    """A private key as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Without a line for each request."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


server = make_server("127.0.0.1", 0, lambda *_: [], Server, Quiet)
ISSUER = f"http://localhost:{server.server_port}/o"
apps = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"]
settings.configure(
    SECRET_KEY="the provider's",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF="__main__",
    INSTALLED_APPS=apps,
    MIGRATION_MODULES=dict.fromkeys(("auth", "contenttypes", "sessions", "oauth2_provider")),
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / "provider.sqlite3")}},
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    SESSION_COOKIE_NAME="provider",
    LOGIN_URL="/login/",
    USE_TZ=True,
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_ISS_ENDPOINT": ISSUER,
        "OIDC_RSA_PRIVATE_KEY": new_key(),
        "OAUTH2_VALIDATOR_CLASS": "__main__.Validator",
        "PKCE_REQUIRED": True,
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
        "SCOPES": {"openid": "", "profile": "", "email": ""},
    },
)
django.setup()

from django.contrib.auth import authenticate, login
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import include, path
from oauth2_provider.models import get_application_model
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.settings import oauth2_settings


class Validator(OAuth2Validator):
    """Says what the test wants said, beside what the library says."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """``account`` names the person as the personnel office does."""
        return {"account": f"staff-{request.user.username}"} | SAID


def log_in(request: HttpRequest) -> HttpResponse:
    """The provider's own login page."""
    user = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
    if request.method != "POST" or user is None:
        return HttpResponse("<form method=post><input name=username><input name=password type=password></form>")
    login(request, user)
    return redirect(request.GET["next"])


def change(request: HttpRequest) -> JsonResponse:
    """``key``: sign with another key from now on; ``said``: further claims."""
    wanted = json.loads(request.body)
    if wanted.get("key"):
        oauth2_settings.OIDC_RSA_PRIVATE_KEY = new_key()
    if "said" in wanted:
        SAID.clear()
        SAID.update(wanted["said"])
    return JsonResponse({})


def register(request: HttpRequest) -> JsonResponse:
    """Where the application's people are sent back to."""
    get_application_model().objects.update(redirect_uris=json.loads(request.body)["back"])
    return JsonResponse({})


urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("login/", log_in),
    path("test/change/", change),
    path("test/register/", register),
]

call_command("migrate", run_syncdb=True, verbosity=0)
for name in ("officer", "verifier", "stranger"):
    User.objects.create_user(name, password=PASSWORD)
get_application_model().objects.create(
    name="zhaoshang",
    client_id=CLIENT,
    client_secret=SECRET,
    client_type="confidential",
    authorization_grant_type="authorization-code",
    redirect_uris="http://localhost:8000/desk/login/sso/back/",
    post_logout_redirect_uris="http://localhost:8000/desk/login/",
    algorithm="RS256",
    skip_authorization=True,
)
server.set_app(WSGIHandler())
sys.stdout.write(f"{ISSUER}\n")
sys.stdout.flush()
server.serve_forever()
