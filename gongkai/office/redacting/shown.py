"""The boxes, the words that are still visible, and the findings as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import User
from gongkai.files.models import Redaction, RedactionBox, RedactionResult
from gongkai.office.acting import ActForm
from gongkai.office.redacting.forms import AgainForm, KeepForm
from gongkai.screening.redaction import Ground

_WORDS = {"block": "须处理", "review": "请核对", "note": "提示"}


@dataclass(frozen=True)
class Row:
    """One box: ``row`` as it is kept, with the words of its ground."""

    row: RedactionBox
    ground: Ground

    @property
    def page(self) -> int:
        return self.row.page


def rows_of(redaction: Redaction, grounds: Mapping[str, Ground]) -> list[Row]:
    """All boxes, page by page from the top."""
    rows = redaction.boxes.select_related("drawn_by")
    return [Row(row, grounds[row.ground]) for row in rows]


def stills_of(
    redaction: Redaction, bound: Mapping[str, ActForm], user: User
) -> list[dict[str, Any]]:
    """Words that are still visible, each with its two forms; a refused form keeps its text."""
    kinds: dict[str, type[ActForm]] = {"again": AgainForm, "keep": KeepForm}

    def form(key: str, word: str, at: int) -> ActForm:
        refused = bound.get(key)
        if refused is not None and refused.data.get("word") == word:
            return refused
        first = {"word": word}
        return kinds[key](subject=redaction, user=user, initial=first, auto_id=f"{key}{at}-%s")

    return [
        {**row, **{key: form(key, row["key"], at) for key in kinds}}
        for at, row in enumerate(redaction.still, 1)
    ]


def findings_to_show(result: RedactionResult) -> list[dict[str, Any]]:
    """What screening told about the result; pages that became pictures are told once."""
    pictures = [f for f in result.findings if f["kind"] == "image_page"]
    others = [f for f in result.findings if f["kind"] != "image_page"]
    shown = [{**f, "word": _WORDS.get(f["severity"], "提示")} for f in others]
    if pictures:
        shown.append({
            "word": "请核对", "label": "改为图像的页面", "place": f"共{len(pictures)}页",
            "excerpt": "", "severity": "review",
            "advice": "请对照图像逐页看一遍：方框是否遮全，框外有没有不应公开的内容。",
        })  # fmt: skip
    return shown
