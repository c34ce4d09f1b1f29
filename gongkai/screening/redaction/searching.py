"""Boxes that nobody has to draw: around a phrase wherever it stands, and around what screening
finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.screening.findings import key_of
from gongkai.screening.normalise import normalise
from gongkai.screening.people import PERSONAL
from gongkai.screening.policy import Policy
from gongkai.screening.redaction.boxes import Area, Box, around
from gongkai.screening.redaction.glyphs import Page
from gongkai.screening.text import hits_in, read

_MARGIN = 0.25
"""Points around the letters: less than what counts as touching a neighbour."""
PERSONAL_KINDS = frozenset(
    {*PERSONAL, "person_name", "minor", "email", "plate", "landline", "sensitive"}
)
SECRET_KINDS = frozenset({"secrecy_mark", "secret_number"})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A box for one finding; ``kind`` as in the table of kinds."""

    box: Box
    kind: str


def phrase_on(page: Page, number: int, phrase: str, ground: str) -> list[Box]:
    """A box for each line of each place where the phrase stands, however it is spaced, in whatever
    width and case.
    """
    text, origin = _tight(page.text)
    wanted = _tight(phrase)[0]
    boxes: list[Box] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        start, end = origin[at], origin[at + len(wanted) - 1] + 1
        boxes += _boxes(page, number, range(start, end), ground)
        at = text.find(wanted, at + len(wanted))
    return boxes


def findings_on(
    page: Page, number: int, grounds: Mapping[str, str], policy: Policy
) -> list[Proposed]:
    """Boxes for what screening finds on a page; ``grounds`` names a ground for each kind that is
    wanted.
    """
    source = read(page.text, policy)
    found: list[Proposed] = []
    for hit in hits_in(source):
        ground = grounds.get(hit.kind)
        if ground:
            start, end = source.normalised.span(hit.start, hit.end)
            boxes = _boxes(page, number, range(start, end), ground)
            found += [Proposed(box, hit.kind) for box in boxes]
    return found


def keyed_on(
    page: Page, number: int, words: Iterable[str], keys: Mapping[str, str], pepper: bytes
) -> list[Box]:
    """Boxes for the words whose keys are wanted, each with the ground that its key is given."""
    boxes: list[Box] = []
    for word in words:
        ground = keys.get(key_of("still_visible", "", word, pepper))
        if ground:
            boxes += phrase_on(page, number, word, ground) or _parted(page, number, word, ground)
    return boxes


def _parted(page: Page, number: int, word: str, ground: str) -> list[Box]:
    """A number that is written with dashes."""
    text, origin = _tight(page.text)
    kept = [at for at, char in enumerate(text) if char not in "-.·/()"]
    bare = "".join(text[at] for at in kept)
    boxes: list[Box] = []
    at = bare.find(word)
    while at >= 0:
        start, end = origin[kept[at]], origin[kept[at + len(word) - 1]] + 1
        boxes += _boxes(page, number, range(start, end), ground)
        at = bare.find(word, at + len(word))
    return boxes


def _tight(text: str) -> tuple[str, list[int]]:
    """The text without blanks, plain and in small letters, and where each letter stood."""
    normal = normalise(text)
    letters: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(normal.text):
        if not char.isspace():
            small = char.casefold()
            letters.append(small)
            origin += [normal.origin(at)] * len(small)
    return "".join(letters), origin


def _boxes(page: Page, number: int, chars: range, ground: str) -> list[Box]:
    """One box for each line of a stretch of text."""
    across, down = (_MARGIN * 100 / max(side, 1.0) for side in page.size)
    boxes: list[Box] = []
    line: list[Area] = []
    for char in chars:
        place = page.places[char]
        area = page.glyphs[place].ink if place >= 0 else None
        if line and (page.text[char] == "\n" or (area and not _beside(line[-1], area))):
            boxes.append(Box.at(number, around(line).grown(across, down), ground))
            line = []
        if area:
            line.append(area)
    if line:
        boxes.append(Box.at(number, around(line).grown(across, down), ground))
    return boxes


def _beside(one: Area, other: Area) -> bool:
    """Whether two letters may share a box: in one line or in one column."""
    across, down = one.overlap(other)
    return across > 0 or down > 0
