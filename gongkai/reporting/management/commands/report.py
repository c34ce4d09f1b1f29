"""``gongkai report check|annual|figures``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import the_agency
from gongkai.refusal import Refused
from gongkai.reporting.document import report_document
from gongkai.reporting.queries import as_file, figures, figures_of
from gongkai.reporting.rendering import (
    FORMATS,
    render_docx,
    render_html,
    render_json,
    render_pdf,
)
from gongkai.reporting.rules import examine

_NO_DATABASE = "数据库打不开或还没有建立，请检查设置并运行 gongkai migrate。"


class Command(BaseCommand):
    """Checking a file needs no database."""

    help = "核对、编制年度报告，统计年度数字"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="check|annual|figures")
        check = acts.add_parser("check", help="核对一份报告的勾稽关系")
        check.add_argument("file", help="报告的 JSON 文件")
        check.add_argument("--previous", help="上一年度报告的 JSON 文件")
        annual = acts.add_parser("annual", help="生成年度报告")
        annual.add_argument("--format", choices=FORMATS, default="json", help="文件格式")
        annual.add_argument("--output", help="写到文件；不填则写到标准输出")
        for act in (annual, acts.add_parser("figures", help="统计年度数字")):
            act.add_argument("--year", type=int, required=True, help="年度")
            act.add_argument("--agency", help="机关代码；只有一个机关时可以不填")

    def handle(self, *args: Any, **options: Any) -> None:
        acts = {"check": self._check, "annual": self._annual, "figures": self._figures}
        try:
            acts[options["act"]](options)
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        except DatabaseError as error:
            raise CommandError(_NO_DATABASE, returncode=2) from error

    def _check(self, options: dict[str, Any]) -> None:
        previous = _read(options["previous"]) if options["previous"] else None
        found = examine(_read(options["file"]), previous)
        self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False))
        for fault in (*found.violations, *found.warnings):
            self.stderr.write(fault.text)
        if found.violations:
            sys.exit(1)

    def _figures(self, options: dict[str, Any]) -> None:
        told = figures(the_agency(options["agency"]), options["year"])
        self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _annual(self, options: dict[str, Any]) -> None:
        content = _rendered(the_agency(options["agency"]), options["year"], options["format"])
        if options["output"]:
            _write(Path(options["output"]), content)
            self.stderr.write(f"已写入 {options['output']}。")
        elif isinstance(content, str):
            self.stdout.write(content)
        elif sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
            raise Refused("请用 --output 指明写到哪个文件。")
        else:
            sys.stdout.buffer.write(content)


def _rendered(agency: Agency, year: int, name: str) -> str | bytes:
    document = report_document(agency, year)
    if name == "json":
        return render_json(document, as_file(agency, year, figures_of(agency, year)))
    if name == "html":
        return render_html(document)
    return {"docx": render_docx, "pdf": render_pdf}[name](document)


def _read(name: str) -> Any:
    try:
        return json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except OSError:
        raise Refused(f"打不开文件 {name}，请检查路径。") from None
    except ValueError:  # neither UTF-8 nor JSON
        raise Refused(f"{name} 不是 UTF-8 编码的 JSON 文件，请检查格式。") from None


def _write(file: Path, content: str | bytes) -> None:
    try:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError:
        raise Refused(f"无法写入 {file}，请检查路径和权限。") from None
