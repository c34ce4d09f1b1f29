"""What lies around the pages of a PDF. Each part holds an invented identity number."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from gongkai.screening import screen_file
from tests.screening.pdf_made import ID, NOTICE, changed, drawn, found, image, line, notice, places


def bookmark(made: Pdf) -> None:
    with made.open_outline() as outline:
        outline.root.append(OutlineItem(ID, 0))


def note(made: Pdf, **more: object) -> None:
    body = {"Type": Name.Annot, "Subtype": Name.Text, "Rect": Array([9, 9, 30, 30]), **more}
    made.pages[0].Annots = Array([made.make_indirect(Dictionary(**body))])


def field(made: Pdf, flags: int = 4) -> None:
    note(made, Subtype=Name.Widget, FT=Name.Tx, T="证件号", V=ID, F=flags)
    made.Root.AcroForm = Dictionary(Fields=Array([made.pages[0].Annots[0]]))


def attach(made: Pdf) -> None:
    made.attachments["名单.txt"] = f"张小三 {ID}".encode()


def loose(made: Pdf) -> None:
    """An attached file that only a marked object holds, no list."""
    stream = Stream(made, ID.encode())
    stream.Type = Name.EmbeddedFile
    made.Root.Keep = made.make_indirect(stream)


def metadata(made: Pdf) -> None:
    with made.open_metadata() as meta:
        meta["dc:description"] = ID


def behind(made: Pdf) -> None:
    made.Root.StructTreeRoot = Dictionary(K=Dictionary(S=Name.Figure, Alt=f"证件照 {ID}"))


def behind_mark(made: Pdf) -> None:
    page = made.pages[0]
    page.contents_coalesce()
    words = f"/Span <</Alt ({ID})>> BDC EMC\n".encode()
    page.Contents = Stream(made, words + page.Contents.read_bytes())


def destination(made: Pdf) -> None:
    made.Root.Names = Dictionary(Dests=Dictionary(Names=Array([ID, made.pages[0].obj])))


def action(made: Pdf, **more: object) -> None:
    made.Root.OpenAction = Dictionary(**more)


def lost_page(made: Pdf) -> None:
    other = pikepdf.open(io.BytesIO(drawn(line())))
    made.pages.append(other.pages[0])
    made.Root.Keep = made.pages[1].obj
    del made.pages[1]


def stamp(made: Pdf) -> None:
    """A stamp whose words are only in its picture."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    look = Stream(made, f"BT /F1 12 Tf 5 5 Td ({ID}) Tj ET".encode())
    look.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 30]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )  # fmt: skip
    note(made, Subtype=Name.Stamp, Rect=Array([60, 400, 360, 430]), F=4, AP=Dictionary(N=look))


