"""Django's own commands, for engineers: ``.venv/bin/python manage.py makemigrations``."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")

from django.core.management import execute_from_command_line

execute_from_command_line(sys.argv)
