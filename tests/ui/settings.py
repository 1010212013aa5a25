"""The smallest project that can show the gallery: no nouns, no database, the strict policy of the real one."""

from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "zhaoshang" / "ui"

SECRET_KEY = "only for the gallery"
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
INSTALLED_APPS = ["django.contrib.staticfiles", "django_htmx", "csp", "zhaoshang.ui"]
MIDDLEWARE = ["csp.middleware.CSPMiddleware", "django.middleware.locale.LocaleMiddleware"]
ROOT_URLCONF = "tests.ui.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [UI / "templates"],
        "OPTIONS": {
            "environment": "zhaoshang.ui.jinja.environment",
            "context_processors": ["django.template.context_processors.request", "tests.ui.urls.shell"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]
DATABASES: dict[str, object] = {}
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [UI.parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "static/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}
