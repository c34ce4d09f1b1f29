"""A number as Word writes it in a list: by the names of its formats. Pure."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.text.numerals import capital, numeral

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def written(number: int, kind: str) -> str:
    """The number in a format; one that is not known is written in figures."""
    return _FORMATS.get(kind, str)(number)


def _roman(number: int) -> str:
    found = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found


def _letters(number: int) -> str:
    """a … z, aa … zz, as Word counts on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(first: str, last: int) -> Callable[[int], str]:
    """Signs that stand one after another, from 1; beyond the last in figures."""
    return lambda n: chr(ord(first) + n - 1) if 1 <= n <= last else str(n)


def _among(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 1 <= n <= len(signs) else str(n)


def _digits(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def _wide(number: int) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in str(number))


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda n: "",
    "decimalZero": lambda n: f"{n:02d}",
    "lowerRoman": _roman, "upperRoman": lambda n: _roman(n).upper(),
    "lowerLetter": _letters, "upperLetter": lambda n: _letters(n).upper(),
    "chineseCounting": numeral, "chineseCountingThousand": numeral, "japaneseCounting": numeral,
    "taiwaneseCounting": numeral, "taiwaneseCountingThousand": numeral,
    "chineseLegalSimplified": capital,
    "ideographDigital": _digits, "taiwaneseDigital": _digits,
    "ideographTraditional": _among(_STEMS), "ideographZodiac": _among(_BRANCHES),
    "decimalEnclosedCircle": _from("①", 20), "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20), "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalFullWidth": _wide, "decimalFullWidth2": _wide,
    "ideographEnclosedCircle": _from("㊀", 10),
}  # fmt: skip
