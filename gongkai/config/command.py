"""``gongkai …``: every command of the product, Django's included."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError

from gongkai.refusal import Refused

COULD_NOT = 2


def main() -> None:
    """Run one command; settings come from ``DJANGO_SETTINGS_MODULE`` or the product's own.

    What could not be done is said in one line, with exit 2.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except Refused as refusal:
        _give_up(refusal.message)
    except DatabaseError as error:
        _give_up(f"数据库不可用：{error}")


def _give_up(reason: str) -> None:
    sys.stderr.write(f"{reason}\n")
    sys.exit(COULD_NOT)
