"""Clean copies: the finding is gone, and what a reader sees is the same. All people invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from gongkai.refusal import Refused
from gongkai.screening import Report, screen_file
from gongkai.screening.cleaning import clean_and_screen, clean_and_screen_isolated, clean_copy
from tests.screening import test_pdf_parts as held
from tests.screening.pdf_made import ID, NOTICE, changed, drawn, image, layer, line, notice
from tests.screening.test_pictures import CARRIERS, exif, photo, saved, with_thumbnail


def cleaned(data: bytes, name: str) -> tuple[bytes, list[str], Report]:
    copy = clean_copy(data, name)
    assert copy.name == name
    return copy.data, copy.dropped, screen_file(copy.data, name)


def kinds(report: Report) -> set[str]:
    return {f.kind for f in report.findings}


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_clean_picture_carries_nothing(carrier: str) -> None:
    data, name = CARRIERS[carrier]
    copy, dropped, report = cleaned(data, name)
    assert report.verdict == "clean" and kinds(report) <= {"image_text"}
    assert any("图片属性" in words for words in dropped)
    one, two = (Image.open(io.BytesIO(d)).convert("RGB") for d in (data, copy))
    assert one.size == two.size and one.resize((1, 1)).getpixel((0, 0)) == pytest.approx(
        two.resize((1, 1)).getpixel((0, 0)), abs=6
    )


def test_a_clean_picture_stands_upright_without_place_thumbnail_and_trailer() -> None:
    located = exif(t0112=6)
    located[0x8825] = {1: "N", 2: (34.0, 15.0, 0.0)}
    copy, dropped, report = cleaned(photo(exif=located) + b"PRIVATE" * 9, "a.jpg")
    assert Image.open(io.BytesIO(copy)).size == (120, 200)
    assert kinds(report) == {"image_text"}
    assert {"拍摄位置", "图片结束标志之后的内容"} <= set(dropped)
    copy, dropped, report = cleaned(with_thumbnail(other=True), "a.jpg")
    assert "缩略图" in dropped and "hidden_text" not in kinds(report)


def test_clear_places_lose_their_colours() -> None:
    picture = Image.effect_noise((200, 120), 90).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((200, 120)).point(lambda v: v // 128 * 255))
    assert "hidden_text" in kinds(screen_file(saved(picture), "a.png"))
    assert "hidden_text" not in kinds(cleaned(saved(picture), "a.png")[2])


def test_moving_pictures_are_refused_and_pages_are_kept() -> None:
    frames = [Image.new("L", (60, 40), shade) for shade in (0, 90)]
    with pytest.raises(Refused, match="动图"):
        clean_copy(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "a.gif")
    copy = clean_copy(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]), "a.tif")
    assert Image.open(io.BytesIO(copy.data)).n_frames == 2  # type: ignore[attr-defined]


PARTS: dict[str, Callable[[Pdf], object]] = {
    "bookmark": held.bookmark,
    "note": lambda m: held.note(m, Contents=ID),
    "attachment": held.attach,
    "loose attachment": held.loose,
    "metadata": held.metadata,
    "alt text": held.behind,
    "destination": held.destination,
    "lost page": held.lost_page,
    "photo": held.photo,
    "script": lambda m: held.action(m, S=Name.JavaScript, JS=f"x='{ID}'"),
    "launch": lambda m: held.action(m, S=Name.Launch, F="cmd.exe"),
    "file link": lambda m: held.note(
        m, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="file:///C:/x")
    ),
    "hidden field": lambda m: held.field(m, flags=2),
    "author": lambda m: m.docinfo.__setitem__("/Author", "张小三"),
    "portfolio": lambda m: m.Root.__setitem__("/Collection", Dictionary()),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_clean_pdf_lacks_what_lay_around_its_pages(part: str) -> None:
    data = changed(PARTS[part])
    assert kinds(screen_file(data, "a.pdf"))
    copy, _, report = cleaned(data, "a.pdf")
    assert report.verdict == "clean" and not kinds(report), report.findings
    assert flat(report.visible_text) == flat(screen_file(notice(), "a.pdf").visible_text)
    with pikepdf.open(io.BytesIO(copy)) as made:
        assert "/Info" not in made.trailer and "/Metadata" not in made.Root


def test_an_earlier_revision_is_gone_and_said() -> None:
    base = drawn(line())
    with pikepdf.open(io.BytesIO(notice())) as made:
        made.pages[0].contents_coalesce()
        content = made.pages[0].Contents.read_bytes()
    data = held.updated(base, content)
    assert "earlier_revision" in kinds(screen_file(data, "a.pdf"))
    copy, dropped, report = cleaned(data, "a.pdf")
    assert "早期版本" in dropped and report.verdict == "clean" and copy.count(b"%%EOF") == 1
    assert NOTICE in report.visible_text


HIDING = {
    "black box": drawn(line() + "q 0 g 60 490 300 30 re f Q\n"),
    "white": drawn("1 g " + line()),
    "no ink": drawn("q 3 Tr " + line() + "Q"),
    "off the page": drawn(line(x=-900)),
    "layer": drawn("/OC /L1 BDC " + line() + "EMC", L1=layer),
    "picture": drawn(line() + "q 300 0 0 30 60 490 cm /Im Do Q\n", Im=image),
}


def test_a_box_over_a_scan_is_drawn_into_it() -> None:
    from tests.screening.test_pdf_hidden import BOXED_SCAN

    copy, dropped, report = cleaned(BOXED_SCAN, "a.pdf")
    assert kinds(report) == {"image_page"} and "改为图像" in "".join(dropped)
    with pikepdf.open(io.BytesIO(copy)) as made:
        pictures = [s for s in made.objects if isinstance(s, pikepdf.Stream) and "/Width" in s]
    assert len(pictures) == 1


@pytest.mark.parametrize("hiding", HIDING)
def test_a_page_with_unseen_text_becomes_a_picture_and_says_so(hiding: str) -> None:
    copy, dropped, report = cleaned(HIDING[hiding], "a.pdf")
    assert kinds(report) == {"image_page"} and report.verdict == "review"
    assert any("第1页" in words and "改为图像" in words for words in dropped)
    with pikepdf.open(io.BytesIO(copy)) as made:
        streams = [thing for thing in made.objects if isinstance(thing, pikepdf.Stream)]
        drawn_ = [s for s in streams if s.get("/Subtype") != "/Image"]
        assert drawn_ and not any(ID.encode() in stream.read_bytes() for stream in drawn_)


def test_pages_without_tricks_stay_text() -> None:
    def two(made: Pdf) -> None:
        made.pages.append(second.pages[0])

    second = pikepdf.open(io.BytesIO(notice("<p>第二页的话</p>")))
    _, dropped, report = cleaned(changed(two, HIDING["white"]), "a.pdf")
    assert "第二页的话" in report.visible_text
    assert [w for w in dropped if "改为图像" in w] and "第2页" not in "".join(dropped)


def test_stamps_and_good_links_stay() -> None:
    def change(made: Pdf) -> None:
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9, 90, 30]),
            A=Dictionary(S=Name.URI, URI="https://www.example.cn/a"),
        )  # fmt: skip
        held.stamp(made)
        made.pages[0].Annots.append(made.make_indirect(link))

    copy, _, report = cleaned(changed(change), "a.pdf")
    assert (
        "id18" in kinds(report) and ID in report.visible_text
    )  # a stamp is seen: no cleaning hides it
    with pikepdf.open(io.BytesIO(copy)) as made:
        assert [str(n.A.URI) for n in made.pages[0].Annots] == ["https://www.example.cn/a"]


def test_a_mark_that_was_never_carried_out_is_refused() -> None:
    with pytest.raises(Refused, match="涂黑"):
        clean_copy(changed(lambda m: held.note(m, Subtype=Name.Redact)), "a.pdf")


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


@pytest.mark.parametrize("change", [deleted, inserted, commented, vanished])
def test_a_clean_word_file_lacks_its_history(change: Callable[[object], None]) -> None:
    data = word(change)
    assert screen_file(data, "a.docx").verdict == "block"
    copy, dropped, report = cleaned(data, "a.docx")
    assert report.verdict == "clean" and not kinds(report), report.findings
    assert NOTICE in report.visible_text and dropped
    assert ("加上的话" in report.visible_text) is (change is inserted)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        everything = b"".join(archive.read(n) for n in archive.namelist())
    assert "张小三".encode() not in everything and b"rsid" not in everything
    Document(io.BytesIO(copy))


def test_a_deleted_end_joins_the_paragraphs() -> None:
    def change(document: object) -> None:
        paragraph = document.add_paragraph("上半句")  # type: ignore[attr-defined]
        properties = paragraph._p.get_or_add_pPr()
        marks = OxmlElement("w:rPr")
        marks.append(OxmlElement("w:del"))
        properties.append(marks)
        document.add_paragraph("下半句")  # type: ignore[attr-defined]

    copy, _, _ = cleaned(word(change), "a.docx")
    assert "上半句下半句" in [p.text for p in Document(io.BytesIO(copy)).paragraphs]


def test_a_part_that_nothing_refers_to_and_a_photo_in_a_word_file() -> None:
    located = exif(t010E=ID)
    picture = io.BytesIO(photo(exif=located))
    data = io.BytesIO(word(lambda d: d.add_picture(picture)))  # type: ignore[attr-defined]
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/old.xml", f"<a>{ID}</a>")
    _, dropped, report = cleaned(data.getvalue(), "a.docx")
    assert kinds(report) == {"image_text"}, report.findings
    assert "没有被正文引用的部件" in dropped


def test_macros_and_files_inside_are_refused() -> None:
    data = io.BytesIO(word(lambda _: None))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="宏"):
        clean_copy(data.getvalue(), "a.docx")


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


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (hidden_sheet, "“源”"),
        (hidden_column, "隐藏的D列"),
        (hidden_row, "隐藏的第9行"),
        (noted, "批注"),
    ],
)
def test_a_clean_workbook_shows_all_it_has(change: Callable[[Workbook], None], words: str) -> None:
    data = book(change)
    assert screen_file(data, "a.xlsx").verdict == "block"
    copy, dropped, report = cleaned(data, "a.xlsx")
    assert report.verdict == "clean" and not kinds(report), report.findings
    assert any(words in told for told in dropped)
    sheet = load_workbook(io.BytesIO(copy)).active
    assert sheet is not None and sheet["B2"].value == 12


def test_formulas_without_values_and_wholly_hidden_workbooks_are_refused() -> None:
    with pytest.raises(Refused, match="公式"):
        clean_copy(book(lambda m: m.active.append(["=1+1"])), "a.xlsx")

    def chart(made: Workbook) -> None:
        from openpyxl.chart import BarChart, Reference

        made.active.add_chart(BarChart(), "D1")
        made.active._charts[0].add_data(Reference(made.active, min_col=2, min_row=1, max_row=2))

    with pytest.raises(Refused, match="图表"):
        clean_copy(book(chart), "a.xlsx")


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_O = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "application/vnd.openxmlformats-package.relationships+xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def slide(text: str, show: str = "") -> str:
    return (
        f'<p:sld xmlns:p="{_P}" xmlns:a="{_A}"{show}><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r>'
        f"<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
    )


def relations(*rows: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{i}" Type="{_O}/{kind}" Target="{target}"/>' for i, kind, target in rows
    )
    return f'<Relationships xmlns="{_REL}">{inner}</Relationships>'


def show() -> bytes:
    """Two slides, one of them hidden, with notes."""
    form = "application/vnd.openxmlformats-officedocument.presentationml"
    types = "".join(
        f'<Override PartName="/ppt/{part}.xml" ContentType="{form}.{kind}+xml"/>'
        for part, kind in [("presentation", "presentation.main"), ("slides/slide1", "slide"),
                           ("slides/slide2", "slide"), ("notesSlides/notesSlide1", "notesSlide")]
    )  # fmt: skip
    main = (
        f'<p:presentation xmlns:p="{_P}" xmlns:r="{_O}"><p:sldIdLst><p:sldId id="256" r:id="r1"/>'
        '<p:sldId id="257" r:id="r2"/></p:sldIdLst></p:presentation>'
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        f'ContentType="{_PACKAGE}"/>{types}</Types>',
        "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": main,
        "ppt/_rels/presentation.xml.rels": relations(
            ("r1", "slide", "slides/slide1.xml"), ("r2", "slide", "slides/slide2.xml")
        ),
        "ppt/slides/slide1.xml": slide(NOTICE),
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("r1", "notesSlide", "../notesSlides/notesSlide1.xml")
        ),
        "ppt/slides/slide2.xml": slide(ID, ' show="0"'),
        "ppt/notesSlides/notesSlide1.xml": slide(f"备注{ID}").replace("p:sld", "p:notes"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_a_clean_show_lacks_hidden_slides_and_notes() -> None:
    assert screen_file(show(), "a.pptx").verdict != "clean"
    copy, dropped, _ = cleaned(show(), "a.pptx")
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert not any("notes" in name or "slide2" in name for name in archive.namelist())
    assert ID.encode() not in everything and NOTICE.encode() in everything
    assert "演讲者备注" in dropped and "隐藏的幻灯片（slide2）" in dropped


def test_the_child_cleans_like_we_do(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(HIDING["white"])
    assert clean_and_screen_isolated(file, "a.pdf") == clean_and_screen(file, "a.pdf")
    with pytest.raises(Refused, match="扩展名"):
        clean_and_screen_isolated(file, "a.docx")
    with pytest.raises(Refused, match="没有生成"):
        clean_and_screen_isolated(tmp_path / "nowhere.pdf", "a.pdf")


@pytest.mark.parametrize(
    ("data", "name"), [("通知".encode(), "a.txt"), (b"", "a.pdf"), (b"x", "a.zip")]
)
def test_other_files_are_refused_with_words(data: bytes, name: str) -> None:
    with pytest.raises(Refused, match="干净副本"):
        clean_copy(data, name)


BASES = [
    (notice(), "a.pdf"),
    (word(deleted), "a.docx"),
    (book(hidden_row), "a.xlsx"),
    (photo(), "a.jpg"),
]


@given(
    base=st.sampled_from(BASES),
    spots=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=9),
)
def test_a_mutated_file_is_cleaned_or_refused(
    base: tuple[bytes, str], spots: list[tuple[float, int]]
) -> None:
    body = bytearray(base[0])
    for share, value in spots:
        body[min(int(share * len(body)), len(body) - 1)] = value
    try:
        copy = clean_copy(bytes(body), base[1])
    except Refused as refused:
        assert refused.message
    else:
        assert copy.data
