"""Lists of people: a name may be published, a name joined with an identity, a telephone, a home
or an illness may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source
from gongkai.screening.tables import Table, column_kind

_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})?")
_STARS = re.compile("[*×●○]")
_VALUES: dict[str, re.Pattern[str]] = {
    "identity": re.compile("[0-9]{15}|[A-Z][0-9]{7}"),
    "phone": re.compile("1[3-9][0-9]{9}"),
    "bank": re.compile("[0-9]{12}"),
    "address": re.compile("(?:路|街|村|小区|巷|社区|苑|园).{0,12}[0-9]+ ?(?:号|栋|幢|组|室|户)"),
    "illness": re.compile("[\u4e00-\u9fff]{2}"),
    "birth": re.compile("(?:19|20)[0-9]{2}"),
    "young": re.compile("[\u4e00-\u9fff0-9]{2}"),
}


def lists(source: Source) -> Iterator[Hit]:
    """One finding a table and joined column, at the first row that shows both."""
    if not (source.group("name") or source.group("identity")):
        return
    for table in source.tables.tables:
        kinds = [column_kind(header) for header in table.headers]
        names = [
            n
            for n, header in enumerate(table.headers)
            if re.search("姓名|户主|申请人|受援人|学生|患者|对象|当事人", header)
        ]
        if not names:
            continue
        for column, kind in enumerate(kinds):
            if kind in _VALUES and column not in names:
                yield from _joined(table, names[0], column, kind)


def _joined(table: Table, name: int, column: int, kind: str) -> Iterator[Hit]:
    for offset, cells in table.body():
        if max(name, column) >= len(cells):
            continue
        who, what = cells[name].strip(), cells[column].strip()
        if not _NAME.fullmatch(who) or "某" in who:
            continue
        if _VALUES[kind].search(re.sub(r"[\s\-]", "", what)) and not _STARS.search(what):
            begin = offset + sum(len(cell) + 1 for cell in cells[:name])
            label = f"{table.headers[name]}+{table.headers[column]}"
            found = "minor" if kind == "young" else "name_list"
            yield Hit(
                found, begin, begin + len(cells[name]), label, "review" if kind == "birth" else None
            )
            return