def photo(made: Pdf) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (34.0, 15.0, 0.0)}
    exif[0x010E] = ID
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(out, "JPEG", exif=exif)
    thing = image(made, Image.new("RGB", (80, 60)))
    thing.write(out.getvalue(), filter=Name.DCTDecode)
    made.pages[0].add_resource(thing, Name.XObject, Name.Im)
    made.pages[0].contents_add(b"q 40 0 0 30 60 300 cm /Im Do Q")


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        (bookmark, "id18", "书签"),
        (lambda m: note(m, Contents=ID), "id18", "第1页的批注"),
        (lambda m: note(m, Contents="请核"), "comment", "第1页的批注"),
        (lambda m: note(m, Subtype=Name.Redact), "hidden_text", "第1页未执行的涂黑标记"),
        (field, "id18", "表单"),
        (lambda m: field(m, flags=2), "hidden_text", "第1页的表单域"),
        (attach, "id18", "名单.txt!/第1行"),
        (attach, "attachment", "内嵌文件"),
        (loose, "id18", "未命名!/第1行"),
        (metadata, "id18", "文件属性：XMP"),
        (behind, "id18", "PDF内部：替代文字"),
        (behind_mark, "id18", "PDF内部：替代文字"),
        (destination, "id18", "PDF内部：命名目标"),
        (lost_page, "id18", "已删除但仍在文件里的页面1"),
        (lost_page, "hidden_text", "已删除但仍在文件里的页面1"),
        (stamp, "id18", "第1页的批注、印章和表单文字"),
        (photo, "image_place", "内嵌图片1"),
        (photo, "id18", "内嵌图片1图片属性"),
        (lambda m: action(m, S=Name.JavaScript, JS=f"x='{ID}'"), "id18", "PDF内部：脚本"),
        (lambda m: action(m, S=Name.JavaScript, JS="app.alert(1)"), "script", "文档动作"),
        (lambda m: action(m, S=Name.Launch, F="cmd.exe"), "script", "文档动作"),
        (lambda m: action(m, S=Name.URI, URI="http://a.example/"), "script", "自动动作"),
        (lambda m: note(m, A=Dictionary(S=Name.SubmitForm, F="x")), "script", "文档动作"),
        (lambda m: note(m, A=Dictionary(S=Name.URI, URI="file:///C:/x")), "inner_address", "链接"),
        (lambda m: note(m, A=Dictionary(S=Name.URI, URI="http://oa/x")), "inner_address", "链接"),
        (lambda m: note(m, A=Dictionary(S=Name.URI, URI="http://10.1.2.3")), "inner_address", ""),
        (lambda m: note(m, A=Dictionary(S=Name.GoToR, F="D:/稿/a.pdf")), "inner_address", "链接"),
        (lambda m: m.docinfo.__setitem__("/Author", "张小三"), "properties", "文件属性：作者"),
        (lambda m: m.docinfo.__setitem__("/Keywords", ID), "id18", "文件属性：关键词"),
        (lambda m: m.Root.__setitem__("/Collection", Dictionary()), "attachment", "PDF文件包"),
    ],
)  # fmt: skip
def test_each_part_of_a_pdf_is_read(change: Callable[[Pdf], object], kind: str, place: str) -> None:
    report = screen_file(changed(change), "a.pdf")
    assert place in places(report, kind), report.findings
    assert NOTICE in report.visible_text


def chapters(made: Pdf) -> None:
    """Numbers of chapters, which read one after the other look like an identity number."""
    numbers = ["9901", "0119", "9003", "0785", "35"]
    made.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([x for n in numbers for x in (n, made.pages[0].obj)]))
    )
    with made.open_outline() as outline:
        outline.root.extend(OutlineItem(number, 0) for number in numbers)


@pytest.mark.parametrize(
    "change",
    [
        lambda m: action(m, S=Name.GoTo, D=Array([m.pages[0].obj, Name.Fit])),
        lambda m: note(m, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://a.example.cn/")),
        lambda m: m.docinfo.__setitem__("/Title", "通知"),
        chapters,
    ],
    ids=["opens on a page", "link", "title", "chapters"],
)
def test_ordinary_parts_are_no_findings(change: Callable[[Pdf], object]) -> None:
    assert screen_file(changed(change), "a.pdf").verdict == "clean"


def updated(base: bytes, content: bytes) -> bytes:
    writer = PdfWriter(io.BytesIO(base), incremental=True)
    stream = DecodedStreamObject()
    stream.set_data(content)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_only_what_is_gone_is_read_again_in_an_earlier_revision() -> None:
    base = drawn(line())
    report = screen_file(updated(base, b"q Q"), "a.pdf")
    assert places(report, "earlier_revision") == "早期版本1"
    assert places(report, "id18") == "早期版本1第1页"
    note_ = next(f for f in report.findings if f.kind == "earlier_revision")
    assert "现版没有的文字" in note_.excerpt
    with pikepdf.open(io.BytesIO(base)) as made:
        made.pages[0].contents_coalesce()
        same = screen_file(updated(base, made.pages[0].Contents.read_bytes()), "a.pdf")
    assert places(same, "id18") == "第1页"
    note_ = next(f for f in same.findings if f.kind == "earlier_revision")
    assert "未见文字变动" in note_.excerpt


def test_a_linearised_file_has_no_earlier_revision() -> None:
    with pikepdf.open(io.BytesIO(notice())) as made:
        out = io.BytesIO()
        made.save(out, linearize=True)
    assert screen_file(out.getvalue(), "a.pdf").verdict == "clean"


def test_what_stands_behind_the_end_is_found() -> None:
    data = notice() + f"\n副本：张小三，证件号{ID}".encode()
    assert found(data, "hidden_text") == "文件结束标志之后"
    assert "文件结束标志之后" in found(data, "id18")
    assert screen_file(notice() + b"\n\n", "a.pdf").verdict == "clean"
