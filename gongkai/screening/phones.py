"""Local telephone numbers, seven or eight digits without area code, that belong to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source

_LOCAL = re.compile(
    r"(?:号码|号)?[ \u3000]{0,2}[:：为是]?[ \u3000]{0,2}"
    r"(?P<number>[2-8][0-9]{2,3}[ \-]?[0-9]{4})(?![0-9\-]|[ ][0-9]{4})"
)


def local_phones(source: Source) -> Iterator[Hit]:
    """Seven digits alone say nothing; after a word for a private telephone they block, beside a
    party, a patient or a householder they are looked at. Offices give their numbers away.
    """
    for group in ("private_phone", "telephone"):
        for _, _, end in source.group(group):
            match = _LOCAL.match(source.text, end)
            if not match:
                continue
            digits = re.sub("[^0-9]", "", match["number"])
            begin, stop = match.span("number")
            if digits in source.policy.office_phones:
                continue
            if group == "private_phone":
                yield Hit("landline", begin, stop, digits, "block")
            elif source.near(("name",), max(begin - 40, source.line(begin)[0]), stop, before=0):
                yield Hit("landline", begin, stop, digits, "review")
