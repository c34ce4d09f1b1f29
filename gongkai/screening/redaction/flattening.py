"""One page as a picture: drawn, filled where boxes are, with its letters outside of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageChops

from gongkai.screening import ocr
from gongkai.screening.files.pdfink import Sheet
from gongkai.screening.files.pdfopen import Opened
from gongkai.screening.policy import Policy
from gongkai.screening.redaction import glyphs, picture
from gongkai.screening.redaction.boxes import Area, Box, Ground, around
from gongkai.screening.redaction.glyphs import lines, of_picture
from gongkai.screening.redaction.layer import spots_of
from gongkai.screening.redaction.painting import fill
from gongkai.screening.redaction.words import words_under

_FAINT, _LEAST_INK = 24, 4
"""Steps of 255 that ink differs from its ground; pixels of it that are a letter."""
_MUCH = 0.2
"""Part of a letter's place that lies in a box."""
_CLEAR, _FEW = 40, 10
"""Steps of 255 that show; letters that a page may lose without being told."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A page that became a picture, before it is written; ``size`` in points, as shown."""

    image: picture.Encoded
    runs: list[list[glyphs.Glyph]]
    size: tuple[float, float]


@dataclass
class Flattener:
    """Makes pictures of pages; collects the words under boxes with the pages (from 1) where they
    stood, what the person should know, and by page (from 0) the words that only the picture keeps:
    those of a scanner's layer, whose places are not sure enough to write them again.
    """

    pdf: Opened
    grounds: Mapping[str, Ground]
    policy: Policy
    boxed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    notes: list[str] = field(default_factory=list)
    pictured: dict[int, str] = field(default_factory=dict)

    def flatten(self, number: int, boxes: Sequence[Box]) -> Flat:
        """Page ``number`` (from 0) without what the boxes cover."""
        unit = _unit(self.pdf.made.pages[number])
        page = self.pdf.drawn[number]
        words = page.get_textpage()
        try:
            read = glyphs.read(page, words)
            image, dots = picture.drawn(page, unit, number + 1)
            if dots < picture.DOTS:
                self.notes.append(f"第{number + 1}页幅面很大，改为每英寸{dots}点的图像")
            touched = self._words(read, image, number, boxes)
            kept = _seen(page, words, read) - touched
            kept, touched = _clear_of(read, kept, touched, [box.area for box in boxes])
            stretches = [around(g.ink for g in run) for run in _stretches(read, touched)]
            labelled = [(box.area, self.grounds[box.ground].short) for box in boxes]
            fill(image, labelled, stretches)
            runs = [[read.glyphs[n] for n in line] for line in lines(read, kept)]
            self._left_out(read, touched | kept, image, number)
            wide, high = page.get_size()
            return Flat(picture.encoded(image), runs, (wide * unit, high * unit))
        finally:
            words.close()
            page.close()

    def _left_out(self, read: glyphs.Page, done: set[int], image: Image.Image, number: int) -> None:
        rest = [n for n in range(len(read.glyphs)) if n not in done]
        inked = [n for n in rest if _inked(image, read.glyphs[n].ink)]
        if inked:
            found = lines(read, inked)
            self.pictured[number] = "\n".join(
                "".join(read.glyphs[n].text for n in line) for line in found
            )
        if len(inked) > _FEW:
            self.notes.append(f"第{number + 1}页原有的识别文字层与图像不一定一致，没有带入")

    def _words(
        self, read: glyphs.Page, image: Image.Image, number: int, boxes: Sequence[Box]
    ) -> set[int]:
        """The letters that boxes touch; their words are remembered."""
        touched = read.touched(box.area for box in boxes)
        if touched:
            self._remember(read, touched, number)
        blind = [b.area for b in boxes if not read.touched([b.area]) and _inked(image, b.area)]
        if blind and ocr.available():
            pictured = of_picture(ocr.read(image), image.size)
            self._remember(pictured, pictured.touched(blind), number)
        elif blind:
            self.notes.append(
                f"第{number + 1}页有方框盖住的是图像，系统读不出其中的文字，"
                "请人工核对同一内容是否在别处出现"
            )
        return touched

    def _remember(self, read: glyphs.Page, touched: set[int], number: int) -> None:
        for word in words_under(read, touched, self.policy):
            self.boxed[word].add(number + 1)


