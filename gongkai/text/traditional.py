"""Simplified into traditional characters, by phrase and not sign by sign (发展 and 头发 differ)."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


def to_traditional(text: str) -> str:
    """The same text in traditional characters; everything that is no Chinese stays as it is."""
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2hk")
