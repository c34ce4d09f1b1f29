"""The headings of offices' registers, and the words that they use in the cells. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("资产编号", "设备编号", "固定资产编号", "计算机编号", "编号"),
    "kind": ("设备类型", "设备种类", "资产类型", "资产名称", "设备名称", "类型", "种类"),
    "maker": ("品牌", "生产厂家", "厂商", "厂家"),
    "model": ("型号", "规格型号", "品牌型号"),
    "serial": ("序列号", "出厂编号", "机身号", "sn"),
    "operating_system": ("操作系统", "系统", "系统版本"),
    "unit": ("使用处室", "使用部门", "所在处室", "处室", "部门", "使用单位", "单位"),
    "custodian": ("管理人", "责任人", "保管人", "使用人", "使用人员"),
    "zone": ("用途", "网络类别", "网络类型", "使用类别", "信息类别"),
    "connection": ("联网方式", "联网情况", "接入网络", "网络连接", "联网"),
    "in_use_from": ("启用日期", "启用时间", "投入使用日期", "购置日期", "购买日期"),
    "label": ("标签内容", "标签", "标识"),
    "labelled_on": ("贴标日期", "贴签日期", "标签日期"),
    "scrapped_on": ("报废日期", "停用日期"),
}
NEEDED = ("number", "kind", "unit")
TITLES = {name: aliases[0] for name, aliases in HEADINGS.items()}
FACTS = ("maker", "model", "serial", "operating_system")
_FIELD = {alias: name for name, aliases in HEADINGS.items() for alias in aliases}

KINDS = {
    "desktop": ("台式计算机", "台式机", "台式电脑", "计算机", "电脑", "微机", "一体机"),
    "laptop": ("便携式计算机", "便携机", "笔记本", "笔记本电脑", "笔记本计算机"),
    "server": ("服务器",),
    "laser": ("激光打印机", "激光一体机"),
    "inkjet": ("喷墨打印机",),
    "scanner": ("扫描仪",),
}
ZONES = {
    "internal_information": ("处理内部信息", "内部信息", "内部办公", "内部"),
    "standalone": ("独立存放", "独立", "单机", "物理隔离", "独立存放（与互联网物理隔离）"),
    "intranet": ("与内网连接", "内网", "政务内网", "内网计算机"),
    "internet": ("一般办公", "互联网", "外网", "上网", "一般办公（互联网）", "互联网计算机"),
}
CONNECTIONS = {
    "none": ("不联网", "未联网", "无", "否", "单机", "隔离"),
    "intranet": ("内网", "政务内网", "局域网"),
    "internet": ("互联网", "外网", "因特网", "是"),
}
PERIPHERALS = frozenset({"laser", "inkjet", "scanner"})

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
# A spreadsheet keeps the number 2014.10 as 2014.1: January or October, nobody knows.
_UNSURE = re.compile(r"\d{4}\.1")
_FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def plain(text: str) -> str:
    """Half width, no spaces, lower case: two spellings of one heading become one."""
    return re.sub(r"[\s*★:]", "", unicodedata.normalize("NFKC", text)).lower()


def heading_row(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, dict[int, str]]:
    """The place of the row of headings among ``rows``, and the field of each column.

    Registers begin with a title or two; the headings are the first row that names a number and
    two more fields. (-1, {}) when there is none.
    """
    for place, (_, cells) in enumerate(rows[:15]):
        columns: dict[int, str] = {}
        for column, cell in enumerate(cells):
            field = _FIELD.get(plain(cell))
            if field and field not in columns.values():
                columns[column] = field
        if "number" in columns.values() and len(columns) >= 3:
            return place, columns
    return -1, {}


def meaning(word: str, words: dict[str, tuple[str, ...]]) -> str | None:
    """The code for which a cell's word stands; None when it is not known."""
    wanted = plain(word)
    return next((code for code, said in words.items() if wanted in {code, *map(plain, said)}), None)


def day(text: str, *, since_1904: bool = False) -> date | None:
    """A date as offices write it, a month (its first day) or a spreadsheet's serial number.

    None for a day that no calendar has and for what can be read in two ways. ``since_1904``: the
    workbook counts its days from 1904, as old ones of a Mac do.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _UNSURE.fullmatch(text):
        return None
    try:
        if match := _DATE.fullmatch(text) or _PLAIN.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _MONTH.fullmatch(text):
            return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    serial = _SERIAL.fullmatch(text)
    return _FIRST_DAY[since_1904] + timedelta(days=int(serial[1])) if serial else None
