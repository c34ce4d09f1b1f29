"""``gongkai deliver``: sends the messages whose time has come."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.outbox.actions import deliver_due
from gongkai.outbox.queries import failed


class Command(BaseCommand):
    """One round; a timer or the worker calls it again."""

    help = "发送到期的邮件、短信和通知"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=100, help="一次最多发送多少条")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(deliver_due(options["limit"]))))
        if stuck := failed().count():
            self.stderr.write(f"有 {stuck} 条消息发送失败，请在工作台查看原因。")
