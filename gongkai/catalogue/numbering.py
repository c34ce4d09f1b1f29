"""The shapes in which organs write index numbers. Pure."""

from __future__ import annotations

import re

# The shape of the State Council's guide to catalogue systems: organ code, year, five digits.
NATIONAL = "{code}/{year}-{serial:05d}"
LONGEST = 40

_FIELD = re.compile(r"\{(code|year|serial:0([4-8])d)\}")
_BETWEEN = re.compile(r"[0-9A-Za-z/_-]*")


def objection_to_shape(template: str, code: str) -> str:
    """Why an organ cannot number in this shape, in Chinese; empty when it can.

    Year and serial must stand in the last part, which becomes the address; the code keeps two
    organs apart; a fixed width keeps two numbers apart that would otherwise read the same.
    """
    parts = [m.group(1).partition(":")[0] for m in _FIELD.finditer(template)]
    rest = _FIELD.sub("", template)
    if "{" in rest or "}" in rest:
        return "格式中只能用 {code}、{year} 和 {serial:05d}（位数 4 至 8）。"
    if sorted(parts) != ["code", "serial", "year"]:
        return "格式须各含一次机关代码 {code}、年份 {year} 和流水号 {serial:05d}。"
    if not _BETWEEN.fullmatch(rest):
        return "格式中其余部分只能用数字、字母和 / - _。"
    last = template.rpartition("/")[2]
    if "{year}" not in last or "{serial" not in last:
        return "年份和流水号须在最后一个“/”之后：网页地址由这一部分构成。"
    if len(_filled(template, code, 2026, 1)) > LONGEST:
        return f"索引号超过 {LONGEST} 个字符，请缩短格式。"
    return ""


def index_number(template: str, code: str, year: int, serial: int) -> str:
    """The number itself; the serial restarts each year. ValueError when it does not fit."""
    found = _FIELD.search(template[template.index("{serial") :])
    assert found is not None
    width = int(found.group(2))
    if not 1 <= serial < 10**width:
        raise ValueError(f"serial {serial} does not fit {width} digits")
    return _filled(template, code, year, serial)


def slug_of(number: str) -> str:
    """The part of the address that names the item; unique within the organ, never moves."""
    return number.rpartition("/")[2]


def _filled(template: str, code: str, year: int, serial: int) -> str:
    return template.format(code=code, year=year, serial=serial)
