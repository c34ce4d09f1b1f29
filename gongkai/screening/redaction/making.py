"""The act: from a file and its boxes to a new file that was proved."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import Any

from gongkai.screening import ocr
from gongkai.screening.files import screen_file
from gongkai.screening.findings import Report
from gongkai.screening.policy import DEFAULT, Policy
from gongkai.screening.redaction.boxes import Box, Ground, tally
from gongkai.screening.redaction.building import Built, build
from gongkai.screening.redaction.paper import as_pdf, no, readable
from gongkai.screening.redaction.proving import ensure_nowhere, prove
from gongkai.screening.redaction.words import Still, still_visible


@dataclass(frozen=True, slots=True)
class Redacted:
    """A proved result. ``table``: page, ground, number of boxes; ``still``: words that were boxed
    in one place and can be read in another (page 0: in a picture, by machine); ``notes``: what the
    person should know; ``report``: the full screening of the result.
    """

    data: bytes = field(repr=False)
    name: str
    pages: int
    table: list[tuple[int, str, int]]
    still: list[Still]
    notes: list[str]
    report: Report

    def as_dict(self) -> dict[str, Any]:
        """In plain types, for JSON."""
        packed = base64.b64encode(self.data).decode("ascii")
        plain = {"name": self.name, "pages": self.pages, "table": self.table, "notes": self.notes}
        still = [asdict(row) for row in self.still]
        return {**plain, "data": packed, "still": still, "report": self.report.as_dict()}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Redacted:
        """Back from ``as_dict``."""
        still = [
            Still(**{**row, "pages": tuple(row["pages"]), "boxed": tuple(row["boxed"])})
            for row in told["still"]
        ]
        return cls(
            data=base64.b64decode(told["data"]), name=told["name"], pages=told["pages"],
            table=[(row[0], row[1], row[2]) for row in told["table"]], still=still,
            notes=list(told["notes"]), report=Report.from_dict(told["report"]),
        )  # fmt: skip


def redact(
    data: bytes,
    name: str,
    boxes: Sequence[Box],
    grounds: Mapping[str, Ground],
    *,
    policy: Policy = DEFAULT,
    pepper: bytes = b"",
) -> Redacted:
    """Takes out what the boxes cover. ``grounds`` explains each box's ground; ``pepper`` guards
    the keys of words that are still visible.

    Raises ``Refused`` for files without pages, for boxes beside the page (with the field), and
    when the result could not be proved.
    """
    if not boxes:
        raise no("还没有方框。请先画框，或按词语、按审查提示生成方框。")
    with readable():
        built = build(as_pdf(data, name), boxes, grounds, policy)
        texts = prove(built.data, boxes, grounds, built.pages + built.appended)
        new_name = f"{PurePath(name).stem}（区分处理件）.pdf"
        report = screen_file(built.data, new_name, policy=policy)
    still = _still(built, texts, report, pepper)
    shown = {word for word in built.boxed if still_visible({word: set()}, _paged(texts), pepper)}
    ensure_nowhere(built.data, set(built.boxed) - shown)
    return Redacted(
        data=built.data, name=new_name, pages=built.pages, table=tally(boxes), still=still,
        notes=built.notes, report=report,
    )  # fmt: skip


def _still(built: Built, texts: list[str], report: Report, pepper: bytes) -> list[Still]:
    """Words to be read on pages of the source, and where a machine reads pictures, in these."""
    pages = [f"{text}\n{built.pictured.get(n, '')}" for n, text in enumerate(texts[: built.pages])]
    found = still_visible(built.boxed, _paged(pages), pepper)
    if not ocr.available():
        return found
    known = {row.key for row in found}
    read = still_visible(built.boxed, [(0, report.visible_text)], pepper)
    return found + [row for row in read if row.key not in known]


def _paged(texts: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(texts, 1))
