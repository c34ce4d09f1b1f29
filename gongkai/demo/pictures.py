"""Pictures for picture news: a drawn scene as JPEG, marked as invented."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from gongkai.demo.brush import HEIGHT, SCALE, WIDTH
from gongkai.demo.scenes import SCENES

_LABEL = Path(__file__).parent / "assets" / "label.png"
_SKIES = ("#dfeaf2", "#e8eee4", "#f3ece0", "#e3e9f0", "#ece6ee")


def draw(scene: str, *, seed: str) -> bytes:
    """The scene as JPEG, 1200 × 750; the same scene and seed (a title) give the same picture."""
    chance = random.Random(f"{scene}:{seed}")  # noqa: S311 - no secret, a picture
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), chance.choice(_SKIES))
    SCENES[scene](ImageDraw.Draw(image), chance)
    image = image.reduce(SCALE)
    image.paste(*_label())
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


@cache
def _label() -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """The words 演示图片, small, low on the right; front pages cut a strip off below."""
    label = Image.open(_LABEL).convert("RGBA")
    return label, (WIDTH - label.width - 18, HEIGHT - label.height - 58), label
