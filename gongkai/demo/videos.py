"""Films for the video columns: those that lie in ``assets/``, none if there are none."""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).parent / "assets"


def film(name: str) -> bytes | None:
    """The film of that name, or None: the item then shows its poster and its transcript."""
    path = ASSETS / f"{name}.mp4"
    return path.read_bytes() if name and path.exists() else None
