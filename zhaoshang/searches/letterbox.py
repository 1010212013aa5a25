"""A folder in place of a mail server: for demonstrations, and for networks where somebody else carries the mail out.

A mail lies under its Message-ID and is written whole or not at all, so one that is sent again after a kill is there once.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Django's mail, kept as ``.eml`` files in ``EMAIL_FILE_PATH``."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each that is not there yet; how many there are."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for one in email_messages:
            message = one.message()
            path = folder / f"{re.sub(r'[^0-9A-Za-z.@-]', '', message['Message-ID'])}.eml"
            if not path.exists():
                with NamedTemporaryFile(dir=folder, delete=False) as file:
                    file.write(message.as_bytes())
                    file.flush()
                    os.fsync(file.fileno())
                Path(file.name).replace(path)
        return len(email_messages)
