"""Lists of people: a name may be published, a name joined with an identity, a telephone, a home
or an illness may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.kinds import Severity
from gongkai.screening.people import SURNAMES
from gongkai.screening.source import Hit, Source
from gongkai.screening.tables import Table, column_kind

_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})?")
_BLANKS = re.compile(r"[\s\u3000]")
_INSIDE = re.compile(r"[\s\-]")
_PEOPLE = re.compile("姓名|户主|申请人|受援人|学生|患者|对象|当事人|未成年人")
_YOUNG = re.compile("未成年|学生|幼儿|儿童")
_ROWS = re.compile(
    rf"[^\n]{{0,20}}\n(?P<rows>(?:[{SURNAMES}][\u4e00-\u9fff]{{1,3}}[ \t、，,\r\n]+){{3,200}})"
)
_STARS = re.compile("[*×●○]")
_LOCAL = re.compile("[2-8][0-9]{6,7}")
_OFFICES = re.compile("单位|职务|科室|部门|处室|办公|岗位")
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
    if not source.group("name") and not source.group("identity") and "名" not in source.text:
        return
    for table in source.tables.tables:
        kinds = [column_kind(header) for header in table.headers]
        heads = [_BLANKS.sub("", header) for header in table.headers]
        names = [n for n, header in enumerate(heads) if _PEOPLE.search(header)]
        if names:
            joined = {n: k for n, k in enumerate(kinds) if k in _VALUES and n not in names}
            if _YOUNG.search(heads[names[0]]) and not joined:
                joined = {names[0]: "pupils"}
            yield from _joined(table, names[0], joined)


def _joined(table: Table, name: int, columns: dict[int, str]) -> Iterator[Hit]:
    """Every row once; a column that was found is not looked at again. Local telephone numbers
    count where no column tells of an office.
    """
    offices = any(_OFFICES.search(header) for header in table.headers)
    for offset, cells in table.body():
        if not columns:
            return
        who = _BLANKS.sub("", cells[name]) if name < len(cells) else ""
        if not _NAME.fullmatch(who) or "某" in who:
            continue
        begin = offset + sum(len(cell) + 1 for cell in cells[:name])
        for column, kind in list(columns.items()):
            what = _INSIDE.sub("", cells[column]) if column < len(cells) else ""
            local = kind == "phone" and not offices and _LOCAL.fullmatch(what)
            full = kind == "pupils" or _VALUES[kind].search(what)
            if local or (full and not _STARS.search(what)):
                del columns[column]
                yield _pair(
                    table,
                    (begin, begin + len(cells[name])),
                    (name, column),
                    "local" if local else kind,
                )


def _pair(table: Table, place: tuple[int, int], pair: tuple[int, int], kind: str) -> Hit:
    """A list of pupils without more is looked at; a date of birth or a local telephone may belong
    to an official.
    """
    label = f"{table.headers[pair[0]]}+{table.headers[pair[1]]}"
    found = "minor" if kind in {"young", "pupils"} else "name_list"
    severity: Severity | None = "review" if kind in {"birth", "pupils", "local"} else None
    return Hit(found, *place, label, severity)


def bare_lists(source: Source) -> Iterator[Hit]:
    """Three names and more, a line each, under a title about pupils or children."""
    if not source.group("roster"):
        return
    for _, start, end in source.group("roster"):
        first, _ = source.line(start)
        rows = _ROWS.match(source.text, end)
        if rows and source.near(("young",), first, end, before=0):
            yield Hit("minor", *rows.span("rows"), "名单+姓名", "review")
