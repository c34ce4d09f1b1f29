"""Numbers of people: one expression finds digit runs (``Source.runs``), this sorts what is in
them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from gongkai.screening.checks import birth_date, id18_check, is_credit_code, is_id15, is_id18, luhn
from gongkai.screening.source import Hit, Source
from gongkai.screening.tables import column_kind

_SHORTEST = 10
_MOST_GROUPS = 6
_DIALLED = {"0", "1", "8"}
"""What a telephone with its area or country begins with: no other short reading is anything."""
_PAIRS = {"13", "14", "15", "16", "17", "18", "19", "62", "86"}
_DATED = re.compile(
    "(?=([0-9]{6}(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]))"
)
_GROUP = re.compile("[0-9]+")
_MONEY = re.compile(r"\s*(?:元|万元|亿元)")

_MOBILE_SHAPES = {
    (11,),
    (3, 4, 4),
    (3, 8),
    (4, 4, 3),
    (3, 3, 5),
    (13,),
    (2, 11),
    (2, 3, 4, 4),
    (1,) * 11,
    (12,),
}
_PHONE_SHAPES = {
    (10,),
    (11,),
    (12,),
    (3, 7),
    (3, 8),
    (4, 7),
    (4, 8),
    (3, 4, 4),
    (4, 4, 4),
    (4, 3, 4),
}
_TELEPHONES = _MOBILE_SHAPES | _PHONE_SHAPES

Group = tuple[int, int]


def numbers(source: Source) -> Iterator[Hit]:
    """Identity numbers, telephones, bank cards and inner addresses."""
    for start, end in source.runs:
        if end - start < _SHORTEST:
            continue
        run = source.text[start:end]
        groups = [(start + m.start(), start + m.end()) for m in _GROUP.finditer(run)]
        letter = end - 1 if run[-1] in "Xx" else -1
        yield from _run(source, groups, letter)


def _run(source: Source, groups: list[Group], letter: int) -> Iterator[Hit]:
    """Flawless identity numbers first, wherever they begin; then what the rest may be."""
    sure = list(_identities(source.text, groups, letter))
    yield from sure
    taken = coming = 0
    for first, (begin, end) in enumerate(groups):
        while coming < len(sure) and sure[coming].start <= begin:
            taken = max(taken, sure[coming].end)
            coming += 1
        if begin < taken or (end - begin <= 2 and not _may_begin(source, groups, first)):
            continue
        stop = sure[coming].start if coming < len(sure) else groups[-1][1] + 1
        hit = _rest(source, groups, first, letter, stop)
        if hit is not None:
            taken = hit.end
            yield hit
        elif end - begin > 18:
            yield from _inside(source.text[begin:end], begin)


def _may_begin(source: Source, groups: list[Group], first: int) -> bool:
    """Short groups in a row are rare in numbers; digits that stand one by one begin
    a telephone or a card, or are not worth a look."""
    (left, right), (begin, end) = groups[first], groups[min(first + 1, len(groups) - 1)]
    if end - begin > 2:
        return True
    if right - left == 2 or end - begin == 2:
        begin, end = groups[min(first + 2, len(groups) - 1)]
        return end - begin > 2
    pair = source.text[groups[first][0]] + source.text[begin]
    return pair in _PAIRS or bool(source.group("bank"))


def _readings(
    text: str, groups: list[Group], first: int, letter: int
) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Numbers of up to 19 digits that begin at a group: end, digits, and how many stand together.

    A number is made of whole groups; a final X belongs to 17 digits before it.
    """
    begin, end = groups[first]
    if end - begin == 1 and first + 1 < len(groups):
        following, stop = groups[first + 1]
        if stop - following == 1:
            yield from _singles(text, groups, first)
            return
    shortest = _SHORTEST if text[begin] in _DIALLED else 15
    near = groups[first : first + _MOST_GROUPS]
    length = 0
    for count, (begin, end) in enumerate(near, 1):
        length += end - begin
        if length > 19:
            return
        if length < shortest:
            continue
        shape = tuple([stop - start for start, stop in near[:count]])
        if length < 15 and shape not in _TELEPHONES:
            continue
        digits = "".join([text[start:stop] for start, stop in near[:count]])
        if length == 17 and letter >= 0 and end == groups[-1][1]:
            yield letter + 1, digits + "X", shape
        yield end, digits, shape


