"""Check digits and dates inside numbers. No table of counties: real citizens have codes that
tables lost.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def birth_date(digits: str) -> date | None:
    """The date in digits 7–14 of an identity number, None if there is no such day."""
    try:
        day = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return None
    return day if 1800 <= day.year <= 2099 else None


def id18_check(digits: str) -> str:
    """The 18th character that belongs to the first 17 (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def is_id18(number: str) -> bool:
    """17 digits and the right 18th character, with a real date inside."""
    return birth_date(number) is not None and number[17].upper() == id18_check(number)


def is_id15(digits: str) -> bool:
    """15 digits with a real date in 7–12. They carry no check digit."""
    try:
        date(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    except ValueError:
        return False
    return digits[0] in "12345689"


@lru_cache(maxsize=1024)
def luhn(digits: str) -> bool:
    """The check of bank cards."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_credit_code(code: str) -> bool:
    """A unified social credit code (GB 32100, MOD 31-3): a firm's public number, never a
    finding.
    """
    values = [_CREDIT.find(c) for c in code]
    if len(values) != 18 or min(values) < 0:
        return False
    total = sum(v * w for v, w in zip(values[:17], _CREDIT_WEIGHTS, strict=True))
    return values[17] == (31 - total % 31) % 31
