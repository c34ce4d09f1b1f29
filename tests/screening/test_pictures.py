"""Pictures: what they carry beside what they show. All people and places are invented."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from gongkai.screening import Report, ocr, screen_file
from tests.screening.pdf_made import ID, drawn, found, image, places

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def photo(form: str = "JPEG", size: tuple[int, int] = (200, 120), **options: object) -> bytes:
    """A picture with something on it."""
    out = io.BytesIO()
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def exif(**tags: object) -> Image.Exif:
    made = Image.Exif()
    for tag, value in tags.items():
        made[int(tag.removeprefix("t"), 16)] = value
    return made


def side(marker: int, body: bytes) -> bytes:
    """A JPEG with one more part."""
    data = photo()
    return data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + data[2:]


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG with one more part."""
    data = photo("PNG")
    check = struct.pack(">I", zlib.crc32(name + body))
    return data[:33] + struct.pack(">I", len(body)) + name + body + check + data[33:]


def png_text(key: str, value: str, packed: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(key, value, zip=packed)
    return photo("PNG", pnginfo=info)


def with_thumbnail(other: bool) -> bytes:
    """EXIF with a thumbnail, of the picture itself or of what it was before."""
    small = Image.linear_gradient("L").resize((80, 48)).convert("RGB")
    small = (
        small.rotate(180)
        if not other
        else Image.effect_mandelbrot((80, 48), (-2, -1, 1, 1), 50).convert("RGB")
    )
    out = io.BytesIO()
    small.save(out, "JPEG")
    return side(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + out.getvalue())


def code(text: str) -> Image.Image:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    raw = zxingcpp.write_barcode_to_image(made, scale=6)
    return Image.frombytes("L", (raw.shape[1], raw.shape[0]), bytes(raw))


def saved(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def test_an_ordinary_photo_is_clean() -> None:
    for form, name in [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("GIF", "a.gif"),
                       ("BMP", "a.bmp"), ("TIFF", "a.tif")]:  # fmt: skip
        report = screen_file(photo(form), name)
        assert report.verdict == "clean" and places(report, "image_text"), (form, report.findings)


XMP = f"<x:xmpmeta><d>张小三 {ID}</d></x:xmpmeta>".encode()
CARRIERS = {
    "description": (photo(exif=exif(t010E=ID)), "a.jpg"),
    "windows title": (photo(exif=exif(t9C9B=ID.encode("utf-16-le"))), "a.jpg"),
    "user comment": (photo(exif=exif(t9286=b"ASCII\0\0\0" + ID.encode())), "a.jpg"),
    "comment": (photo(comment=ID.encode()), "a.jpg"),
    "xmp": (side(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP), "a.jpg"),
    "unknown part": (side(0xEC, b"note " + ID.encode()), "a.jpg"),
    "caption": (
        side(
            0xED,
            b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 5 + len(ID))
            + b"\x1c\x02\x78" + struct.pack(">H", len(ID)) + ID.encode() + b"\0",
        ),
        "a.jpg",
    ),
    "png text": (png_text("Comment", ID), "a.png"),
    "png packed text": (png_text("Comment", ID, packed=True), "a.png"),
    "png unknown chunk": (chunk(b"prVt", f"证件号{ID}".encode()), "a.png"),
    "png exif": (photo("PNG", exif=exif(t010E=ID)), "a.png"),
    "gif comment": (photo("GIF", comment=ID.encode()), "a.gif"),
    "webp xmp": (photo("WEBP", xmp=XMP), "a.webp"),
    "tiff": (photo("TIFF", tiffinfo={270: ID}), "a.tif"),
}  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
def test_words_that_a_picture_carries_are_read(carrier: str) -> None:
    data, name = CARRIERS[carrier]
    report = screen_file(data, name)
    assert "图片属性" in places(report, "id18"), report.findings
    assert ID not in report.visible_text


def test_chinese_in_exif_is_read_as_chinese() -> None:
    data = photo(exif=exif(t013B="张小三".encode()))
    report = screen_file(data, "a.jpg")
    words = [f.excerpt for f in report.findings if f.kind == "properties"]
    assert words == ["张小三"]


def test_a_position_is_found_in_exif_and_in_xmp() -> None:
    located = exif()
    located[0x8825] = {1: "N", 2: (34.0, 15.0, 0.0)}
    body = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='34,15N'/>"
    assert found(photo(exif=located), "image_place", "a.jpg")
    assert found(side(0xE1, body), "image_place", "a.jpg")


@pytest.mark.parametrize(
    ("form", "name"),
    [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("GIF", "a.gif"), ("BMP", "a.bmp")],
)
def test_what_stands_behind_the_end_of_a_picture_is_found(form: str, name: str) -> None:
    report = screen_file(photo(form) + f"张小三{ID}".encode(), name)
    assert "图片结束标志之后" in places(report, "hidden_text")
    assert "图片结束标志之后" in places(report, "id18")


def test_progressive_photos_end_where_they_end() -> None:
    data = photo(progressive=True, quality=95, size=(900, 700))
    assert not found(data, "hidden_text", "a.jpg")
    assert found(data + b"x" * 50, "hidden_text", "a.jpg")


def test_a_thumbnail_of_something_else_is_found() -> None:
    assert "缩略图" in found(with_thumbnail(other=True), "hidden_text", "a.jpg")
    assert not found(with_thumbnail(other=False), "hidden_text", "a.jpg")


def test_colours_under_clear_places_are_found() -> None:
    picture = Image.effect_noise((200, 120), 90).convert("RGBA")
    picture.paste(Image.new("L", (100, 120), 0), (0, 0))
    picture.putalpha(
        Image.linear_gradient("L").resize((200, 120)).point(lambda v: 0 if v < 128 else 255)
    )
    assert "透明处" in found(saved(picture), "hidden_text", "a.png")
    blank = Image.new("RGBA", (200, 120), (0, 0, 0, 0))
    assert not found(saved(blank), "hidden_text", "a.png")


def test_many_frames_go_to_a_person() -> None:
    frames = [Image.new("L", (60, 40), shade) for shade in (0, 90, 200)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    note = next(f for f in screen_file(data, "a.gif").findings if f.kind == "image_page")
    assert "3幅" in note.excerpt


def test_a_code_in_any_frame_is_read() -> None:
    frames = [Image.new("L", (300, 300), 255), code(ID).resize((300, 300))]
    data = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert found(data, "id18", "a.tif") == "第2幅二维码或条码1"


def test_codes_are_read_and_searched() -> None:
    assert found(saved(code(f"证件号 {ID}")), "id18", "a.png") == "二维码或条码1"
    assert found(saved(code("http://10.1.2.3/oa")), "inner_address", "a.png")
    turned = Image.new("L", (500, 500), 255)
    turned.paste(code(ID).rotate(90), (100, 150))
    assert found(saved(turned), "id18", "a.png")
    assert screen_file(saved(code("https://www.example.gov.cn/")), "a.png").verdict == "clean"


def test_codes_in_a_pdf_are_read() -> None:
    data = drawn("q 150 0 0 150 100 400 cm /Im Do Q\n", Im=lambda m: image(m, code(ID)))
    assert found(data, "id18") == "第1页二维码或条码1"


def bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = b"IHDR" + head
    start = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    )
    return start + photo("PNG")[33:]


def test_a_giant_is_turned_down_before_it_is_unpacked() -> None:
    report = screen_file(bomb(60_000, 60_000), "a.png")
    assert report.verdict == "unreadable" and "像素过大" in report.findings[0].advice


@pytest.mark.parametrize("cut", [20, 60, 300])
def test_a_cut_picture_is_unreadable(cut: int) -> None:
    assert screen_file(photo()[:cut], "a.jpg").verdict in {"unreadable", "block"}


def test_svg_is_turned_down() -> None:
    report = screen_file(b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>", "a.svg")
    assert report.verdict in {"unreadable", "block"}


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_photos_of_telephones_that_cannot_be_read_say_what_to_do(brand: bytes) -> None:
    data = b"\0\0\0\x18ftyp" + brand + bytes(12) + b"meta" * 40
    report = screen_file(data, "a.heic")
    assert report.verdict == "unreadable" and report.media_type == "image/heic"
    assert "另存为jpg或png" in report.findings[-1].advice


def page() -> Image.Image:
    made = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(made).text((200, 300), ID, font=ImageFont.truetype(FONT, 40), fill=0)
    return made


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """A machine that reads the same two lines in every picture; what it was shown."""
    shown: list[tuple[int, int]] = []

    def read(picture: Image.Image) -> list[ocr.Line]:
        shown.append(picture.size)
        wide, high = picture.size
        return [
            ocr.Line("公示名单", (0, 0, wide, 20), 0.9),
            ocr.Line(ID, (wide // 4, high // 2, wide, high // 2 + 20), 0.8),
        ]

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read", read)
    return shown


def excerpt(report: Report, kind: str) -> str:
    return next(f.excerpt for f in report.findings if f.kind == kind)


def test_a_picture_of_a_page_goes_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    report = screen_file(saved(page()), "a.png")
    assert report.verdict == "review" and places(report, "image_page")
    assert "机器" not in excerpt(report, "image_page")


def test_what_a_machine_reads_is_searched_with_its_place(machine: list[tuple[int, int]]) -> None:
    report = screen_file(saved(page()), "a.png")
    assert places(report, "id18") == "机器识读（横25%竖50%处）"
    assert excerpt(report, "image_page") == "机器识读，22个字"
    assert "公示名单" in report.visible_text and machine == [(1240, 1754)]


def test_a_machine_reads_scanned_pages_of_a_pdf_too(machine: list[tuple[int, int]]) -> None:
    data = saved(page(), "PDF", resolution=150)
    report = screen_file(data, "a.pdf")
    assert places(report, "id18").startswith("第1页机器识读（横2")
    assert "机器识读，22个字" in excerpt(report, "image_page")
    assert machine and 1500 < machine[0][0] < 1800  # 200 dots an inch


def test_nothing_is_loaded_before_a_picture_has_to_be_read() -> None:
    source = Path(ocr.__file__).read_text(encoding="utf-8")
    head = source[: source.index("class Line")]
    assert "import rapidocr" not in head and "import numpy" not in head


@pytest.mark.skipif(not ocr.available(), reason="the extra [ocr] is not installed")
def test_the_real_machine_reads_a_number() -> None:
    report = screen_file(saved(page()), "a.png")
    assert "机器识读" in places(report, "id18")


@given(
    name=st.sampled_from(sorted(CARRIERS)),
    spots=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
    keep=st.floats(0.3, 1),
)
def test_a_mutated_picture_never_breaks_the_screening(
    name: str, spots: list[tuple[float, int]], keep: float
) -> None:
    data, file = CARRIERS[name]
    body = bytearray(data)
    for share, value in spots:
        body[min(int(share * len(body)), len(body) - 1)] = value
    report = screen_file(bytes(body[: max(int(keep * len(body)), 1)]), file)
    assert report.verdict in {"clean", "review", "block", "unreadable"}


def test_a_machine_that_fails_leaves_the_picture_to_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: Image.Image) -> list[ocr.Line]:
        raise RuntimeError("model")

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read", broken)
    report = screen_file(saved(page()), "a.png")
    assert report.verdict == "review" and excerpt(report, "image_page") == "机器识读失败"