def _singles(
    text: str, groups: list[Group], first: int
) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Digits that stand one by one: only lengths that a telephone or a card has."""
    near = groups[first : first + 19]
    if len(near) < 11 or groups[first + 10][1] - groups[first + 10][0] > 1:
        return
    digits = "".join(text[b] for b, e in near if e - b == 1)
    for length in (11, 16, 17, 18, 19):
        if length <= len(digits) and near[length - 1][1] - near[length - 1][0] == 1:
            yield near[length - 1][1], digits[:length], (1,) * length


def _identities(text: str, groups: list[Group], letter: int) -> Iterator[Hit]:
    """One expression finds the dates in all digits of a run; a number ends where groups end."""
    digits = "".join(text[begin:end] for begin, end in groups)
    if len(digits) + (letter >= 0) < 18:
        return
    before = list(accumulate((end - begin for begin, end in groups), initial=0))
    taken = 0
    for match in _DATED.finditer(digits + ("X" if letter >= 0 else "")):
        at = match.start()
        first, last = bisect_left(before, at), bisect_left(before, at + 18)
        whole = before[first] == at and (last == len(before) or before[last] == at + 18)
        if at >= taken and whole and is_id18(match[1]):
            taken = at + 18
            end = letter + 1 if last == len(before) else groups[last - 1][1]
            yield Hit("id18", groups[first][0], end, match[1])


def _rest(source: Source, groups: list[Group], first: int, letter: int, stop: int) -> Hit | None:
    """The first reading that is something; a card that fails its check waits for a longer one."""
    unsure: Hit | None = None
    for end, digits, shape in _readings(source.text, groups, first, letter):
        if end > stop:
            break
        hit = _other(source, groups[first][0], end, digits, shape)
        if hit is None:
            continue
        if hit.kind != "bank_card" or luhn(digits):
            return hit
        unsure = unsure or hit
    return unsure


def _other(source: Source, begin: int, end: int, digits: str, shape: tuple[int, ...]) -> Hit | None:
    """Everything but a flawless identity number. ``shape``: how many digits stand together."""
    length, count = len(digits), len(shape)
    if length == 18 and count <= 4:
        return _mistyped(source, begin, end, digits) or _card(source, begin, end, digits)
    if length == 15 and shape in {(15,), (6, 6, 3)}:
        return _old_id(source, begin, end, digits)
    if 16 <= length <= 19 and (
        count in {1, length} or set(shape[:-1]) == {4} or (shape[0] == 6 and count == 2)
    ):
        return _card(source, begin, end, digits)
    if 10 <= length <= 13:
        return _telephone(source, begin, end, digits, shape)
    return None


def _column(source: Source, begin: int) -> str:
    return column_kind(source.header(begin))


def _mistyped(source: Source, begin: int, end: int, digits: str) -> Hit | None:
    """A wrong check digit leaks as much: under an identity header it blocks, beside the word it
    is looked at.
    """
    if _column(source, begin) == "identity":
        return Hit("id18_typo", begin, end, digits, "block")
    if not source.near(("identity",), begin, end):
        return None
    born = birth_date(digits)
    if is_credit_code(digits) and not born:
        return None
    if born or id18_check(digits) == digits[17]:
        return Hit("id18_typo", begin, end, digits)
    return None


def _old_id(source: Source, begin: int, end: int, digits: str) -> Hit | None:
    if not is_id15(digits):
        return None
    sure = source.near(("identity",), begin, end) or _column(source, begin) == "identity"
    return Hit("id15", begin, end, digits, "block" if sure else None)


def _card(source: Source, begin: int, end: int, digits: str) -> Hit | None:
    """Two in a hundred random numbers pass Luhn: only a word or header about accounts makes it
    sure.
    """
    sure = source.near(("bank",), begin, end) or _column(source, begin) == "bank"
    if not digits.isdigit() or not (sure or digits.startswith("62")):
        return None
    passed = luhn(digits)
    if not (sure or passed) or is_credit_code(digits):
        return None
    if source.near(("firm",), begin, end, before=40):
        return None
    return Hit("bank_card", begin, end, digits, "block" if sure and passed else "review")


def _telephone(
    source: Source, begin: int, end: int, digits: str, shape: tuple[int, ...]
) -> Hit | None:
    local = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    if len(digits) == 12 and digits[:2] == "01" and digits[2] in "3456789":
        local = digits[1:]
    if local in source.policy.office_phones or digits in source.policy.office_phones:
        return None
    if shape in _MOBILE_SHAPES and len(local) == 11 and local[0] == "1" and local[1] in "3456789":
        return None if _MONEY.match(source.text, end) else Hit("mobile", begin, end, local)
    if shape in _PHONE_SHAPES and digits[0] == "0" and digits[1] != "0":
        sure = source.near(("private_phone",), begin, end)
        return Hit("landline", begin, end, digits, "block" if sure else None)
    return None


def _inside(digits: str, begin: int) -> Iterator[Hit]:
    """Flawless identity numbers inside a longer row of digits."""
    taken = 0
    for match in _DATED.finditer(digits):
        at = match.start()
        if at >= taken and is_id18(match[1]):
            taken = at + 18
            yield Hit("id18", begin + at, begin + taken, match[1], "review")
