"""``gongkai standard``: takes the standard catalogue over into a column, as a draft."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.agencies.models import Unit, User
from gongkai.catalogue.actions import apply_standard
from gongkai.catalogue.models import ColumnPage
from gongkai.catalogue.rules import ColumnKind
from gongkai.refusal import Refused


class Command(BaseCommand):
    """Prints the draft and the number of its new rows."""

    help = "套用公共法律服务领域基层政务公开标准目录，缺少的条目写入草稿"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True, help="机关代码")
        parser.add_argument("--unit", required=True, help="处室代码")
        parser.add_argument("--by", required=True, help="办理人的登录名")
        parser.add_argument("--column", help="栏目的地址段；机关只有一个标准目录栏目时可省略")
        parser.add_argument("--matter", action="append", help="只套用这些一级事项")
        parser.add_argument(
            "--doubtful", action="store_true", help="连同没有在已公布目录中见到的条目"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            unit = Unit.objects.get(agency__code=options["agency"], code=options["unit"])
            by = User.objects.get(username=options["by"])
            column = self._column(unit, options["column"])
            item, count = apply_standard(
                column, unit, by=by, matters=options["matter"], doubtful=options["doubtful"]
            )
        except (Unit.DoesNotExist, User.DoesNotExist) as error:
            raise CommandError("没有这个处室或人员，请核对。", returncode=2) from error
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        told = {"index_number": item.index_number, "rows": count}
        self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _column(self, unit: Unit, slug: str | None) -> ColumnPage:
        columns = ColumnPage.objects.filter(kind=ColumnKind.STANDARD, unit__agency=unit.agency)
        found = list(columns.filter(slug=slug) if slug else columns)
        if len(found) != 1:
            raise CommandError("请用 --column 指明一个种类为“标准目录”的栏目。", returncode=2)
        return found[0]
