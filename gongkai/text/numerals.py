"""Chinese numerals: 十二, 壹佰零伍, 二〇一四."""

from __future__ import annotations

from gongkai.text.segment import normalise

SMALL, CAPITAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_SMALL_UNITS, _CAPITAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
_GROUPS = ("亿", "万", "")
#: The largest number that can be spelt.
LARGEST = 10**12 - 1

_PLAIN_SIGNS = str.maketrans(CAPITAL + "拾佰仟〇两", SMALL + "十百千零二")
_DIGITS = {sign: value for value, sign in enumerate(SMALL)}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def numeral(number: int) -> str:
    """12 → 十二, 105 → 一百零五. Raises ValueError below 0 and above ``LARGEST``."""
    return _short(_spell(number, SMALL, _SMALL_UNITS))


def capital(number: int) -> str:
    """12 → 壹拾贰, as sums of money are written. Raises ValueError as ``numeral`` does."""
    return _spell(number, CAPITAL, _CAPITAL_UNITS)


def parse_numeral(text: str) -> int:
    """十二, 一百零五, 壹佰零伍, 二〇一四 or 12 → the number. Raises ValueError for all else."""
    plain = normalise(text).translate(_PLAIN_SIGNS)
    digits = "".join(str(_DIGITS.get(sign, sign)) for sign in plain)
    if digits.isascii() and digits.isdigit():
        return int(digits)
    number = _read(plain)
    if number > LARGEST or numeral(number) != _short(plain):
        raise ValueError(f"not a numeral: {text!r}")
    return number


def _short(spelt: str) -> str:
    """Without the 一 that nobody says before a leading 十."""
    return spelt.removeprefix("一") if spelt.startswith("一十") else spelt


def _spell(number: int, digits: str, units: tuple[str, ...]) -> str:
    if not 0 <= number <= LARGEST:
        raise ValueError(f"cannot be spelt: {number}")
    spelt, gap = "", False
    padded = f"{number:012d}"
    for at, unit in enumerate(_GROUPS):
        group = padded[4 * at : 4 * at + 4]
        if group == "0000":
            gap = bool(spelt)
            continue
        zero = digits[0] if spelt and (gap or group[0] == "0") else ""
        spelt += zero + _spell_group(group.lstrip("0"), digits, units) + unit
        gap = False
    return spelt or digits[0]


def _spell_group(group: str, digits: str, units: tuple[str, ...]) -> str:
    spelt = ""
    for sign, unit in zip(reversed(group), units, strict=False):
        if sign != "0":
            spelt = digits[int(sign)] + unit + spelt
        elif spelt and not spelt.startswith(digits[0]):
            spelt = digits[0] + spelt
    return spelt


def _read(plain: str) -> int:
    total = group = digit = 0
    for sign in plain:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            group, digit = group + (digit or 1) * _TENS[sign], 0
        elif sign in _MYRIADS:
            total, group, digit = total + (group + digit) * _MYRIADS[sign], 0, 0
        else:
            raise ValueError(f"not a numeral: {plain!r}")
    return total + group + digit