def _clear_of(
    read: glyphs.Page, kept: set[int], touched: set[int], areas: Sequence[Area]
) -> tuple[set[int], set[int]]:
    """Letters beside a box whose place would be written into it go too: a comma has more room
    than ink.
    """
    while areas:
        inside = {
            number
            for line in lines(read, kept)
            for number, spot in zip(
                line, spots_of([read.glyphs[n] for n in line], read.size), strict=True
            )
            if any(_much(spot, area) for area in areas)
        }
        marks = {read.glyphs[number].mark for number in inside}
        inside = {number for number in kept if read.glyphs[number].mark in marks}
        if not inside:
            break
        kept, touched = kept - inside, touched | inside
    return kept, touched


def _much(spot: Area, area: Area) -> bool:
    across, down = spot.overlap(area)
    whole = (spot.right - spot.left) * (spot.bottom - spot.top)
    return across > 0 and down > 0 and across * down > _MUCH * whole


def _stretches(read: glyphs.Page, touched: set[int]) -> Iterator[list[glyphs.Glyph]]:
    """Letters under boxes that stand side by side; cells of a table do not."""
    for line in lines(read, touched):
        run: list[glyphs.Glyph] = []
        for glyph in (read.glyphs[number] for number in line):
            if run and _apart(run[-1].room, glyph.room):
                yield run
                run = []
            run.append(glyph)
        yield run


def _apart(one: Area, other: Area) -> bool:
    across, down = one.overlap(other)
    wide, high = other.right - other.left, other.bottom - other.top
    return -across > wide or -down > high


def _unit(page: pikepdf.Page) -> float:
    """Points of one unit of the page; readers that ignore it show the page in another size."""
    value = page.obj.get("/UserUnit", 1)
    return min(max(float(value), 0.01), 1000.0)


def _seen(page: pdfium.PdfPage, words: pdfium.PdfTextPage, read: glyphs.Page) -> set[int]:
    """Letters that a reader sees: what was hidden in the source is not written into the result.
    So is the layer of a scanner not, whose words may stand beside their picture.
    """
    if not read.glyphs:
        return set()
    sheet = Sheet(page, words)
    sheet.judge()
    seen = {char.index for char in sheet.chars if char.seen}
    whole = Area(0, 0, 100, 100)
    return {
        number for number, glyph in enumerate(read.glyphs)
        if (glyph.index in seen or (not glyph.sure and _shows(sheet, glyph.ink)))
        and min(glyph.room.overlap(whole)) > 0 and glyph.text != "\ufffd"
    }  # fmt: skip


def _inked(image: Image.Image, area: Area) -> bool:
    """Whether the finished picture shows anything in a place."""
    low, high = image.crop(_spot(area, image.size)).convert("L").getextrema()
    return not isinstance(low, tuple) and not isinstance(high, tuple) and high - low > _CLEAR


def _spot(area: Area, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Whole pixels around a place, at least one, on the picture whatever the place."""
    wide, high = size
    left = min(max(int(area.left * wide / 100), 0), wide - 1)
    top = min(max(int(area.top * high / 100), 0), high - 1)
    right, bottom = int(area.right * wide / 100) + 1, int(area.bottom * high / 100) + 1
    return left, top, max(min(right, wide), left + 1), max(min(bottom, high), top + 1)


def _shows(sheet: Sheet, area: Area) -> bool:
    """Whether text leaves ink in a place: for fonts whose ink is not where they say."""
    if sheet.full is None or sheet.bare is None:
        return False
    spot = _spot(area, sheet.full.size)
    apart = ImageChops.difference(sheet.full.crop(spot), sheet.bare.crop(spot))
    return sum(apart.histogram()[_FAINT:]) >= _LEAST_INK
