"""The text under review with its findings in place, and the words of a file beside its findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.review.models import Sheet
from gongkai.review.pages import GatedPage


@dataclass(frozen=True)
class Piece:
    """A stretch of text; ``number`` is that of the finding which it is, if it is one."""

    text: str
    number: int = 0
    label: str = ""


@dataclass(frozen=True)
class Passage:
    """One text of the submission, by its place."""

    place: str
    pieces: tuple[Piece, ...]


def passages_of(
    page: GatedPage | None, sheet: Sheet, findings: Sequence[dict[str, Any]]
) -> list[Passage]:
    """Every reviewed text of exactly this sheet's content; none when it cannot be read any more.

    What was found stands there masked: the sheet is read by more people than the draft.
    """
    shown = _content_of(page, sheet)
    if shown is None:
        return []
    numbered = list(enumerate(findings, 1))
    return [
        Passage(place, tuple(_pieces(text, [(n, f) for n, f in numbered if f["place"] == place])))
        for place, text in shown.reviewed_texts().items()
        if text
    ]


def _content_of(page: GatedPage | None, sheet: Sheet) -> GatedPage | None:
    if page is None:
        return None
    task = page.current_workflow_task_state
    revisions = [task.revision if task else None, page.get_latest_revision(), page.live_revision]
    for revision in revisions:
        content: GatedPage | None = revision.as_object() if revision is not None else None
        if content is not None and content.content_hash() == sheet.content_hash:
            return content
    return None


def _pieces(text: str, found: list[tuple[int, dict[str, Any]]]) -> Iterator[Piece]:
    done = 0
    for number, finding in sorted(found, key=lambda row: row[1].get("start", 0)):
        start, end = finding.get("start", 0), finding.get("end", 0)
        if end <= start or start < done:
            continue
        if start > done:
            yield Piece(text[done:start])
        raw, excerpt = text[start:end], finding["excerpt"]
        # A word's excerpt holds the word with what stands around it; a value's is its mask.
        yield Piece(raw if raw in excerpt else excerpt, number, finding["label"])
        done = end
    if done < len(text):
        yield Piece(text[done:])
