"""What the server loads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")

from django.core.wsgi import get_wsgi_application

from zhaoshang.tenancy.sqlite.held import hold_log

application = get_wsgi_application()
LOG = hold_log()

from zhaoshang.watch.counting import make_room  # noqa: E402 - its models want an application that is loaded

make_room()
