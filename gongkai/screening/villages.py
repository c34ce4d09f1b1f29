"""Homes in villages, which have no street: town, village, group, house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.people import NOT_A_NAME, OFFICE, SURNAMES
from gongkai.screening.source import Hit, Source

_COUNT = r"[0-9一二三四五六七八九十]{1,4}"
_VILLAGE = re.compile(
    r"(?P<home>(?:[\u4e00-\u9fff]{1,9}[县区市])?[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|办事处)"
    r"[\u4e00-\u9fff]{1,8}?(?:村|社区|屯)(?:委会|民委员会)?第?"
    rf"{_COUNT}(?:[ ]?(?:村民小组|组|社|队|号))(?:[ ]?{_COUNT}(?:号|户|栋))?)"
)
_PERSON = rf"(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
_BEFORE = re.compile(
    rf"(?:^|[，。；、：,;:\s（(]|村民|居民|农户|户主|当事人|申请人|姓名|贫困户|低保户)[ ]?{_PERSON}"
    r"(?:[，、,：:\s（(]|男|女|系|住|家住)"
)
_AFTER = re.compile(
    rf"[ ，,（(：:]?(?:村民|居民|农户|的|户主|贫困户|低保户)?[ ：:]?{_PERSON}"
    r"(?=[，。；、,;：:\s（()）]|因|患|被|户|家|等|的|$)"
)
_TOWN = re.compile("[镇乡]|街道|办事处")
_NUMBER = re.compile("[0-9*●×]{7,}[0-9xX*]")
_LEFT, _RIGHT = 40, 24


def village_homes(source: Source) -> Iterator[Hit]:
    """A group or house in a village, where a person stands beside it. Roads that are built there
    name the same places, so the place alone passes.
    """
    text, done = source.text, 0
    for _, start, end in source.group("village"):
        if start < done:
            continue
        first, last = source.line(start)
        left, right = max(first, done, start - _LEFT), min(last, end + _RIGHT)
        if not _TOWN.search(text, left, start):
            continue
        match = next((m for m in _VILLAGE.finditer(text, left, right) if m.end() >= start), None)
        if match is None or match.start() > start or OFFICE.search(match.group()):
            continue
        done = match.end()
        if _person(text, match, max(first, match.start() - _LEFT), min(last, done + _LEFT)):
            yield Hit("address", *match.span("home"), match["home"])


def _person(text: str, home: re.Match[str], left: int, right: int) -> bool:
    """Whether somebody is named right before or behind, or a number of somebody stands near."""
    before, after = text[left : home.start()], text[home.end() : right]
    town = _TOWN.split(home["home"])[0]  # may have swallowed the name before it
    named = (_BEFORE.search(before + town), _AFTER.match(after))
    if any(name and not NOT_A_NAME.search(name["name"]) for name in named):
        return True
    return bool(_NUMBER.search(before) or _NUMBER.search(after))
