"""The figures of a year, and the rows behind each."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.models import Agency
from gongkai.refusal import Refused
from gongkai.reporting.sources import SOURCES, Row

# The order in which people read them; what rooms above add comes last.
_ORDER = (
    "sites", "sections", "service_columns", "rules", "enquiries", "complaints", "answer_rate",
    "applications", "reconsiderations", "litigations", "computers", "printers", "software",
)  # fmt: skip


def figures(agency: Agency, year: int) -> dict[str, Any]:
    """The bureau's figures of a year, every one counted from records."""
    counted: dict[str, Any] = {}
    for key in _sorted():
        part, _, name = key.partition(".")
        value = SOURCES[key].count(agency, year)
        if name:
            counted.setdefault(part, {})[name] = value
        else:
            counted[part] = value
    return counted


def rows_behind(key: str, agency: Agency, year: int) -> list[Row]:
    """The rows that the figure ``key`` (``computers.total``) counts."""
    if key not in SOURCES:
        raise Refused(f"没有“{key}”这个数字，请从报告中点开。")
    return list(SOURCES[key].rows(agency, year))


def _sorted() -> list[str]:
    keys = list(SOURCES)

    def place(key: str) -> tuple[int, int]:
        part = key.partition(".")[0]
        return (_ORDER.index(part) if part in _ORDER else len(_ORDER), keys.index(key))

    return sorted(keys, key=place)
