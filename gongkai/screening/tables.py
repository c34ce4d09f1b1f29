"""Tables in plain text: rows of cells parted by tabs, bars or commas, with the header row found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

COLUMNS: dict[str, re.Pattern[str]] = {
    "identity": re.compile("证件号|身份证|身份号|公民身份"),
    "phone": re.compile("手机|联系电话|联系方式|电话"),
    "bank": re.compile("卡号|账号|帐号|银行|存折|一卡通"),
    "address": re.compile("住址|地址|住所|家庭所在"),
    "illness": re.compile("病|残疾|致贫|低保原因|困难原因|救助原因|孕|诊断"),
    "young": re.compile("监护人|家长|班级|学校|学生"),
    "birth": re.compile("出生|生日"),
    "name": re.compile("姓名|户主|申请人|受援人|学生|患者|救助对象|当事人|家长|监护人"),
}
_ANY = re.compile("|".join(words.pattern for words in COLUMNS.values()))
_SPLITS = ("\t", "|", ",", "，")


def column_kind(header: str) -> str:
    """What a column holds by its header, the graver reading first; empty if it says nothing."""
    plain = _close(header)
    return next((kind for kind, words in COLUMNS.items() if words.search(plain)), "")


def _close(text: str) -> str:
    """Headers are often spread out with blanks."""
    return text.replace(" ", "").replace("\u3000", "")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as (offset, cells); ``headers`` from the row that says most about its columns."""

    split: str
    rows: list[tuple[int, str]]
    head: int
    headers: list[str]
    kinds: frozenset[str]

    def body(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header."""
        for offset, line in self.rows[self.head + 1 :]:
            yield offset, line.split(self.split)


class Tables:
    """All tables of a text."""

    def __init__(self, text: str) -> None:
        self.tables = list(_tables(text))
        self._row, self._cells = -1, list[int]()
        self._starts = [table.rows[0][0] for table in self.tables]

    def header(self, place: int) -> str:
        """The column header over a place of the text."""
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return ""
        table = self.tables[at]
        row = bisect_right(table.rows, place, key=lambda r: r[0]) - 1
        offset, line = table.rows[row]
        if row <= table.head or place > offset + len(line):
            return ""
        if self._row != offset:
            self._row = offset
            self._cells = [m.start() for m in re.finditer(re.escape(table.split), line)]
        column = bisect_left(self._cells, place - offset)
        return table.headers[column] if column < len(table.headers) else ""

    def says(self, place: int, kind: str) -> bool:
        """Whether any column of the table at a place is of a kind."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and kind in self.tables[at].kinds


def _tables(text: str) -> Iterator[Table]:
    """Neighbouring lines that have the same separator at least once."""
    above: Table | None = None
    for split, rows in _blocks(text):
        table = _table(split, rows, above)
        if table is not None:
            above = table
            yield table


def _blocks(text: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    rows: list[tuple[int, str]] = []
    split = ""
    offset = 0
    for line in text.split("\n"):
        mine = next((s for s in _SPLITS if s in line), "")
        if rows and mine != split:
            yield split, rows
            rows = []
        if mine:
            rows.append((offset, line.rstrip("\r")))
        split = mine
        offset += len(line) + 1
    if rows:
        yield split, rows


def _table(split: str, rows: list[tuple[int, str]], above: Table | None) -> Table | None:
    """The header says most about its columns. After a gap in a sheet the header above still holds.

    Commas part sentences as well: there two columns at least have to be known.
    """
    scores = [_score(line, split) for _, line in rows[:6]]
    head = max(range(len(scores)), key=lambda n: (scores[n], -n))
    if scores[head] >= (1 if split in "\t|" else 2) and len(rows) > 1:
        headers = [cell.strip() for cell in rows[head][1].split(split)]
        return Table(split, rows, head, headers, frozenset(map(column_kind, headers)))
    if split == "\t" and above is not None and above.split == split:
        return Table(split, rows, -1, above.headers, above.kinds)
    return None


def _score(line: str, split: str) -> int:
    if not _ANY.search(_close(line)):
        return 0
    return sum(bool(column_kind(cell)) for cell in line.split(split) if len(cell) <= 20)
