"""``gongkai search QUERY``: asks the public index, as a visitor would. Needs no database."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.portal.index import index_path
from gongkai.text.index import NoIndex, search

_SHOWN = ("title", "url", "index_number", "published", "highlight")


class Command(BaseCommand):
    """One JSON object."""

    help = "检索已公开的信息"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", help="检索词，空格分开")
        parser.add_argument("--site", help="网站代码")
        parser.add_argument("--limit", type=int, default=10, help="最多列出多少条")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit 请填不小于 1 的整数。", returncode=2)
        try:
            found = search(
                index_path(), options["query"], site=options["site"], limit=options["limit"]
            )
        except NoIndex as error:
            message = "还没有检索库，请先运行 gongkai publish。"
            raise CommandError(message, returncode=2) from error
        hits = [{key: getattr(hit, key) for key in _SHOWN} for hit in found.hits]
        told = {"total": found.total, "took_ms": found.took_ms, "hits": hits}
        self.stdout.write(json.dumps(told, ensure_ascii=False))
