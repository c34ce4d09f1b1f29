"""What an inspection tells: indicators, each with what was found and for whom. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

EDITION = "2019-19/1"
"""Which set of indicators a run judged by: 国办秘函〔2019〕19号, and our reading of it."""

LISTED = 200
"""Entries kept of one indicator; what is beyond is counted, so that a run stays small."""


class Verdict(StrEnum):
    """``WARN`` costs points in a national check; ``FAIL`` is a veto or a breach of the law."""

    PASS = "pass"  # noqa: S105 - a verdict
    WARN = "warn"
    FAIL = "fail"


TITLES = {
    "home_updated": "首页两周内有更新",
    "columns_updated": "栏目按期更新",
    "columns_empty": "没有空白栏目",
    "links": "站内链接打得开",
    "attachments": "附件和图片打得开",
    "outside_links": "站外链接按期核查",
    "meta_tags": "页面标签齐全",
    "search": "公开的信息搜得到",
    "guide": "公开指南要素齐全",
    "messages": "来信来件按期答复",
    "annual_reports": "年度报告逐年公开",
    "organisation": "领导信息和机构信息如实公开",
}


@dataclass(frozen=True)
class Found:
    """One thing that is wrong: where, and which unit is concerned (empty: the information office).

    ``wrong`` names dates, not ages: it stays the same while nothing changes. ``pages`` counts how
    often it occurs; ``note`` says why it does not count against the indicator; ``case`` is a case's
    number.
    """

    wrong: str
    site: str = ""
    page: str = ""
    column: str = ""
    column_id: int | None = None
    unit: str = ""
    unit_code: str = ""
    pages: int = 1
    note: str = ""
    case: str = ""


@dataclass(frozen=True)
class Indicator:
    """``more`` is how many entries are not listed in ``found``."""

    id: str
    verdict: Verdict
    found: tuple[Found, ...] = ()
    more: int = 0

    def as_json(self) -> dict[str, Any]:
        """As ``gongkai inspect`` prints it."""
        told: dict[str, Any] = {
            "id": self.id,
            "title": TITLES[self.id],
            "verdict": self.verdict.value,
            "found": [asdict(entry) for entry in self.found],
        }
        return told | ({"more": self.more} if self.more else {})


def judged(
    key: str, found: Iterable[Found], *, fails_at: int | None = 1, fails: bool = False
) -> Indicator:
    """``fails_at`` entries that count make it fail (None: never), fewer make it warn; ``fails``
    says that it fails whatever their number.
    """
    rows = tuple(found)
    counting = sum(1 for entry in rows if not entry.note)
    verdict = Verdict.PASS
    if fails or (fails_at is not None and counting >= fails_at):
        verdict = Verdict.FAIL
    elif counting:
        verdict = Verdict.WARN
    # What counts comes first: only the rest may fall off the end.
    listed = sorted(rows, key=lambda entry: bool(entry.note))[:LISTED]
    return Indicator(key, verdict, tuple(listed), len(rows) - len(listed))


def worst(verdicts: Iterable[str]) -> Verdict:
    """The verdict of several sites or organs together."""
    order = (Verdict.PASS, Verdict.WARN, Verdict.FAIL)
    return max((Verdict(v) for v in verdicts), key=order.index, default=Verdict.PASS)


def merged(runs: Sequence[Sequence[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The indicators of several organs as one list, in the order of ``TITLES``."""
    told = []
    for key, title in TITLES.items():
        same = [row for run in runs for row in run if row["id"] == key]
        row: dict[str, Any] = {
            "id": key,
            "title": title,
            "verdict": worst(r["verdict"] for r in same).value,
            "found": [entry for r in same for entry in r["found"]],
        }
        more = sum(r.get("more", 0) for r in same)
        told.append(row | ({"more": more} if more else {}))
    return told
