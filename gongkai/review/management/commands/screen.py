"""``gongkai screen PATH…``: what in these files must not be published. Needs no database.

``gongkai screen --published`` looks back over everything that is public, and needs one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.screening import run

_SAID = {
    "clean": "可以公开",
    "review": "需要人工审查",
    "block": "不得公开",
    "unreadable": "无法读取",
}


class Command(BaseCommand):
    """One JSON object a file; exit 1 if anything blocks. Excerpts are masked."""

    help = "筛查文件或文件夹里不能公开的内容"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", help="文件或文件夹")
        parser.add_argument("--published", action="store_true", help="回头看：筛查全部已公开的内容")
        parser.add_argument("--json", action="store_true", help="只输出 JSON，不另作说明")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["published"]:
            self._look_back()
            return
        if not options["paths"]:
            raise CommandError(
                "请写明要筛查的文件或文件夹，或用 --published 回头看。", returncode=2
            )
        for path in options["paths"]:
            if not Path(path).exists():
                raise CommandError(f"没有“{path}”，请检查路径。", returncode=2)
        blocked = 0
        for report in run(options["paths"]):
            blocked += report["verdict"] == "block"
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            if not options["json"]:
                self.stderr.write(_told(report))
        if blocked:
            self.stderr.write(f"有 {blocked} 个文件不得公开，请按提示处理后再提交。")
            sys.exit(1)

    def _look_back(self) -> None:
        """A line for each public thing with findings that nobody has settled; exit 1 if any."""
        from gongkai.review import lookback

        run = lookback.look_at_everything()
        found = list(lookback.found())
        for sheet in found:
            self.stdout.write(json.dumps(_public_row(sheet), ensure_ascii=False))
        self.stderr.write(f"回头看：查了 {run.seen} 件，{len(found)} 件有未处理的提示。")
        if found:
            sys.exit(1)


def _public_row(sheet: Any) -> dict[str, Any]:
    from gongkai.review.queries import findings_of

    told = ("kind", "severity", "place", "excerpt", "rule")
    findings = [f for f in findings_of(sheet) if not f["settled"] and f["severity"] != "note"]
    return {
        "subject": sheet.subject,
        "title": sheet.title,
        "findings": [{name: f[name] for name in told} for f in findings],
    }


def _told(report: dict[str, Any]) -> str:
    """A file's verdict for people, with a line for each finding."""
    lines = [f"{report['path']}：{_SAID[report['verdict']]}"]
    lines += [f"  {f['place']}：{f['excerpt']}（{f['rule']}）" for f in report["findings"]]
    return "\n".join(lines)
