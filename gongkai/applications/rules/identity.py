"""Check digits of identity numbers and credit codes, and how a phone number looks."""

from __future__ import annotations

import re
import unicodedata

_ID_LENGTH = _CREDIT_LENGTH = 18
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_BASE = len(_CREDIT_ALPHABET)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})?[2-9]\d{6,7}(\d{1,5})?")
_OTHER_PAPER = re.compile(r"(?=.*\d)[A-Z0-9()]{6,20}")


def plain(text: str) -> str:
    """Half width, capitals, without blanks and dashes: people type numbers in many ways."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-–—]", "", wide)


def wrong_place_in_id(number: str) -> int:
    """Where an identity card number is wrong (from 1), 0 if it is right (GB 11643).

    A number whose sum is wrong is told at its check digit: the sum does not say which digit.
    """
    for place, sign in enumerate(number[:_ID_LENGTH], start=1):
        if not (sign.isascii() and sign.isdigit()) and not (sign == "X" and place == _ID_LENGTH):
            return place
    if len(number) != _ID_LENGTH:
        return min(len(number), _ID_LENGTH) + 1
    total = sum(int(d) * w for d, w in zip(number, _ID_WEIGHTS, strict=False))
    return 0 if _ID_CHECKS[total % len(_ID_CHECKS)] == number[-1] else _ID_LENGTH


def looks_like_id_card(number: str) -> bool:
    """Mostly digits: meant as an identity card number, not as a passport."""
    return sum(sign.isdigit() for sign in number) > 10  # longer than any passport's


def is_other_paper(number: str) -> bool:
    """A passport, permit or officer's number, as far as one can tell."""
    return _OTHER_PAPER.fullmatch(number) is not None


def is_credit_code(code: str) -> bool:
    """Whether a unified social credit code is right, check digit and all (GB 32100)."""
    if len(code) != _CREDIT_LENGTH or not set(code) <= set(_CREDIT_ALPHABET):
        return False
    total = sum(
        _CREDIT_ALPHABET.index(sign) * pow(3, place, _CREDIT_BASE)
        for place, sign in enumerate(code[:-1])
    )
    return _CREDIT_ALPHABET[-total % _CREDIT_BASE] == code[-1]


def is_phone(number: str) -> bool:
    """A mobile number, or a landline with or without its area code and extension."""
    digits = plain(number).removeprefix("+86")
    return bool(_MOBILE.fullmatch(digits) or (_LANDLINE.fullmatch(digits) and digits[0] != "1"))
