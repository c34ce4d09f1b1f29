"""Joins the self-inspection to the public search, which stands above the room that inspects."""

from __future__ import annotations

from gongkai.oversight.actions import inspect_nightly
from gongkai.portal.views.search import Asked, found


def first_page(words: str, *, site: str) -> list[tuple[str, str]]:
    """What a visitor of a site reads on the first page of results: titles with addresses."""
    return [(hit.title, hit.url) for hit in found(Asked(query=words), site=site).hits]


def nightly() -> None:
    """The night's round of ``gongkai tick``."""
    inspect_nightly(first_page)
