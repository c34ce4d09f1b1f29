"""``gongkai assets import FILE``: brings a register of computers and printers in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from gongkai.agencies.models import Agency, User
from gongkai.agencies.queries import holders, the_agency
from gongkai.agencies.rules import LABELS, Role
from gongkai.imports.register import run
from gongkai.refusal import Refused

_KEEPER = Role.NETWORK_SECURITY
_NO_DATABASE = "数据库打不开或还没有建立，请检查设置并运行 gongkai migrate。"


class Command(BaseCommand):
    """One JSON object a row; exit 1 if a row was refused."""

    help = "导入资产台账"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="import")
        act = acts.add_parser("import", help="从表格或清单导入")
        act.add_argument("file", help="xlsx 或 csv 台账")
        act.add_argument("--dry-run", action="store_true", help="只核对每一行，不写入")
        act.add_argument("--agency", help="机关代码；只有一个机关时可以不填")
        act.add_argument("--by", help="办理人的登录名；只有一名网络安全管理员时可以不填")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agency = the_agency(options["agency"])
            by = _keeper(agency, options["by"])
            refused = self._import(Path(options["file"]), agency, by, dry_run=options["dry_run"])
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        except DatabaseError as error:
            raise CommandError(_NO_DATABASE, returncode=2) from error
        if refused:
            self.stderr.write(f"有 {refused} 行没有导入，原因见各行的 reason。")
            sys.exit(1)

    def _import(self, file: Path, agency: Agency, by: User, *, dry_run: bool) -> int:
        if not file.is_file():
            raise Refused(f"没有文件“{file}”，请检查路径。", field="file")
        refused = 0
        for row in run(file, agency, by, dry_run=dry_run):
            refused += row["verdict"] == "refused"
            self.stdout.write(json.dumps(row, ensure_ascii=False))
        return refused


def _keeper(agency: Agency, username: str | None) -> User:
    """Who answers for the import: the named person, else the only keeper of the register."""
    if username:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise Refused(f"没有登录名“{username}”，请核对。", field="by")
        return user
    found = list(holders(_KEEPER, agency)[:2])
    if len(found) != 1:
        raise Refused(f"请用 --by 指明办理人（{LABELS[_KEEPER]}）的登录名。", field="by")
    return found[0]
