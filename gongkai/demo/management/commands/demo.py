"""``gongkai demo``: builds the demo bureau if there is none, publishes, prints how to get in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.demo import welcome
from gongkai.demo.build import build, is_built
from gongkai.demo.reset import reset
from gongkai.demo.sites import move_to_port
from gongkai.publishing.actions import publish_all, publish_pending
from gongkai.refusal import Refused


class Command(BaseCommand):
    """Nothing is built twice; another port moves the sites there."""

    help = "建立演示数据并打印网址和登录名"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="网站端口（默认 8000）")
        parser.add_argument("--reset", action="store_true", help="清除演示数据，重新建立")

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        try:
            if options["reset"]:
                reset()
            if is_built():
                self._go_on(port)
            else:
                self.stderr.write(f"办理了 {build(port)} 件事，正在发布……")
                publish_all()
        except Refused as refused:
            raise CommandError(refused.message, returncode=2) from refused
        self.stdout.write(welcome.table(port))

    def _go_on(self, port: int) -> None:
        """A second start: addresses follow the port, and pages that say "today" are renewed."""
        if move_to_port(port):
            publish_all()
        else:
            publish_pending()
