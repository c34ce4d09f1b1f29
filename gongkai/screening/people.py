"""What is personal without being a number: addresses, permits, plates, illness, names, minors."""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

from gongkai.screening.checks import birth_date
from gongkai.screening.source import Hit, Source

_PERMIT = re.compile(
    r"(?<![0-9A-Za-z])(?:[EGDSPHMCWKTegdsphmcwkt][A-Za-z]?[0-9]{7,10}"
    r"|[\u4e00-\u9fff]{1,2}字第?[ ]?[0-9]{5,10}号?)(?![0-9])"
)
_PASSES = {"胞证", "行证"}
_TAIWAN = re.compile(r"[^0-9\n]{0,6}([0-9]{8}(?:[0-9]{2})?)(?![0-9])")
_PLATE = re.compile(
    r"[ ·.\-]?(?=[A-HJ-NP-Z]{0,3}[0-9])"
    r"(?:[A-HJ-NP-Z0-9]{4}[学警港澳领使挂]|[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9]))"
)
_POLICE_PLATE = re.compile(
    r"[ ·.\-]?(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[ ·.\-]?[A-Z0-9][0-9]{3}[A-Z0-9]?|[0-3][0-9][ ·.\-][0-9]{5}|[0-3][0-9][ ·.\-][0-9]{4}[A-Z])"
    r"(?![A-Za-z0-9])"
)
"""Of the armed police: WJ, then a province (since 2012) or two digits."""
_PLAIN_LETTERS = set(string.ascii_letters + string.digits)
_AT = re.compile("@(?<=[A-Za-z0-9._%+-]@)(?=[A-Za-z0-9-])")
_MAIL_LEFT = "._%+-" + string.ascii_letters + string.digits
_MAIL_RIGHT = re.compile(r"[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}")
_PLACE = r"(?:路|街|巷|大道|胡同|村|小区|花园|家园|社区|新村|公寓|苑)"
_ROOM = re.compile(
    rf"[\u4e00-\u9fff]{{1,12}}{_PLACE}[^，。；,;\n\t]{{0,16}}[0-9]{{1,5}}"
    r"[号栋幢组楼座院\-][^，。；,;\n\t]{0,12}[0-9]{1,5}$"
)
_HOUSE = re.compile(r"[0-9][号栋幢组楼座院\-]")
_DOOR = re.compile(
    rf"[:：为在是于]?[^。；;\n\t]{{0,30}}?{_PLACE}[^。；;，,\n\t]{{0,12}}?"
    r"[0-9一二三四五六七八九十]{1,5}[ ]?(?:号|栋|幢|组|室|户)"
    r"(?:[^，。；;,\n\t]{0,12}?[0-9\u3007一二三四五六七八九十]{1,5}(?:号|栋|幢|楼|单元|室|户)){0,3}"
)
OFFICE = re.compile(
    "政府|司法局|公证处|法律援助中心|律师事务所|办公|大厦|大楼|政务|窗口|法院|检察院|公司|中心|服务"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐"
    "费薛雷贺倪汤罗毕郝安常于傅康余元顾孟黄穆萧尹姚邵汪祁毛狄贝明臧戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾路江童郭梅盛林"
    "钟徐邱骆高夏蔡田胡凌霍万柯卢莫房丁邓洪包石崔龚程邢裴陆翁段侯武刘景龙叶黎白赖乔谭温阎易廖耿文欧阳上官司马诸葛"
)
_NAME = re.compile(
    rf"[ ]?[:：]?[ ]?(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"(?=[，。；、,;:：\s()（）]|[男女因患系]|$)"
)
_SUFFERER = re.compile(
    rf"(?:^|[，。；、：\s])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:因|患|因患|身患|系|确诊)$"
)
NOT_A_NAME = re.compile(
    "某|×|代表|单位|家长|应当|可以|需要|本人|以及|以下|等人|方式|方法|任何|和|或|人员|信息|常见|明确"
)

PERSONAL = frozenset(
    {"id18", "id18_typo", "id15", "id_masked", "mobile", "bank_card", "passport", "address"}
)


