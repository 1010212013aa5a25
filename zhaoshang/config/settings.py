"""All settings in one file; what differs between installations comes from the environment.

``ZHAOSHANG_DATA``   folder for database, evidence, keys and logs (default ``var`` beside the project)
``DATABASE_URL``     ``sqlite:///path`` (default, in the data folder) or ``postgresql://user:password@host/name``
``ZHAOSHANG_CITY``   code of the city that this installation's pages serve (default ``dalian``)
``ZHAOSHANG_HOSTS``  host names that may be asked for, comma separated (default ``localhost,127.0.0.1,[::1]``)
``ZHAOSHANG_PUBLIC_URL``  where the public finds this installation, without a last slash: what printed codes lead to
``ZHAOSHANG_DESK_URL``  where colleagues find the desk (default: as the public): passkeys and single sign-on are bound to this address
``ZHAOSHANG_FILES_URL``  host of its own for the files that people sent in (``https://files.example.org``; default: the pages' own)
``ZHAOSHANG_SSO_ISSUER``  identity provider by which colleagues may log in (OpenID Connect; default none), and further ``ZHAOSHANG_SSO_…``:
``_CLIENT`` and ``_SECRET_FILE``, as it knows us; ``_LABEL`` of the button; ``_CLAIM`` that names the account (default ``sub``);
``_SECOND_FACTOR``: ``amr=mfa,acr=…`` by which it says that it has asked for one itself (default: never believed)
``ZHAOSHANG_MAIL``   where mail goes: empty for none (default), ``console:``, ``file:`` (a folder), ``smtp://user:password@host:587/?tls=1``
``ZHAOSHANG_MAIL_FROM``  who it is from, such as ``招商 <noreply@example.org>``
``ZHAOSHANG_CHECKPOINTS_TO``  mail addresses, by commas, to which the chain's signed end goes each night in which it grew
``ZHAOSHANG_METRICS_TOKEN``  whoever brings it as a bearer token may read ``/metrics`` from elsewhere; without it only this server may
``ZHAOSHANG_REQUEST_LOG_LEVEL``  ``WARNING`` writes no line about each request (default ``INFO``)
``ZHAOSHANG_JOB_WORKERS``    worker processes for jobs (default 2: one leaves files alone, so that imports never wait behind them)
``ZHAOSHANG_JOB_MEMORY_MB``  memory that one worker may take (default 2048); a job that wants more fails alone
``ZHAOSHANG_AT_ONCE_ROWS``   a list or import of more rows than this is left to a worker (default 2000)
``ZHAOSHANG_PORTAL_ALONE``  ``1``: this server has the public site and nothing else: no desk, no API, no login, no jobs
``ZHAOSHANG_SCANNER``  clamd, which looks at every file that comes in: ``unix:/run/clamav/clamd.ctl`` or ``host:port`` (default none)
``ZHAOSHANG_SCANNER_SECONDS``  how long it may take for one file (default 5); without a verdict by then the file is not taken
``ZHAOSHANG_HTTPS``  ``1`` behind TLS: secure cookies and HSTS
``ZHAOSHANG_TRUSTED_PROXIES``  addresses or networks of our own proxies, comma separated (default none)
``ZHAOSHANG_SAFETY``  a file with this installation's safety policy, instead of the sample in ``people/samples/safety.toml``
``ZHAOSHANG_SECRET_KEY``  else a key is made once and kept in the data folder
``ZHAOSHANG_ANSWERS_KEPT_DAYS``  how long an answer of the API is kept under its idempotency key (default 7)
``ZHAOSHANG_WEBHOOK_HOSTS``  host names to which events may be sent, comma separated (default none)
``ZHAOSHANG_APART``  folder that no restore touches: published checkpoints, who was erased (default: ``apart`` in the data folder)
``ZHAOSHANG_LEDGER_HASH``  how new entries of the ledger are sealed: ``sha256`` (default) or ``sm3``; older ones keep theirs
``ZHAOSHANG_BACKUP_KEY``  key file that backups are sealed with, outside the data folder (``zhaoshang backup-key`` makes one)
``ZHAOSHANG_BACKUP_KEEP``  how many backups stay: days, weeks, months (default ``7,5,12``)
``ZHAOSHANG_BACKUP_ELSEWHERE``  folder, or program with its words, to which each backup is handed (default none)
``ZHAOSHANG_DEMO``   ``1`` marks the demo city's pages; set by ``zhaoshang demo``
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from django.core.management.utils import get_random_secret_key

from zhaoshang.common.hops import networks
from zhaoshang.common.scanning import Scanner
from zhaoshang.config.files_host import files_url
from zhaoshang.config.mail import mail_from
from zhaoshang.people.provider import provider_from
from zhaoshang.tenancy.database import database_from

django_stubs_ext.monkeypatch()  # ``JSONField[…]`` is only a type otherwise
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("ZHAOSHANG_DATA", BASE_DIR.parent / "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _told(name: str, default: str, read: Callable[[str], Any]) -> Any:
    """A setting as ``read`` understands it. Raises ``ValueError`` that names it, without its value: that may hold a password."""
    try:
        return read(os.environ.get(name, default))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _kept_secret(path: Path) -> str:
    """A secret made at the first start and kept for this installation, readable by its owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key())
    return path.read_text()


