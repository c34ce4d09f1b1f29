"""``gongkai ledger verify [FILE]`` and ``gongkai ledger export FILE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from gongkai.ledger.queries import export_lines, live_fault
from gongkai.ledger.verify import verify_export

_NO_DATABASE = "数据库打不开或还没有建立，请检查设置并运行 gongkai migrate。"


class Command(BaseCommand):
    """Verifying a file needs no database; exit 1 names the first bad entry."""

    help = "校验存证台账，或导出成可以单独校验的文件"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="verify|export")
        verify = acts.add_parser("verify", help="校验系统中的台账，或一个导出文件")
        verify.add_argument("file", nargs="?", help="导出文件；不填则校验系统中的台账")
        verify.add_argument("--head", default="", help="另存的校验点，应在台账之中")
        acts.add_parser("export", help="导出台账").add_argument("file", help="导出到的文件")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = self._export(options) if options["act"] == "export" else self._verify(options)
        except (OSError, UnicodeDecodeError) as error:
            message = f"无法读写“{options['file']}”，请检查路径和权限。"
            raise CommandError(message, returncode=2) from error
        except DatabaseError as error:
            raise CommandError(_NO_DATABASE, returncode=2) from error
        self.stdout.write(json.dumps(told, ensure_ascii=False))
        if told.get("fault"):
            self.stderr.write(f"台账有误：{told['fault']}。")
            sys.exit(1)

    def _verify(self, options: dict[str, Any]) -> dict[str, Any]:
        if not options["file"]:
            entries, fault = live_fault()
        else:
            with Path(options["file"]).open(encoding="utf-8") as lines:
                entries, fault = verify_export(lines, head=options["head"])
        return {"entries": entries, "fault": fault}

    def _export(self, options: dict[str, Any]) -> dict[str, Any]:
        written = 0
        with Path(options["file"]).open("w", encoding="utf-8", newline="\n") as file:
            for line in export_lines():
                file.write(line)
                written += 1
        return {"entries": written - 2}  # header and footer are no entries
