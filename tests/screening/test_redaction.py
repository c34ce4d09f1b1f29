"""What a box covers is gone: from the words, from the picture and from every stream of the file."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw

from gongkai.refusal import Refused
from gongkai.screening.redaction import Area, Box, flattening, glyphs, making, objection, proving
from tests.screening.pdf_made import changed, notice
from tests.screening.redaction_made import (
    GROUNDS,
    NAME,
    OTHER,
    around,
    darkness,
    document,
    letters,
    lies_in,
    scan,
    shown,
    texts,
    unscreened,
    without,
)

LINE = shown(f"当事人{NAME}到场", 60, 400) + shown(OTHER, 60, 300)


@pytest.fixture(autouse=True)
def _unscreened(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "screened" not in request.node.name:
        monkeypatch.setattr(making, "screen_file", unscreened)


def test_it_works() -> None:
    data = document(LINE)
    made = without(data, around(data, NAME))
    assert texts(made.data)[0] == f"当事人到场{OTHER}"
    assert made.pages == 1 and made.table == [(1, "privacy", 1)] and not made.still
    assert "区分处理说明" in texts(made.data)[1] and "第1页" in texts(made.data)[1]
    assert made.name == "a（区分处理件）.pdf"


def test_without_the_box_the_name_is_there() -> None:
    data = document(LINE)
    assert lies_in(data, NAME) and lies_in(data, OTHER)
    other = without(data, around(data, OTHER)).data
    assert NAME in texts(other)[0] and not lies_in(other, OTHER)
    gone = without(data, around(data, NAME)).data
    assert not lies_in(gone, NAME)


def test_the_picture_is_filled_and_the_rest_of_it_stays() -> None:
    data = document(LINE)
    (box,) = around(data, NAME)
    (kept,) = around(data, OTHER)
    made = without(data, [box]).data
    assert darkness(data, box.area) > 90 > 60 > darkness(made, box.area)
    assert abs(darkness(data, kept.area) - darkness(made, kept.area)) < 12
    with pikepdf.open(io.BytesIO(made)) as pdf:
        picture = pikepdf.PdfImage(pdf.pages[0].Resources.XObject.Page).as_pil_image()
    assert picture.width >= 400 / 72 * 200


_ORIGIN = {"MediaBox": [-50, -80, 350, 520]}
_CROPPED = {"MediaBox": [20, 100, 420, 700], "CropBox": [40, 250, 380, 480], "UserUnit": 2.5}


@pytest.mark.parametrize(
    ("turn", "keys"), [(0, _ORIGIN), (90, _CROPPED), (180, {}), (180, _CROPPED), (270, _ORIGIN)]
)
def test_pages_lie_as_they_like(turn: int, keys: dict[str, object]) -> None:
    data = document(LINE, Rotate=turn, **keys)
    (box,) = around(data, NAME)
    made = without(data, [box]).data
    assert NAME not in texts(made)[0] and OTHER in texts(made)[0]
    assert darkness(made, box.area) < 60 and not lies_in(made, NAME)
    before, after = around(data, OTHER)[0].area, around(made, OTHER)[0].area
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) < 2.5


def test_half_a_letter_takes_the_whole_letter() -> None:
    data = document(LINE)
    page = letters(data)
    ink = next(g.ink for g in page.glyphs if g.text == "晓")
    half = Area(ink.left, ink.top, (ink.left + ink.right) / 2, ink.bottom)
    made = without(data, [Box.at(1, half, "privacy")]).data
    assert "欧阳明到场" in texts(made)[0]
    assert darkness(made, Area((ink.left + ink.right) / 2, ink.top, ink.right, ink.bottom)) < 20


def test_a_ligature_is_one_letter_and_stays_one() -> None:
    data = notice("<p>efficient staff</p>")
    page = letters(data)
    first = next(g for g in page.glyphs if g.text == "f")
    slim = Area(first.ink.left, first.ink.top, first.ink.left + 0.2, first.ink.bottom)
    made = without(data, [Box.at(1, slim, "privacy")]).data
    assert "eicient" in texts(made)[0] and "efficient" in texts(data)[0]
    kept = without(data, around(data, "政府信息")).data
    assert "efficientstaff" in texts(kept)[0]


def test_a_box_over_the_empty_room_of_a_comma_takes_it_along() -> None:
    data = notice("<p style='font-size:30px'>公务，接待一次</p>")
    comma = next(g for g in letters(data).glyphs if g.text == "，")
    empty = Area(comma.ink.right + 0.3, comma.room.top, comma.room.right, comma.room.bottom)
    upper = around(data, "一")[0].area
    over = Area(upper.left, upper.top - 1.5, upper.right, upper.top - 0.3)
    made = without(data, [Box.at(1, area, "privacy") for area in (empty, over)]).data
    assert "公务接待次" in texts(made)[0]


def test_text_from_top_to_bottom() -> None:
    data = document(shown(f"兹证明{NAME}已到场", 200, 500, font="F2"))
    (box,) = around(data, NAME)
    assert box.height > 3 * box.width * 400 / 600
    made = without(data, [box]).data
    assert texts(made)[0] == "兹证明已到场" and not lies_in(made, NAME)


def test_tight_letters_and_a_box_over_one_of_them() -> None:
    spread = "BT /F1 20 Tf 60 400 Td [<5f20> 300 <4e09> 300 <4e30>] TJ ET"
    made = without(document(spread), around(document(spread), "三")).data
    assert "三" not in texts(made)[0]


def test_a_form_that_two_pages_draw() -> None:
    def use(pdf: pikepdf.Pdf) -> None:
        form = pikepdf.Stream(pdf, shown(NAME, 60, 400).encode())
        form.stream_dict.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 400, 600],
                Resources=pikepdf.Dictionary(Font=pdf.pages[0].Resources.Font),
            )
        )  # fmt: skip
        both = pdf.make_indirect(form)
        for page in pdf.pages:
            page.add_resource(both, pikepdf.Name.XObject, pikepdf.Name("/Both"))
            page.contents_add(b"/Both Do")
        pdf.pages[1].CropBox = [0, 0, 400, 350]

    data = changed(use, document(shown(OTHER, 60, 300), shown(OTHER, 60, 300)))
    made = without(data, around(data, NAME)).data
    assert not lies_in(made, NAME) and texts(made)[:2] == [OTHER, OTHER]


def written(*words: str) -> Image.Image:
    picture = Image.new("L", (800, 1200), 255)
    pen = ImageDraw.Draw(picture)
    for at, word in enumerate(words):
        pen.text((100, 200 + 400 * at), word, fill=0, font_size=60)
    return picture


def test_of_a_scan_the_pixels_go() -> None:
    data = scan(written("NAME", "OTHER"))
    box = Box(1, 10, 15, 40, 10, "privacy")
    made = without(data, [box])
    assert darkness(made.data, box.area) < 40 < darkness(data, box.area)
    assert darkness(made.data, Area(10, 48, 60, 58)) < 250
    assert any("读不出其中的文字" in note for note in made.notes)


def test_a_picture_that_another_page_shows_too_is_not_brought_along() -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].CropBox = [0, 0, 400, 350]

    data = changed(crop, scan(written("NAME", "OTHER"), pages=2))
    made = without(data, [Box(1, 10, 15, 40, 10, "privacy")]).data
    with pikepdf.open(io.BytesIO(made)) as pdf:
        second = pikepdf.PdfImage(pdf.pages[1].Resources.XObject.Page)
        assert second.height / second.width == pytest.approx(350 / 400, abs=0.01)


def test_a_picture_file_becomes_a_page() -> None:
    out = io.BytesIO()
    written("NAME").save(out, "PNG")
    box = Box(1, 10, 15, 40, 10, "privacy")
    made = without(out.getvalue(), [box], "照片.png")
    assert made.name == "照片（区分处理件）.pdf" and darkness(made.data, box.area) < 40


def test_pages_without_boxes_stay_text_unless_their_font_names_what_is_gone() -> None:
    data = document(LINE, shown("第二页", 60, 400))
    with pikepdf.open(io.BytesIO(without(data, around(data, NAME)).data)) as pdf:
        assert "/XObject" not in pdf.pages[1].Resources
    same = notice("<p>欧阳</p><p style='break-before:page'>通知</p>")
    made = without(same, around(same, "欧阳"))
    assert any("共用字体" in note for note in made.notes) and texts(made.data)[1] == "通知"


def test_nothing_but_pages_is_left() -> None:
    def more(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Author"] = "赵某作者"
        pdf.attachments["附件.txt"] = "赵某附件".encode()
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("赵某书签", 1))
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('赵某脚本')")
        )
        page = pdf.pages[1]
        page.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
                    Contents=pikepdf.String("赵某批注"),
                )
            ]
        )  # fmt: skip
        old = page.Contents.read_bytes()
        spoken = "赵某替代".encode("utf-16-be").hex().encode()
        page.Contents = pikepdf.Stream(
            pdf, b"/Span <</ActualText <feff" + spoken + b">>> BDC\n" + old + b"EMC\n"
        )

    data = changed(more, document(LINE, shown("第二页", 60, 400)))
    made = without(data, around(data, NAME)).data
    for word in ("作者", "附件", "书签", "脚本", "批注", "替代"):
        assert lies_in(data, f"赵某{word}") or word in {"附件", "书签"}, word
        assert not lies_in(made, f"赵某{word}"), word
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"} and "/Info" not in pdf.trailer
        assert not pdf.attachments and texts(made)[1] == "第二页"


def test_words_that_were_hidden_are_not_written_into_the_result() -> None:
    data = document(LINE + "1 1 1 rg " + shown("白字内容", 60, 100))
    assert "白字内容" in texts(data)[0]
    assert "白字内容" not in texts(without(data, around(data, NAME)).data)[0]


def test_the_same_boxes_give_the_same_bytes() -> None:
    data = document(LINE)
    boxes = around(data, NAME)
    assert without(data, boxes).data == without(data, boxes).data


# Planted faults: the proof has to see each of them.


def test_covering_instead_of_removing_is_found() -> None:
    data = document(LINE)
    boxes = around(data, NAME)
    area = boxes[0].area
    left, low = area.left * 4, 600 - area.bottom * 6
    wide, high = (area.right - area.left) * 4, (area.bottom - area.top) * 6

    def cover(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(f"0 g {left} {low} {wide} {high} re f".encode())

    covered = changed(cover, data)
    assert darkness(covered, area) < 60  # it looks the same
    with pytest.raises(Refused, match="不是单一的图像"):
        proving.prove(covered, boxes, GROUNDS, 1)


def test_a_picture_that_was_not_filled_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flattening, "fill", lambda *_: None)
    data = document(LINE)
    with pytest.raises(Refused, match="方框下还有图像"):
        without(data, around(data, NAME))


def test_words_that_were_written_again_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs.Page, "touched", lambda *_: set())
    monkeypatch.setattr(flattening, "_clear_of", lambda _, kept, touched, __: (kept, touched))
    data = document(LINE)
    with pytest.raises(Refused, match="方框下还有文字"):
        without(data, around(data, NAME))


def test_a_word_in_a_stream_nobody_shows_is_found() -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Left = pdf.make_stream(NAME.encode("gb18030"))

    data = without(document(LINE), around(document(LINE), NAME)).data
    proving.ensure_nowhere(data, {NAME})
    with pytest.raises(Refused, match="内部数据"):
        proving.ensure_nowhere(changed(hide, data), {NAME})


@pytest.mark.parametrize(
    ("box", "field"),
    [
        (Box(0, 1, 1, 1, 1, "privacy"), "page"),
        (Box(3, 1, 1, 1, 1, "privacy"), "page"),
        (Box(1, -1, 1, 1, 1, "privacy"), "left"),
        (Box(1, 1, 100, 1, 1, "privacy"), "top"),
        (Box(1, 1, 1, 0, 1, "privacy"), "width"),
        (Box(1, 1, 1, 1, float("nan"), "privacy"), "height"),
        (Box(1, 90, 1, 11, 1, "privacy"), "width"),
        (Box(1, 1, 90, 1, 11, "privacy"), "height"),
    ],
)
def test_a_box_beside_the_page_is_refused_with_its_field(box: Box, field: str) -> None:
    assert objection(box, 2)[0] == field
    with pytest.raises(Refused) as refused:
        without(document(LINE, LINE), [box])
    assert refused.value.field == field
    assert objection(Box(1, 0, 0, 100, 100, "privacy"), 1) == ("", "")
