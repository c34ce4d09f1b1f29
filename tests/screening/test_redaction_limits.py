"""Files that cannot be redacted, words that are still to be read elsewhere, searching, the child
process, machine reading.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from PIL import Image, ImageDraw

from gongkai.refusal import Refused
from gongkai.screening import ocr
from gongkai.screening.redaction import (
    PERSONAL_KINDS,
    Box,
    boxes,
    building,
    isolated,
    looking,
    making,
    picture,
    words,
)
from gongkai.screening.redaction.glyphs import of_picture
from tests.screening.pdf_made import ID, changed, notice
from tests.screening.redaction_made import (
    GROUNDS,
    NAME,
    around,
    document,
    font,
    scan,
    shown,
    texts,
    unscreened,
    without,
)

FULL = Box(1, 10, 10, 30, 10, "privacy")


@pytest.fixture(autouse=True)
def _unscreened(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "screened" not in request.node.name:
        monkeypatch.setattr(making, "screen_file", unscreened)


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(notice())) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (locked(), "a.pdf", "去掉密码"),
        (word(), "a.docx", "Word文件没有固定的页面.*另存.*PDF"),
        (b"%PDF-1.7 wreck", "a.pdf", "损坏"),
        (b"plain", "a.png", "扩展名"),
    ],
    ids=["locked", "word", "wreck", "another kind"],
)
def test_files_without_pages_are_refused_with_what_to_do(data: bytes, name: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        without(data, [FULL], name)
    with pytest.raises(Refused, match=says):
        looking.page_count(data, name)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = document(*[""] * 501)
    with pytest.raises(Refused, match="501页，最多500页"):
        without(many, [FULL])
    monkeypatch.setattr(building, "MOST_PICTURES", 1)
    with pytest.raises(Refused, match="有2页要改成图像"):
        without(document("", ""), [FULL, Box(2, 1, 1, 1, 1, "privacy")])
    monkeypatch.setattr(boxes, "MOST_BOXES", 1)
    with pytest.raises(Refused, match="方框超过1个"):
        without(document(""), [FULL, Box(1, 1, 1, 1, 1, "privacy")])


def test_a_giant_sheet_gets_fewer_dots_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "_MOST_PIXELS", 1_000_000)
    made = without(document(shown("大图", 60, 400)), [FULL])
    assert any("幅面很大" in note for note in made.notes)
    monkeypatch.setattr(picture, "_MOST_PIXELS", 300_000)
    with pytest.raises(Refused, match="第1页幅面过大"):
        without(document(""), [FULL])


def test_no_box_is_no_redaction() -> None:
    with pytest.raises(Refused, match="还没有方框"):
        without(document(""), [])


@pytest.mark.parametrize(
    ("boxed", "elsewhere", "found"),
    [
        (NAME, f"其中{NAME}未到", True),
        (NAME, "其中欧阳 晓 明未到", True),
        (NAME, "其中欧阳某某未到", False),
        ("82-55667", "电话8255667", True),
        ("82556671", "号码1825566719", True),
        ("3521", "房号13521", False),
        ("张三", "证人张三签字", True),
    ],
)
def test_what_was_boxed_and_still_stands_elsewhere_is_told(
    boxed: str, elsewhere: str, found: bool
) -> None:
    data = document(shown(f"核实{boxed}。", 60, 400), "", shown(elsewhere, 40, 400))
    still = without(data, around(data, boxed)).still
    assert bool(still) is found
    if found:
        assert still[0].pages == (3,) and still[0].boxed == (1,)
        assert "第 3 页仍可见" in still[0].sentence and boxed not in still[0].sentence
        more = looking.find_again(
            data, "a.pdf", around(data, boxed), {still[0].key: "privacy"}
        ).boxes
        assert {box.page for box in more} == {1, 3}
        assert not without(data, more).still


def test_of_a_long_passage_only_what_is_known_for_a_person_is_looked_for() -> None:
    passage = f"会议讨论了公证工作的分工安排，身份证号{ID}登记"
    data = document(shown(passage, 10, 400, 8), shown(f"会议讨论了{ID}", 10, 400, 8))
    still = without(data, around(data, passage)).still
    assert [row.excerpt for row in still] == [words.hinted(ID)]


def test_a_key_tells_nothing_without_its_pepper() -> None:
    data = document(shown(NAME, 60, 400), shown(NAME, 60, 400))
    keys = {without(data, around(data, NAME), pepper=p).still[0].key for p in (b"a", b"b")}
    assert len(keys) == 2


def test_a_phrase_is_found_however_it_is_spaced() -> None:
    data = document(
        shown("欧 阳 晓 明 ABC－123", 60, 400), shown("欧阳晓", 60, 420) + shown("明", 60, 390)
    )
    assert [box.page for box in looking.find_phrase(data, "a.pdf", NAME, "privacy").boxes] == [
        1, 2, 2,
    ]  # fmt: skip
    assert len(looking.find_phrase(data, "a.pdf", "abc-123", "privacy").boxes) == 1
    with pytest.raises(Refused, match="至少写两个字"):
        looking.find_phrase(data, "a.pdf", " 明 ", "privacy")
    blind = looking.find_phrase(scan(Image.new("L", (80, 120), 255)), "a.pdf", NAME, "privacy")
    assert blind.blind == [1] and not blind.boxes


def test_findings_become_boxes_and_the_result_is_screened() -> None:
    data = document(shown(f"身份证号{ID}，电话13800001234", 10, 400, 10))
    kinds = dict.fromkeys(PERSONAL_KINDS, "privacy")
    found = looking.find_findings(data, "a.pdf", kinds)
    assert found.kinds == ["id18", "mobile"]
    made = without(data, found.boxes)
    assert texts(made.data)[0] == "身份证号，电话"
    assert not {f.kind for f in made.report.findings} & {"id18", "mobile"}
    assert {f.kind for f in without(data, [FULL]).report.findings} >= {"id18", "mobile"}


def test_a_scan_is_read_by_machine_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Image.new("L", (800, 1200), 255)
    ImageDraw.Draw(sheet).text((100, 200), "NAME", fill=0, font_size=60)
    with pikepdf.open(io.BytesIO(document(shown(NAME, 60, 400)))) as other:
        data = changed(lambda pdf: pdf.pages.extend(other.pages), scan(sheet))
    read = [ocr.Line(NAME, (111, 330, 555, 400), 1.0)]
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read", lambda image: read)
    made = without(data, [Box(1, 5, 10, 60, 30, "privacy")])
    assert made.still and made.still[0].pages == (2,)
    page = of_picture(read, (1111, 1667))
    assert page.text == f"{NAME}\n" and page.glyphs[0].room.left == pytest.approx(9.99, abs=0.01)


def test_words_of_a_scanners_layer_are_looked_for_but_not_written_again() -> None:
    def over(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.add_resource(font(pdf), pikepdf.Name.Font, pikepdf.Name.F1)
        words = [shown(NAME, 40, y, 30) for y in (500, 300)] + [
            shown("其余十一个字的识别文字", 10, 100, 30)
        ]
        page.contents_add(("BT 3 Tr ET " + " ".join(words)).encode())

    sheet = Image.new("L", (800, 1200), 255)
    pen = ImageDraw.Draw(sheet)
    for y in (140, 540, 940):
        for x in range(20, 780, 12):
            pen.line((x, y, x, y + 70), fill=0, width=4)
    data = changed(over, scan(sheet))
    upper = min(around(data, NAME), key=lambda box: box.top)
    made = without(data, [upper])
    assert texts(made.data)[0] == "" and any("没有带入" in note for note in made.notes)
    assert [row.pages for row in made.still] == [(1,)]


def test_the_child_does_the_same_and_its_result_is_screened(tmp_path: Path) -> None:
    data = document(shown(f"当事人{NAME}", 60, 400))
    file = tmp_path / "a"
    file.write_bytes(data)
    assert isolated.page_count(file, "a.pdf") == 1
    made = isolated.redact(file, "a.pdf", around(data, NAME), GROUNDS)
    assert made == without(data, around(data, NAME))
    with pytest.raises(Refused) as refused:
        isolated.redact(file, "a.pdf", [Box(2, 1, 1, 1, 1, "privacy")], GROUNDS)
    assert refused.value.field == "page"


def test_a_child_that_dies_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr(subprocess, "run", die)
    with pytest.raises(Refused, match="没有处理完"):
        isolated.page_picture(tmp_path, "a.pdf", 1)


def test_the_picture_to_draw_on() -> None:
    data = document(shown(NAME, 60, 400), Rotate=90)
    with Image.open(io.BytesIO(looking.page_picture(data, "a.pdf", 1, 600))) as shown_page:
        assert shown_page.size == (600, 400)
    with pytest.raises(Refused, match="没有第2页"):
        looking.page_picture(data, "a.pdf", 2, 600)
