"""Writes the generated pages of ``docs/`` anew: the permission matrix, from the URL configuration."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import django

django.setup()

from architecture.routes import written_matrix

(ROOT / "docs" / "permissions.md").write_text(written_matrix(), encoding="utf-8")
