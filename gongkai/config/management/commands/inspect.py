"""``gongkai inspect``: the national site indicators, on what is published now."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import the_agency
from gongkai.config.inspecting import first_page
from gongkai.oversight.actions import inspect_now
from gongkai.oversight.inspection import Verdict, merged

_SAID = {Verdict.PASS: "合格", Verdict.WARN: "提醒", Verdict.FAIL: "不合格"}


class Command(BaseCommand):
    """One JSON object; exit 1 when an indicator fails. The run is kept, but tells nobody."""

    help = "按国家的网站检查指标自查已发布的网站"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", help="只查一个机关（代码）；不填查全部")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["agency"]
        agencies = [the_agency(code)] if code else list(Agency.objects.order_by("pk"))
        runs = [run for agency in agencies if (run := inspect_now(agency, first_page))]
        if not runs:
            raise CommandError("没有已公开的网站，请先发布网站首页。", returncode=2)
        rows = merged([run.indicators for run in runs])
        self.stdout.write(json.dumps({"indicators": rows}, ensure_ascii=False))
        for row in rows:
            told = f"，{len(row['found']) + row.get('more', 0)} 处" if row["found"] else ""
            self.stderr.write(f"{_SAID[Verdict(row['verdict'])]}：{row['title']}{told}")
        if any(row["verdict"] == Verdict.FAIL for row in rows):
            sys.exit(1)
