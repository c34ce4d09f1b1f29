"""The table of ways to hide something in a file. With an empty payload each builds its clean
twin: the same file without what is hidden.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.screening import office_made as made
from tests.screening import old_made, pdf_made
from tests.screening.corpus.carriers import NOTICE, docx, saved
from tests.screening.corpus.tricks_more import MORE, Build

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _word(change: Callable[[Any, str], object], payload: str) -> bytes:
    document = Document()
    document.add_paragraph(NOTICE)
    if payload:
        change(document, payload)
    return saved(document)


def _tracked(tag: str, document: Any, payload: str) -> None:
    change, run = OxmlElement(tag), OxmlElement("w:r")
    text = OxmlElement("w:delText" if tag in {"w:del", "w:moveFrom"} else "w:t")
    text.text = payload
    run.append(text)
    change.append(run)
    document.add_paragraph()._p.append(change)


def _comment(document: Any, payload: str) -> None:
    run = document.paragraphs[0].runs[0]
    document.add_comment(runs=run, text=payload, author="甲")


def _font(set_it: Callable[[Any], None], document: Any, payload: str) -> None:
    set_it(document.add_paragraph().add_run(payload).font)


def _vanish(font: Any) -> None:
    font.hidden = True


def _white(font: Any) -> None:
    font.color.rgb = RGBColor(255, 255, 255)


def _tiny(font: Any) -> None:
    font.size = Pt(1)


def _header(document: Any, payload: str) -> None:
    document.sections[0].header.paragraphs[0].text = payload


def _field(document: Any, payload: str) -> None:
    run = document.add_paragraph().add_run()._r
    code = OxmlElement("w:instrText")
    code.text = f" COMMENTS {payload} "
    run.append(code)


def _described(document: Any, payload: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    picture = document.add_picture(out)
    picture._inline.docPr.set("descr", payload)


def _property(document: Any, payload: str) -> None:
    document.core_properties.comments = payload


def _with_part(name: str, body: str, base: Callable[[], bytes], payload: str) -> bytes:
    return made.repacked(base(), {name: body.format(payload)} if payload else {})


def _embedded(payload: str) -> bytes:
    parts = {"word/embeddings/a.xlsx": _book(_sheet_state("hidden"), payload)} if payload else {}
    return made.repacked(docx("第一条"), dict(parts))


def _book(change: Callable[[Workbook, str], object], payload: str) -> bytes:
    book = Workbook()
    for row in (["年份", "件数"], [2014, 12]):
        book.active.append(row)
    if payload:
        change(book, payload)
    return saved(book)


def _sheet_state(state: str) -> Callable[[Workbook, str], None]:
    def change(book: Workbook, payload: str) -> None:
        sheet = book.create_sheet("源数据")
        sheet["A1"], sheet.sheet_state = payload, state

    return change


def _row(book: Workbook, payload: str) -> None:
    book.active["A3"] = payload
    book.active.row_dimensions[3].hidden = True


def _column(book: Workbook, payload: str, **look: object) -> None:
    book.active["D1"] = payload
    for name, value in look.items():
        setattr(book.active.column_dimensions["D"], name, value)


def _white_cell(book: Workbook, payload: str) -> None:
    book.active["D1"] = payload
    book.active["D1"].font = Font(color="FFFFFFFF")


def _no_format(book: Workbook, payload: str) -> None:
    book.active["D1"] = payload
    book.active["D1"].number_format = ";;;"


def _print_area(book: Workbook, payload: str) -> None:
    book.active["H40"] = payload
    book.active.print_area = "A1:B2"


def _cell_comment(book: Workbook, payload: str) -> None:
    book.active["A1"].comment = Comment(payload, "甲")


def _name(book: Workbook, payload: str) -> None:
    book.defined_names["内部"] = DefinedName("内部", attr_text=f'"{payload}"', hidden=True)


def _choices(book: Workbook, payload: str) -> None:
    choice = DataValidation(type="list", formula1=f'"{payload},无"')
    choice.add("B5")
    book.active.add_data_validation(choice)


def _plain_book() -> bytes:
    return _book(lambda *_: None, "")


def _slides(change: Callable[[str], tuple[str, ...]], payload: str) -> bytes:
    return made.pptx(made.slide(made.shape(NOTICE)), *(change(payload) if payload else ()))


def _shapes(change: Callable[[str], str], payload: str) -> bytes:
    return made.pptx(made.slide(made.shape(NOTICE), change(payload) if payload else ""))


def _notes(payload: str) -> bytes:
    notes = made.slide(made.shape(payload)).replace("p:sld ", "p:notes ")
    parts: dict[str, Any] = {
        "ppt/notesSlides/n.xml": notes.replace("/p:sld>", "/p:notes>"),
        "ppt/slides/_rels/slide1.xml.rels": made.relations(
            ("r1", "notesSlide", "../notesSlides/n.xml")
        ),
    }
    return made.repacked(made.pptx(), parts if payload else {})


def _drawn(content: Callable[[str], str], payload: str, **resources: object) -> bytes:
    return pdf_made.drawn(content(payload), **resources) if payload else pdf_made.notice()


def _pdf(change: Callable[[Pdf, str], object], payload: str) -> bytes:
    if not payload:
        return pdf_made.notice()
    return pdf_made.changed(lambda paper: change(paper, payload))


def _bookmark(paper: Pdf, payload: str) -> None:
    with paper.open_outline() as outline:
        outline.root.append(OutlineItem(payload, 0))


def _noted(paper: Pdf, payload: str, **more: object) -> None:
    body = {"Type": Name.Annot, "Subtype": Name.Text, "Rect": Array([9, 9, 30, 30]),
            "Contents": payload, **more}  # fmt: skip
    paper.pages[0].Annots = Array([paper.make_indirect(Dictionary(**body))])


def _form(paper: Pdf, payload: str) -> None:
    _noted(paper, "", Subtype=Name.Widget, FT=Name.Tx, T="证件号", V=payload, F=4)
    paper.Root.AcroForm = Dictionary(Fields=Array([paper.pages[0].Annots[0]]))


def _attach(paper: Pdf, payload: str) -> None:
    paper.attachments["名单.txt"] = payload.encode()


def _metadata(paper: Pdf, payload: str) -> None:
    with paper.open_metadata() as meta:
        meta["dc:description"] = payload


def _alternative(paper: Pdf, payload: str) -> None:
    paper.Root.StructTreeRoot = Dictionary(K=Dictionary(S=Name.Figure, Alt=payload))


def _destination(paper: Pdf, payload: str) -> None:
    paper.Root.Names = Dictionary(Dests=Dictionary(Names=Array([payload, paper.pages[0].obj])))


def _ofd(objects: Callable[[str], tuple[str, ...]], payload: str) -> bytes:
    return made.ofd(*(objects(payload) if payload else ()))


def _picture(payload: str) -> bytes:
    exif = Image.Exif()
    if payload:
        exif[0x010E] = payload
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


def _chunk(payload: str) -> bytes:
    info = PngInfo()
    if payload:
        info.add_text("Comment", payload)
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def _nested(payload: str) -> bytes:
    inner = made.packed({"b.docx": _word(partial(_font, _vanish), payload)})
    return made.packed({"a.zip": inner})


def _xls(payload: str) -> bytes:
    cells = ((0, 0, 0, NOTICE),)
    sheets = [old_made.OldSheet("公开", cells)]
    if payload:
        sheets.append(old_made.OldSheet("源数据", ((0, 0, 0, payload),), state=1))
    return old_made.xls(*sheets)


def _doc(look: bytes, payload: str) -> bytes:
    runs = [old_made.Run(payload, look)] if payload else []
    return old_made.doc(old_made.Run(NOTICE + "\r"), *runs)


_BOX = "q {} rg 60 490 300 30 re f Q\n"
_line = pdf_made.line
_PIVOT = f"<pivotCacheRecords {_S}><r><s v='{{}}'/></r></pivotCacheRecords>"
_OUTSIDE = f"<externalLink {_S}><externalBook><sheetDataSet><sheetData><row><cell r='A1'><v>{{}}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"  # noqa: E501
_CUSTOM = "<a><b>{}</b></a>"

TRICKS: dict[str, tuple[str, Build]] = MORE | {
    "tracked deletion": ("docx", partial(_word, partial(_tracked, "w:del"))),
    "tracked insertion": ("docx", partial(_word, partial(_tracked, "w:ins"))),
    "moved text": ("docx", partial(_word, partial(_tracked, "w:moveFrom"))),
    "comment": ("docx", partial(_word, _comment)),
    "hidden font": ("docx", partial(_word, partial(_font, _vanish))),
    "white font": ("docx", partial(_word, partial(_font, _white))),
    "tiny font": ("docx", partial(_word, partial(_font, _tiny))),
    "page header": ("docx", partial(_word, _header)),
    "field code": ("docx", partial(_word, _field)),
    "alternative text": ("docx", partial(_word, _described)),
    "document property": ("docx", partial(_word, _property)),
    "custom XML part": (
        "docx", partial(_with_part, "customXml/item9.xml", _CUSTOM, partial(docx, "第一条"))),
    "embedded workbook": ("docx", _embedded),
    "hidden sheet": ("xlsx", partial(_book, _sheet_state("hidden"))),
    "very hidden sheet": ("xlsx", partial(_book, _sheet_state("veryHidden"))),
    "hidden row": ("xlsx", partial(_book, _row)),
    "hidden column": ("xlsx", partial(_book, partial(_column, hidden=True))),
    "narrow column": ("xlsx", partial(_book, partial(_column, width=0.1))),
    "white cell": ("xlsx", partial(_book, _white_cell)),
    "format without content": ("xlsx", partial(_book, _no_format)),
    "outside the print area": ("xlsx", partial(_book, _print_area)),
    "cell comment": ("xlsx", partial(_book, _cell_comment)),
    "hidden defined name": ("xlsx", partial(_book, _name)),
    "validation list": ("xlsx", partial(_book, _choices)),
    "pivot cache": (
        "xlsx",
        partial(_with_part, "xl/pivotCache/pivotCacheRecords1.xml", _PIVOT, _plain_book)),
    "cache of another book": (
        "xlsx",
        partial(_with_part, "xl/externalLinks/externalLink1.xml", _OUTSIDE, _plain_book)),
    "hidden slide": (
        "pptx",
        partial(_slides, lambda p: (made.slide(made.shape(p), attributes='show="0"'),))),
    "speaker's notes": ("pptx", _notes),
    "beside the slide": (
        "pptx", partial(_shapes, lambda p: made.shape(p, at="-9000000 0 4000000 900000"))),
    "hidden sheet of an old book": ("xls", _xls),
    "deleted text of an old document": ("doc", partial(_doc, old_made.DELETED)),
    "hidden text of an old document": ("doc", partial(_doc, old_made.HIDDEN)),
    "black box": ("pdf", partial(_drawn, lambda p: _line(p) + _BOX.format("0 0 0"))),
    "white box": ("pdf", partial(_drawn, lambda p: _line(p) + _BOX.format("1 1 1"))),
    "picture over text": (
        "pdf",
        partial(_drawn, lambda p: _line(p) + "q 300 0 0 30 60 490 cm /Im Do Q\n",
                Im=pdf_made.image)),
    "white ink": ("pdf", partial(_drawn, lambda p: "1 g " + _line(p))),
    "no ink": ("pdf", partial(_drawn, lambda p: "q 3 Tr " + _line(p) + "Q")),
    "off the page": ("pdf", partial(_drawn, lambda p: _line(p, x=-900))),
    "tiny letters": ("pdf", partial(_drawn, lambda p: _line(p, size=0.4))),
    "layer switched off": (
        "pdf",
        partial(_drawn, lambda p: "/OC /L1 BDC " + _line(p) + "EMC", L1=pdf_made.layer)),
    "bookmark": ("pdf", partial(_pdf, _bookmark)),
    "annotation": ("pdf", partial(_pdf, _noted)),
    "form field": ("pdf", partial(_pdf, _form)),
    "attached file": ("pdf", partial(_pdf, _attach)),
    "metadata": ("pdf", partial(_pdf, _metadata)),
    "structure text": ("pdf", partial(_pdf, _alternative)),
    "named destination": ("pdf", partial(_pdf, _destination)),
    "invisible object": (
        "ofd", partial(_ofd, lambda p: (made.words(p, attributes='Visible="false"'),))),
    "box over an object": (
        "ofd", partial(_ofd, lambda p: (made.words(p), made.path("10 18 170 12")))),
    "picture description": ("jpg", _picture),
    "text chunk": ("png", _chunk),
    "hidden font in a zip in a zip": ("zip", _nested),
}  # fmt: skip
