"""pdf: pages, and what lies around them: properties, annotations, bookmarks, forms, attachments,
earlier revisions.
"""

from __future__ import annotations

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from gongkai.screening import ocr
from gongkai.screening.files import pdfaround
from gongkai.screening.files.codes import codes
from gongkai.screening.files.machine import pictured
from gongkai.screening.files.pdfcovered import covers_picture
from gongkai.screening.files.pdfcut import Edge, parted
from gongkai.screening.files.pdfopen import Opened, opened
from gongkai.screening.files.pdfpage import PageText, plain_text, read_page
from gongkai.screening.files.pdfparts import parts
from gongkai.screening.files.pdfrevisions import revisions, trailing
from gongkai.screening.findings import Finding, finding
from gongkai.screening.kinds import Severity
from gongkai.screening.passages import Passage

_Found = tuple[list[Finding], list[Passage], list[tuple[str, bytes]]]
_OCR_SCALE = 200 / 72
_CODE_SCALE = 2.0
_NOTICED = 0.02
_STROKES = 50
_MAX_AREA = 16_000_000

_BEYOND: tuple[tuple[str, str, Severity | None], ...] = (
    ("elsewhere", "边缘截去、别处可见的文字", "note"),
    ("short", "边缘截断、没有印全的文字", "review"),
    ("hidden", "看不见的文字", None),
)


def look(data: bytes, place: str) -> _Found:
    """Findings about the file, its texts, and the files attached to it."""
    with opened(data) as pdf:
        pages = _Pages(pdf, place)
        pages.read()
        findings, passages = pages.findings, pages.passages
        passages += pdfaround.properties(pdf.made)
        passages += pdfaround.outline(pdf.made)
        passages += pdfaround.forms(pdf.made)
        inside = parts(pdf.made, place, passages)
    older, gone = revisions(data, place, pages.plain)
    findings += [*inside.findings, *older]
    passages += [*inside.passages, *gone, *trailing(data)]
    return findings, passages, inside.attached


class _Pages:
    """Reads page after page."""

    def __init__(self, pdf: Opened, place: str) -> None:
        self._pdf, self._place = pdf, place
        self.findings: list[Finding] = []
        self.passages: list[Passage] = []
        self.plain: list[str] = []
        self._seen: list[str] = []
        self._edges: list[Edge] = []
        self._machine = 0

    def read(self) -> None:
        """All of them."""
        for number in range(len(self._pdf.drawn)):
            page = self._pdf.drawn[number]
            try:
                self._page(page, f"第{number + 1}页")
            finally:
                page.close()
            self._notes(number, f"第{number + 1}页")
        for number, edge in enumerate(self._edges):
            if edge.cuts:
                self._beyond(edge, f"第{number + 1}页")

    def _beyond(self, edge: Edge, label: str) -> None:
        """Words beyond an edge; only now it is known what the other pages show."""
        found = parted(edge.cuts, self._seen, self._edges)
        for way, name, severity in _BEYOND:
            text = "\n".join(found[way])
            self.passages.append(Passage(f"{label}{name}", text, "hidden_text", severity=severity))

    def _page(self, page: pdfium.PdfPage, label: str) -> None:
        text = read_page(page)
        self.passages += [
            Passage(label, text.seen),
            Passage(f"{label}看不见的文字", text.unseen, hidden="hidden_text"),
        ]
        if text.layer.strip():
            self.passages.append(Passage(f"{label}扫描件文字层", text.layer))
        self._pictures(page, text, label)
        self.plain.append(plain_text(page))
        self._seen.append(text.seen)
        self._edges.append(text.edge)
        if text.unseen or text.edge.cuts:  # a number may be half seen and half not
            whole = Passage(f"{label}看不见的文字连同可见文字", self.plain[-1], quiet=True)
            self.passages.append(whole)

    def _pictures(self, page: pdfium.PdfPage, text: PageText, label: str) -> None:
        """Scanned pages go to a person; smaller pictures are noted; codes in any of them read."""
        why = _why(text)
        if why is not None:
            image = None
            if ocr.available() and self._machine < ocr.MOST_PAGES:
                self._machine += 1
                image = _drawn(page, _OCR_SCALE)
            told, read = pictured("image_page", f"{self._place}{label}", label, image, why)
            self.findings.append(told)
            self.passages += read
        elif text.pictures > _NOTICED:
            self.findings.append(
                finding("image_text", f"{self._place}{label}的图片", excerpt="页中图片")
            )
        if text.pictures > _NOTICED and covers_picture(page):
            place = f"{self._place}{label}图像上的色块"
            words = "色块下面的图像还在文件里"
            self.findings.append(finding("hidden_text", place, excerpt=words, value=place))
        if text.pictures > 0 or text.strokes > _STROKES:
            self.passages += codes(_drawn(page, _CODE_SCALE), label)

    def _notes(self, number: int, label: str) -> None:
        """Annotations by kind, and the words of their pictures (stamps, filled fields)."""
        made = self._pdf.made.pages[number]
        if not pdfaround.children(made.obj, "/Annots"):
            return
        self.passages += pdfaround.notes(made, label)
        page = self._pdf.drawn[number]
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = self._pdf.drawn[number]
        known = {line.strip() for line in self.plain[-1].split("\n")}
        lines = [n for n in plain_text(page).split("\n") if n.strip() and n.strip() not in known]
        page.close()
        if lines:
            self.passages.append(Passage(f"{label}的批注、印章和表单文字", "\n".join(lines)))


def _why(text: PageText) -> str | None:
    """Why a person has to read the page; None when its text says it all."""
    if text.layer.strip():
        return "扫描页，带识别出的文字层，文字层可能与图像不一致"
    if text.garbled:
        return "字体没有文字对照表，读出的字不可靠"
    return "" if text.scanned else None


def _drawn(page: pdfium.PdfPage, scale: float) -> Image.Image:
    area = max(page.get_width() * page.get_height(), 1.0)
    bitmap = page.render(scale=min(scale, (_MAX_AREA / area) ** 0.5), grayscale=True)
    image: Image.Image = bitmap.to_pil().convert("L")
    bitmap.close()
    return image
