"""``gongkai …``: every command of the product, Django's included."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; settings come from ``DJANGO_SETTINGS_MODULE`` or the product's own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    execute_from_command_line(sys.argv)
