"""Clean copies of pictures: the finding is gone, what a reader sees is the same."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from gongkai.refusal import Refused
from gongkai.screening import screen_file
from gongkai.screening.cleaning import clean_copy
from tests.screening.cleaning_made import (
    cleaned,
)
from tests.screening.office_made import kinds
from tests.screening.test_pictures import CARRIERS, exif, photo, saved, with_thumbnail


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
