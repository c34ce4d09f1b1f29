"""What the tests of clean copies are made from. All people invented."""

from __future__ import annotations

import io
from collections.abc import Callable

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.comments import Comment

from gongkai.screening import Report, screen_file
from gongkai.screening.cleaning import clean_copy
from tests.screening.office_made import pptx, relations, shape, slide
from tests.screening.pdf_made import ID, NOTICE, drawn, image, layer, line


def cleaned(data: bytes, name: str) -> tuple[bytes, list[str], Report]:
    copy = clean_copy(data, name)
    assert copy.name == name
    return copy.data, copy.dropped, screen_file(copy.data, name)


def flat(text: str) -> str:
    return "".join(text.split())


HIDING = {
    "black box": drawn(line() + "q 0 g 60 490 300 30 re f Q\n"),
    "white": drawn("1 g " + line()),
    "no ink": drawn("q 3 Tr " + line() + "Q"),
    "off the page": drawn(line(x=-900)),
    "layer": drawn("/OC /L1 BDC " + line() + "EMC", L1=layer),
    "picture": drawn(line() + "q 300 0 0 30 60 490 cm /Im Do Q\n", Im=image),
}


def word(change: Callable[[object], None]) -> bytes:
    document = Document()
    document.add_paragraph(NOTICE)
    change(document)
    document.core_properties.author = "张小三"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _wrapped(document: object, tag: str, text: str, inner: str = "w:t") -> None:
    run = document.add_paragraph("前文").add_run("")._r  # type: ignore[attr-defined]
    words = OxmlElement(inner)
    words.text = text
    run.append(words)
    mark = OxmlElement(tag)
    mark.set(qn("w:author"), "张小三")
    run.getparent().replace(run, mark)
    mark.append(run)


def deleted(document: object) -> None:
    _wrapped(document, "w:del", "删掉的话", "w:delText")


def inserted(document: object) -> None:
    _wrapped(document, "w:ins", "加上的话")


def commented(document: object) -> None:
    document.add_comment(document.paragraphs[0].runs, text="请核", author="甲")  # type: ignore[attr-defined]


def vanished(document: object) -> None:
    document.add_paragraph().add_run("看不见").font.hidden = True  # type: ignore[attr-defined]


def book(change: Callable[[Workbook], None]) -> bytes:
    made = Workbook()
    made.active.append(["年份", "件数"])
    made.active.append([2014, 12])
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def hidden_sheet(made: Workbook) -> None:
    made.create_sheet("源").append([ID])
    made["源"].sheet_state = "veryHidden"


def hidden_column(made: Workbook) -> None:
    made.active["D1"] = ID
    made.active.column_dimensions["D"].hidden = True


def hidden_row(made: Workbook) -> None:
    made.active["A9"] = ID
    made.active.row_dimensions[9].hidden = True


def noted(made: Workbook) -> None:
    made.active["A1"].comment = Comment("请核", "张小三")


_FORM = "application/vnd.openxmlformats-officedocument.presentationml"
_TYPES = "".join(
    f'<Override PartName="/ppt/{part}.xml" ContentType="{_FORM}.{kind}+xml"/>'
    for part, kind in [("presentation", "presentation.main"), ("slides/slide1", "slide"),
                       ("slides/slide2", "slide"), ("notesSlides/notesSlide1", "notesSlide")]
)  # fmt: skip
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


def show() -> bytes:
    """Two slides, one of them hidden, with notes."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}"><Default Extension="rels" '
        f'ContentType="{_RELATIONS}"/>{_TYPES}</Types>',
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("r1", "notesSlide", "../notesSlides/notesSlide1.xml")
        ),
        "ppt/notesSlides/notesSlide1.xml": slide(shape(f"备注{ID}")).replace("p:sld", "p:notes"),
    }
    return pptx(slide(shape(NOTICE)), slide(shape(ID), attributes='show="0"'), **parts)
