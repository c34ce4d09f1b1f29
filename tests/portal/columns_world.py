"""A published small site for tests of what columns show, compared with a full export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from small_site import SmallSite, column, read_again

from gongkai.catalogue.models import ColumnPage, SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.publishing import actions, queries, tree

GUIDE = {
    "matter": "律师执业许可", "basis": "《中华人民共和国律师法》", "conditions": "实习满一年。",
    "materials": "一、申请表\n二、实习证明", "procedure": "申请、受理、审查、决定",
    "time_limit": "10 个工作日", "fees": "不收费",
    "place_hours": "政务大厅 3 号窗口\n工作日 9:00—17:00",
    "phone": "000-81110001", "supervision_phone": "000-81110002",
}  # fmt: skip

ROW = {
    "matter": "法律援助", "part": "法律援助服务", "content": "给予或者不予援助的决定",
    "basis": "《中华人民共和国法律援助法》", "time_limit": "20 个工作日内", "organ": "司法行政部门",
    "channels": "政府网站", "audience": "当事人", "mode": "主动公开", "level": "县级",
}  # fmt: skip


def published_site(site: SmallSite, settings: Any, folder: Path) -> SmallSite:
    """A small site, written once."""
    settings.TREE_ROOT = folder / "tree"
    settings.FILES_ROOT = folder / "files"
    made = read_again(site)
    actions.publish_all()
    return made


def add_column(site: SmallSite, kind: ColumnKind, slug: str, title: str) -> ColumnPage:
    """One more public column."""
    return column(site.section, site.bureau, title, kind, slug=slug)


def publish() -> list[str]:
    """Write what is pending; the tree must then equal a full fresh export. Returns what changed."""
    outcome = actions.publish_pending()
    assert list(queries.differences()) == []
    return outcome.written + outcome.removed


def raw(path: str, code: str = "portal") -> bytes | None:
    """A file of the tree, or None."""
    return tree.contents(actions.root_of(SiteProfile.objects.get(code=code))).get(path)


def page(path: str, code: str = "portal") -> str:
    """A page of the tree as text; fails when there is none."""
    found = raw(f"{path}index.html", code)
    assert found is not None, path
    return found.decode()
