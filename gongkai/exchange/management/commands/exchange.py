"""``gongkai exchange pack OUT`` inside, ``gongkai exchange unpack BUNDLE TARGET`` outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.exchange.actions import pack
from gongkai.exchange.unpacking import unpack
from gongkai.refusal import Refused


class Command(BaseCommand):
    """One bundle out, or one in."""

    help = "制作或接收内外网之间的传输包"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        packing = acts.add_parser("pack", help="把已发布的内容打成传输包")
        packing.add_argument("out", type=Path, help="传输包文件，或存放它的目录")
        unpacking = acts.add_parser("unpack", help="核验传输包并切换到其中的内容")
        unpacking.add_argument("bundle", type=Path, help="传输包文件")
        unpacking.add_argument("target", type=Path, help="目标目录；网站根目录用其中的 current")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = self._pack(options) if options["act"] == "pack" else self._unpack(options)
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        except OSError as error:
            raise CommandError(f"无法读写：{error}", returncode=2) from error
        self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _pack(self, options: dict[str, Any]) -> dict[str, Any]:
        done = pack(options["out"])
        return {
            "bundle": str(done.path), "seq": done.seq, "files": done.files, "bytes": done.bytes,
        }  # fmt: skip

    def _unpack(self, options: dict[str, Any]) -> dict[str, Any]:
        done = unpack(options["bundle"], options["target"])
        return {"tree": str(done.tree), "seq": done.seq, "files": done.files}