def permits(source: Source) -> Iterator[Hit]:
    """Passports, permits and service cards, beside a word that says so."""
    end_of_last = -1
    for _, start, end in source.group("permit"):
        for match in _PERMIT.finditer(
            source.text, max(start - 14, end_of_last, 0), min(end + 40, len(source.text))
        ):
            end_of_last = match.end()
            yield Hit("passport", match.start(), match.end(), match.group())
        taiwan = _TAIWAN.match(source.text, end) if source.text[end - 2 : end] in _PASSES else None
        if taiwan and taiwan.start(1) >= end_of_last:
            end_of_last = taiwan.end()
            yield Hit("passport", taiwan.start(1), taiwan.end(), taiwan[1])
    for table in source.tables.tables if source.group("permit") else ():
        columns = [
            n for n, head in enumerate(table.headers) if re.search("证件号|护照|通行证", head)
        ]
        for offset, cells in table.body():
            begins = list(accumulate((len(cell) + 1 for cell in cells), initial=offset))
            for column in (c for c in columns if c < len(cells)):
                begin = begins[column]
                inside = _PERMIT.search(cells[column])
                if inside and begin + inside.start() >= end_of_last:
                    yield Hit("passport", begin + match.start(), begin + match.end(), match.group())


def plates(source: Source) -> Iterator[Hit]:
    """Number plates: province, letter and five or six more; those of the armed police."""
    for _, start, end in source.group("plate"):
        match = _PLATE.match(source.text, end)
        if match:
            yield Hit("plate", start, match.end(), source.text[start : match.end()])
    for _, start, end in source.group("police_plate"):
        match = _POLICE_PLATE.match(source.text, end)
        if match and source.text[max(start - 1, 0) : start] not in _PLAIN_LETTERS:
            yield Hit("plate", start, match.end(), source.text[start : match.end()])


def mails(source: Source) -> Iterator[Hit]:
    """Mail addresses outside the government's domains."""
    for at in _AT.finditer(source.text) if "@" in source.text else ():
        start, end = at.span()
        left = source.text[max(0, start - 64) : start]
        left = left[len(left.rstrip(_MAIL_LEFT)) :]
        right = _MAIL_RIGHT.match(source.text, end) if left else None
        if right and not right.group().endswith("gov.cn"):
            yield Hit("email", start - len(left), right.end(), f"{left}@{right.group()}")


def addresses(source: Source) -> Iterator[Hit]:
    """A house and a room, or a house after a word for home; town and street alone pass."""
    text, done = source.text, 0
    for _, start, end in source.group("home"):
        match = _DOOR.match(text, end)
        if match and start >= done:
            done = match.end()
            yield Hit("address", start, done, text[start:done], "block")
    for _, start, end in source.group("room"):
        if start < done:
            continue
        left = max(done, start - 50)
        before = text[left : start + 1]
        match = _ROOM.search(before) if _HOUSE.search(before) else None
        if match and not OFFICE.search(text[left : end + 10]):
            done = end
            yield Hit("address", left + match.start(), end, text[left + match.start() : end])


def names(source: Source) -> Iterator[Hit]:
    """A full name right after a word for a party, a patient, a pupil: to be looked at."""
    for _, start, end in source.group("name"):
        match = _NAME.match(source.text, end)
        if match and not NOT_A_NAME.search(match["name"]):
            young = source.text[start:end] in {"学生", "幼儿", "儿童", "监护人", "未成年人"}
            yield Hit(
                "minor" if young else "person_name",
                match.start("name"),
                match.end("name"),
                match["name"],
                "review",
            )


def sensitive(source: Source, found: Iterable[Hit]) -> Iterator[Hit]:
    """Illness, disability, hardship: only where a person stands on the same line."""
    persons = sorted(
        hit.start for hit in found if hit.kind in PERSONAL or hit.kind in {"person_name", "minor"}
    )
    for _, start, end in source.group("sensitive"):
        first, last = source.line(start)
        next_one = bisect_left(persons, first)
        beside = next_one < len(persons) and persons[next_one] <= last
        if beside or _SUFFERER.search(source.text[max(first, start - 10) : start]):
            yield Hit("sensitive", start, end, source.text[start:end])


def minors(source: Source, found: Iterable[Hit]) -> Iterator[Hit]:
    """Under 14 blocks (个人信息保护法第三十一条); under 18 blocks beside pupils or guardians,
    else is looked at.
    """
    for hit in found:
        if hit.kind not in {"id18", "id18_typo"}:
            continue
        age = _age(birth_date(hit.value), source.policy.on)
        if age is None or age >= 18:
            continue
        first, last = source.line(hit.start)
        beside = source.near(("young",), first, last, before=200) or source.tables.says(
            hit.start, "young"
        )
        yield Hit(
            "minor", hit.start, hit.end, hit.value, "block" if age < 14 or beside else "review"
        )


def _age(born: date | None, on: date) -> int | None:
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
