"""``gongkai deadlines FILE.csv``: counts the due date of every row. Needs no database."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.applications.deadlines import run
from gongkai.refusal import Refused


class Command(BaseCommand):
    """One JSON object a row, in the order of the file."""

    help = "计算表格中每件申请的期限，并列出算法"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="CSV 文件，列为 id,statute,channel,received,events")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for row in run(options["file"]):
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
