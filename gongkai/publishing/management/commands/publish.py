"""``gongkai publish``: brings the published tree into step, or compares it with a fresh export."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from gongkai.catalogue.models import SiteProfile
from gongkai.portal.pages.targets import targets
from gongkai.publishing import search, tree
from gongkai.publishing.actions import (
    Outcome,
    publish_all,
    publish_pending,
    root_of,
    write_gone_map,
)
from gongkai.publishing.making import Making, make_all
from gongkai.publishing.processes import cores
from gongkai.publishing.queries import differences

_NO_DATABASE = "数据库打不开或还没有建立，请检查设置并运行 gongkai migrate。"


class Command(BaseCommand):
    """Into another folder than its own it writes everything, and notes nothing as published."""

    help = "发布待发布的内容，或核对已发布的网站"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", help="写到另一个文件夹（全部内容）")
        parser.add_argument("--all", action="store_true", help="全部重新发布")
        parser.add_argument("--verify", action="store_true", help="与全新的导出逐字节核对")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tree_at(options["output"]) as elsewhere:
                self._verify() if options["verify"] else self._publish(elsewhere, options["all"])
        except DatabaseError as error:
            raise CommandError(_NO_DATABASE, returncode=2) from error
        except OSError as error:
            raise CommandError(f"无法写入网站文件夹：{error}。", returncode=2) from error

    def _publish(self, elsewhere: bool, everything: bool) -> None:
        outcome = _export() if elsewhere else _own(everything)
        told = {"written": len(outcome.written), "removed": len(outcome.removed)}
        self.stdout.write(json.dumps(told))
        self.stderr.write(f"写入 {told['written']} 个文件，撤下 {told['removed']} 个。")

    def _verify(self) -> None:
        found = 0
        for path, how in differences(cores()):
            found += 1
            self.stdout.write(json.dumps({"path": path, "how": how}, ensure_ascii=False))
        if found:
            self.stderr.write(f"有 {found} 个文件与全新导出不同，请运行 gongkai publish --all。")
            sys.exit(1)


@contextmanager
def tree_at(output: str | None) -> Iterator[bool]:
    """Let the tree lie in ``output`` for this command; says whether that is another place."""
    own = settings.TREE_ROOT
    elsewhere = output is not None and Path(output).resolve() != Path(own).resolve()
    if elsewhere:
        settings.TREE_ROOT = Path(str(output)).resolve()
    try:
        yield elsewhere
    finally:
        settings.TREE_ROOT = own


def _own(everything: bool) -> Outcome:
    return publish_all(cores()) if everything else publish_pending(cores())


def _export() -> Outcome:
    """Every file of every site, its gone list and the search index.

    Nothing is noted in the database but the words of files that were never read before.
    """
    outcome = Outcome()
    for profile in SiteProfile.objects.select_related("site", "agency").order_by("pk"):
        root, wanted = root_of(profile), set[str]()
        for made in make_all(targets(profile), Making(profile, root), cores()):
            wanted |= {one.path for one in made}
            outcome.written += [f"{profile.code}{one.path}" for one in made if one.differs]
        outcome.removed += [f"{profile.code}{path}" for path in tree.sweep(root, wanted)]
        write_gone_map(profile)
    search.rebuild(cores())
    return outcome
