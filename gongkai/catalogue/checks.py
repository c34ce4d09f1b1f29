"""What an editor is told about an item before anybody reviews it. Pure.

A hard remark refuses the submission; the others are hints, since only people know what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.catalogue import elements, names, rules
from gongkai.catalogue.rules import VALIDITY_LABELS, Validity

_NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,12})\s*(?P<open>[〔\[【（(])\s*(?P<year>\d{4})\s*[〕\]】）)]\s*"
    r"(?:第\s*)?(?P<serial>\d{1,5})\s*号"
)
_PLACEHOLDER = re.compile(r"[Xx\uff38\uff58]{3,}|×{3,}|待(?:补充|填写|完善)|此处(?:填写|插入|补充)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_FILE_NAME = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|bmp)$|^(?:img|dsc|image|图片|截图)[-_ ]?\d*$")


@dataclass(frozen=True, slots=True)
class Remark:
    """``field`` is the item's field beside which it is said; empty for the whole item."""

    rule: str
    field: str
    message: str
    hard: bool = False


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link inside the site: ``missing`` leads nowhere, otherwise to what is not public yet."""

    words: str
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An item as far as the checks look at it.

    ``public_on`` is the day of release, for a draft today. ``due`` is the last day of the time in
    which it had to be public, with the ``article`` that says so; None when nothing is counted.
    ``guide`` are the elements of a service; None where the column asks for none.
    """

    texts: Mapping[str, str]
    public_on: date
    document_number: str = ""
    signed_on: date | None = None
    due: date | None = None
    article: str = ""
    validity: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    replaced: bool = False
    pictures: Sequence[str] = ()
    dead_links: Sequence[DeadLink] = ()
    guide: Mapping[str, str] | None = None
    lacks_rows: bool = False
    register: names.Register = field(default_factory=names.register)


def remarks(facts: Facts) -> list[Remark]:
    """Everything there is to say, what refuses first."""
    found = [remark for check in _CHECKS for remark in check(facts)]
    return sorted(found, key=lambda remark: not remark.hard)


def _contradictions(facts: Facts) -> Iterator[Remark]:
    told = rules.objections(
        signed_on=facts.signed_on, released_on=facts.public_on,
        document_number=facts.document_number, validity=facts.validity,
    )  # fmt: skip
    for name, message in told.items():
        yield Remark(f"contradiction.{name}", name, message, hard=True)


def _number_in_text(facts: Facts) -> Iterator[Remark]:
    """The number that stands alone on a line of the text is the document's own."""
    written = _own_number(facts.texts.get("正文", ""))
    if written and not facts.document_number:
        message = f"正文印有文号“{written}”，请填写文号。"
        yield Remark("number.missing", "document_number", message)
    elif written and _plain(written) != _plain(facts.document_number):
        message = f"正文的文号是“{written}”，与填写的“{facts.document_number}”不一致，请核对。"
        yield Remark("number.differs", "document_number", message, hard=True)


def _own_number(body: str) -> str:
    for line in body.splitlines():
        if _NUMBER.fullmatch(line.strip()):
            return line.strip()
    return ""


def _plain(number: str) -> str:
    found = _NUMBER.search(number)
    if found is None:
        return re.sub(r"\s", "", number)
    return f"{found['word']}〔{found['year']}〕{int(found['serial'])}号"


def _number_shape(facts: Facts) -> Iterator[Remark]:
    number = facts.document_number.strip()
    found = _NUMBER.fullmatch(number)
    if number and found is None:
        message = f"文号“{number}”不完整，应写作“机关代字〔年份〕序号号”的样式，请核对。"
        yield Remark("number.shape", "document_number", message)
    elif found is not None and (found["open"] != "〔" or "第" in number):
        message = f"文号的年份用六角括号，序号前不加“第”字：{_plain(number)}。"
        yield Remark("number.brackets", "document_number", message)


