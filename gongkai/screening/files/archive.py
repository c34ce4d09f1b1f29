"""zip: every member is a file of its own."""

from __future__ import annotations

from gongkai.screening.files.reading import Opened, Reading
from gongkai.screening.passages import Passage


def read(opened: Opened) -> Reading:
    """The members, one by one, under the names that a person reads."""
    package = opened.zip
    remarks = [Passage("压缩包的注释", package.remarks, hidden="hidden_text")]
    return Reading(
        passages=remarks,
        members=((shown, package.read(name)) for name, shown in package.shown()),
    )