SECRET_FILE = DATA_DIR / "secret_key"
SECRET_IS_NEW = not os.environ.get("ZHAOSHANG_SECRET_KEY") and not SECRET_FILE.exists()
SECRET_KEY = os.environ.get("ZHAOSHANG_SECRET_KEY") or _kept_secret(SECRET_FILE)
DEBUG = False
HTTPS = os.environ.get("ZHAOSHANG_HTTPS") == "1"
DEMO = os.environ.get("ZHAOSHANG_DEMO") == "1"
PORTAL_ALONE = os.environ.get("ZHAOSHANG_PORTAL_ALONE") == "1"
CITY = os.environ.get("ZHAOSHANG_CITY", "dalian")
PUBLIC_URL = os.environ.get("ZHAOSHANG_PUBLIC_URL", "http://localhost:8000").rstrip("/")
DESK_URL = os.environ.get("ZHAOSHANG_DESK_URL", PUBLIC_URL).rstrip("/")
FILES_URL = _told("ZHAOSHANG_FILES_URL", "", lambda text: files_url(text, apart_from=(PUBLIC_URL, DESK_URL)))
ALLOWED_HOSTS = os.environ.get("ZHAOSHANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ALLOWED_HOSTS += [str(urlsplit(FILES_URL).hostname)] if FILES_URL else []
TRUSTED_PROXIES = _told("ZHAOSHANG_TRUSTED_PROXIES", "", networks)
SSO = provider_from(os.environ)
SAFETY_FILE = os.environ.get("ZHAOSHANG_SAFETY", "")

NOUNS = [
    "tenancy",
    "people",
    "regions",
    "machines",
    "jobs",
    "lookup",
    "rulesets",
    "enterprises",
    "projects",
    "capital",
    "talks",
    "opportunities",
    "leads",
    "outreach",
    "partners",
    "plans",
    "contracts",
    "duties",
    "matchmaking",
    "figures",
    "assessments",
    "bulletins",
    "publishing",
    "searches",
    "questions",
    "review",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "axes",
    "csp",
    *(f"zhaoshang.{noun}" for noun in NOUNS),
    "zhaoshang.ui",
    "zhaoshang.desk",
    "zhaoshang.portal",
]
MIDDLEWARE = [
    "zhaoshang.watch.middleware.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhaoshang.machines.handing.FilesHostMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zhaoshang.desk.middleware.SessionsMiddleware",
    "zhaoshang.desk.middleware.LanguageMiddleware",
    "zhaoshang.desk.middleware.SizeMiddleware",
    "zhaoshang.desk.middleware.StorableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "zhaoshang.desk.middleware.LinesMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhaoshang.desk.middleware.SessionLimitsMiddleware",
    "zhaoshang.desk.middleware.ViewerMiddleware",
    "zhaoshang.desk.middleware.VeilMiddleware",
    "zhaoshang.desk.middleware.PrivatePagesMiddleware",
    "axes.middleware.AxesMiddleware",
]
LOGIN_MIDDLEWARE = {
    "zhaoshang.desk.middleware.SessionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "zhaoshang.desk.middleware.SessionLimitsMiddleware",
    "zhaoshang.desk.middleware.PrivatePagesMiddleware",
    "axes.middleware.AxesMiddleware",
}
ROOT_URLCONF = "zhaoshang.config.urls"
if PORTAL_ALONE:
    ROOT_URLCONF = "zhaoshang.config.portal_urls"
    MIDDLEWARE = [one for one in MIDDLEWARE if one not in LOGIN_MIDDLEWARE]
WSGI_APPLICATION = "zhaoshang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "ui/templates", BASE_DIR / "desk/templates", BASE_DIR / "portal/templates"],
        "OPTIONS": {
            "environment": "zhaoshang.ui.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhaoshang.desk.context.shell",
                "zhaoshang.desk.once.marked",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "DIRS": [], "OPTIONS": {}},
]
DATABASES = {"default": _told("DATABASE_URL", "", lambda text: database_from(text, DATA_DIR))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # for Django's own tables; ours bring their UUIDs

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:login"
AXES_FAILURE_LIMIT = "zhaoshang.desk.views.account.most_wrong"
AXES_COOLOFF_TIME = "zhaoshang.desk.views.account.locked_for"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "zhaoshang.desk.views.account.typed_name"
AXES_LOCKOUT_CALLABLE = "zhaoshang.desk.views.account.locked_out"
AXES_IPWARE_PROXY_COUNT = 0

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "zhaoshang_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "zhaoshang_csrf"
CSRF_FAILURE_VIEW = "zhaoshang.desk.views.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "zhaoshang_language"
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # evidence goes by digest, never by name
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # compressing each file under two names would double the first start
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "zip",
    "gz",
    "br",
    "woff",
    "woff2",
    "otf",
    "ttf",
    "map",
]

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Apart, so that many addresses asked for push out no brake and no drawing.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}
KEEP_PUBLIC_PAGES = True
_MAIL = _told("ZHAOSHANG_MAIL", "file:" if DEMO else "", lambda text: mail_from(text, DATA_DIR))
MAIL_FROM = os.environ.get("ZHAOSHANG_MAIL_FROM", "noreply@localhost")
CHECKPOINTS_TO = [one.strip() for one in os.environ.get("ZHAOSHANG_CHECKPOINTS_TO", "").split(",") if one.strip()]
EMAIL_BACKEND, EMAIL_FILE_PATH = _MAIL.backend, _MAIL.folder
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.host, _MAIL.port, _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _MAIL.tls, _MAIL.ssl, 20
LEDGER_HASH = os.environ.get("ZHAOSHANG_LEDGER_HASH") or "sha256"
WEBHOOK_HOSTS = [
    one for one in os.environ.get("ZHAOSHANG_WEBHOOK_HOSTS", "hooks.example.org" if DEMO else "").split(",") if one
]
ANSWERS_KEPT_DAYS = _told("ZHAOSHANG_ANSWERS_KEPT_DAYS", "7", int)
JOBS = {  # kind of job → what does it
    "import_read": "zhaoshang.review.background.read_import",
    "import_accept": "zhaoshang.review.background.accept_import",
    "sweep": "zhaoshang.review.background.sweep",
    "night_duplicates": "zhaoshang.review.background.night_duplicates",
    "night_findings": "zhaoshang.review.background.night_findings",
    "file": "zhaoshang.desk.later.make_file",
    "notices": "zhaoshang.command.housekeeping.notices",
    "totals": "zhaoshang.command.housekeeping.totals",
    "ledger": "zhaoshang.command.housekeeping.ledger",
    "sessions": "zhaoshang.command.housekeeping.sessions",
    "erasures": "zhaoshang.command.housekeeping.erasures",
    "tidy": "zhaoshang.command.housekeeping.tidy",
}
JOBS_DIR = DATA_DIR / "jobs"
JOB_WORKERS = _told("ZHAOSHANG_JOB_WORKERS", "2", int)
JOB_MEMORY_MB = _told("ZHAOSHANG_JOB_MEMORY_MB", "2048", int)
METRICS_TOKEN = os.environ.get("ZHAOSHANG_METRICS_TOKEN", "")
AT_ONCE_ROWS = _told("ZHAOSHANG_AT_ONCE_ROWS", "2000", int)
EVIDENCE_DIR = DATA_DIR / "evidence"
KEYS_DIR = DATA_DIR / "keys"
APART_DIR = Path(os.environ.get("ZHAOSHANG_APART", DATA_DIR / "apart"))
BACKUP_KEY = os.environ.get("ZHAOSHANG_BACKUP_KEY", "")
BACKUP_ELSEWHERE = os.environ.get("ZHAOSHANG_BACKUP_ELSEWHERE", "")
BACKUP_KEEP = os.environ.get("ZHAOSHANG_BACKUP_KEEP", "7,5,12")
SCANNER = os.environ.get("ZHAOSHANG_SCANNER", "")
SCANNER_SECONDS = _told("ZHAOSHANG_SCANNER_SECONDS", "5", float)
if SCANNER:
    _told(
        "ZHAOSHANG_SCANNER", "", lambda text: Scanner(text, SCANNER_SECONDS)
    )  # a wrong address is told now, not at the first file
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
REQUEST_LIMIT_BYTES = 21 * 1024 * 1024  # one whole request, as in deploy/nginx
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "zhaoshang.watch.lines.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"zhaoshang.requests": {"level": os.environ.get("ZHAOSHANG_REQUEST_LOG_LEVEL", "INFO")}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHAOSHANG_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = [
    "axes.W003",
    "axes.W006",
]  # tries are counted by account alone: no address or cookie resets them
