"""Numbers as official documents write them: years, sums, document numbers, articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.text.numerals import CAPITAL, SMALL, capital, numeral, parse_numeral
from gongkai.text.segment import normalise

_CENT = Decimal("0.01")
_YUAN = "人民币"
_ARTICLE = re.compile(r"第(.+)条")
_NUMBER = re.compile(r"(?P<prefix>.*\D)\((?P<year>[12]\d{3})\)第?(?P<serial>\d{1,5})号")
_SUM = re.compile(r"人民币(?P<yuan>.+)元(?:零?(?P<jiao>[^零元])角)?(?:零?(?P<fen>[^零元])分)?整?")


@dataclass(frozen=True)
class DocumentNumber:
    """A document number (发文字号), for example 示司发〔2014〕3号."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return format_document_number(self.prefix, self.year, self.serial)


def format_document_number(prefix: str, year: int, serial: int) -> str:
    """示司发, 2014, 3 → 示司发〔2014〕3号: six-angle brackets, four-digit year, no 第, no leading
    zero (GB/T 9704). Raises ValueError for a year or serial that cannot be one."""
    if not prefix.strip() or not 1000 <= year <= 2999 or not 1 <= serial <= 99_999:
        raise ValueError(f"no document number: {prefix!r}, {year}, {serial}")
    return f"{prefix.strip()}〔{year}〕{serial}号"


def parse_document_number(text: str) -> DocumentNumber | None:
    """The parts of a document number in any brackets, width and spacing; None if it is none.

    The prefix comes back normalised (half width, small letters).
    """
    found = _NUMBER.fullmatch(normalise(text))
    if found is None or not int(found["serial"]):
        return None
    return DocumentNumber(found["prefix"], int(found["year"]), int(found["serial"]))


def chinese_year(year: int) -> str:
    """2014 → 二〇一四. Raises ValueError unless it has four digits."""
    if not 1000 <= year <= 9999:
        raise ValueError(f"no year: {year}")
    return "".join(SMALL[int(sign)] for sign in str(year)).replace("零", "〇")  # noqa: RUF001 - the zero of years


def article_label(number: int) -> str:
    """12 → 第十二条. Raises ValueError below 1."""
    if number < 1:
        raise ValueError(f"no article: {number}")
    return f"第{numeral(number)}条"


def article_number(label: str) -> int:
    """第十二条 or 第12条 → 12. Raises ValueError for anything else."""
    found = _ARTICLE.fullmatch(normalise(label))
    if found is None or (number := parse_numeral(found[1])) < 1:
        raise ValueError(f"no article: {label!r}")
    return number


def capital_amount(yuan: Decimal | int) -> str:
    """105.5 yuan → 人民币壹佰零伍元伍角整, as a fee notice writes it.

    Raises ValueError below 0, above 999,999,999,999 yuan and for fractions of a fen.
    """
    amount = Decimal(yuan)
    if amount != amount.quantize(_CENT):
        raise ValueError(f"no sum of money: {yuan}")
    whole, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    spelt = f"{_YUAN}{capital(whole)}元"
    spelt += f"{CAPITAL[jiao]}角" if jiao else ""
    if not fen:
        return f"{spelt}整"
    return f"{spelt}{'' if jiao else CAPITAL[0]}{CAPITAL[fen]}分"


def parse_capital_amount(text: str) -> Decimal:
    """人民币壹佰零伍元伍角整 → 105.50 yuan. Raises ValueError for anything else."""
    found = _SUM.fullmatch(normalise(text))
    if found is None:
        raise ValueError(f"no sum of money: {text!r}")
    yuan, jiao, fen = (parse_numeral(part) if part else 0 for part in found.groups())
    return Decimal(yuan * 100 + jiao * 10 + fen) * _CENT