def _late(facts: Facts) -> Iterator[Remark]:
    if facts.due and facts.public_on > facts.due:
        message = (
            f"{facts.article}规定的公开期限到 {facts.due:%Y-%m-%d} 为止，已经超过。"
            "请尽快公开，并在审查意见中说明原因。"
        )
        yield Remark("late", "signed_on", message)


def _placeholders(facts: Facts) -> Iterator[Remark]:
    for place, text in facts.texts.items():
        found = _PLACEHOLDER.search(_ADDRESS.sub("", text))
        if found:
            message = f"{place}中还有未填写的“{found.group()}”，请补充完整后再提交。"
            yield Remark("placeholder", _FIELDS.get(place, ""), message, hard=True)


def _pictures(facts: Facts) -> Iterator[Remark]:
    for number, words in enumerate(facts.pictures, 1):
        if not words.strip() or _FILE_NAME.search(words.strip()):
            message = f"第 {number} 张图片没有文字说明：请在“名称”中写明图片上是什么。"
            yield Remark("picture.alt", "", message, hard=True)


def _links(facts: Facts) -> Iterator[Remark]:
    for link in facts.dead_links:
        if link.missing:
            message = f"正文中的链接“{link.words}”指向本站不存在的页面，请改正或删去。"
        else:
            message = f"正文中的链接“{link.words}”指向尚未公开的页面，公开前读者打不开。"
        yield Remark("link", "body", message, hard=link.missing)


def _names(facts: Facts) -> Iterator[Remark]:
    for place, text in facts.texts.items():
        where = _FIELDS.get(place, "")
        for wrong, right in facts.register.wrong_titles(text):
            message = f"{place}中的《{wrong}》疑为《{right}》，请核对名称。"
            yield Remark("name.law", where, message)
        for wrong, right in facts.register.wrong_words(text):
            yield Remark("name.word", where, f"{place}中的“{wrong}”疑为“{right}”，请核对。")


def _validity(facts: Facts) -> Iterator[Remark]:
    start, end, today = facts.valid_from, facts.valid_to, facts.public_on
    if start and end and end < start:
        yield Remark("validity.dates", "valid_to", "失效日期早于施行日期，请核对。", hard=True)
    if facts.validity == Validity.VALID and end and end < today:
        yield Remark("validity.expired", "validity", "失效日期已过，有效性仍为“有效”，请核对。")
    if facts.validity == Validity.NOT_YET and start and start <= today:
        yield Remark("validity.begun", "validity", "施行日期已到，有效性仍为“尚未生效”，请核对。")
    if facts.replaced and facts.validity not in {Validity.REPEALED, Validity.EXPIRED}:
        word = VALIDITY_LABELS.get(facts.validity, "空")  # type: ignore[call-overload]
        message = f"已有文件替代本件，有效性却是“{word}”，请改为“废止”或“失效”。"
        yield Remark("validity.replaced", "validity", message)


def _guide(facts: Facts) -> Iterator[Remark]:
    missing = elements.missing_elements(facts.guide) if facts.guide is not None else []
    if missing:
        message = f"办事指南还缺：{'、'.join(missing)}。请填写；没有的写明“无”或“不收费”。"
        yield Remark("guide", "", message, hard=True)


def _rows(facts: Facts) -> Iterator[Remark]:
    if facts.lacks_rows:
        message = "标准目录栏目的信息须有目录条目，请在“标准目录条目”中填写。"
        yield Remark("standard", "", message, hard=True)


_FIELDS = {"标题": "title", "正文": "body", "内容概述": "summary", "来源": "source",
           "主题词": "keywords", "文号": "document_number"}  # fmt: skip

_CHECKS: tuple[Callable[[Facts], Iterator[Remark]], ...] = (
    _contradictions, _number_in_text, _number_shape, _late, _placeholders, _pictures, _links,
    _names, _validity, _guide, _rows,
)  # fmt: skip
