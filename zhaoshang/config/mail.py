"""Where an installation's mail goes, as Django wants it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class BadMailAddress(ValueError):
    """``ZHAOSHANG_MAIL`` names no way for mail to go."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A way out; ``backend`` empty: no mail is sent, and none is offered."""

    backend: str = ""
    folder: str = ""
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def mail_from(url: str, data_dir: Path) -> Mail:
    """``console:``, ``file:`` (the data folder's ``mail``), ``file:///folder``, ``smtp://user:password@host:587/?tls=1``, ``smtps://…``.

    Empty: none. Raises :class:`BadMailAddress`.
    """
    parts = urlsplit(url)
    match parts.scheme:
        case "" if not url:
            return Mail()
        case "console":
            return Mail("django.core.mail.backends.console.EmailBackend")
        case "file":
            return Mail(
                "zhaoshang.searches.letterbox.EmailBackend", folder=unquote(parts.path) or str(data_dir / "mail")
            )
        case "smtp" | "smtps" if parts.hostname:
            ssl = parts.scheme == "smtps"
            return Mail(
                "django.core.mail.backends.smtp.EmailBackend",
                host=parts.hostname,
                port=parts.port or (465 if ssl else 25),
                user=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
                tls=parse_qs(parts.query).get("tls") == ["1"],
                ssl=ssl,
            )
    raise BadMailAddress("ZHAOSHANG_MAIL: use console:, file:, file:///folder, smtp://host:port/?tls=1 or smtps://host")
