"""The check-your-answers step: every answer with a link to change it."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.applications.rules import CARRIER_LABELS, CLASS_LABELS, DELIVERY_LABELS
from gongkai.portal import contexts
from gongkai.portal.models import Draft

_GROUPS = (
    ("申请人", (("who", "applicant_class", "申请人类别"),)),
    (
        "身份与联系方式",
        (
            ("contact", "name", "姓名或名称"),
            ("contact", "identity", "证件号码"),
            ("contact", "representative", "联系人"),
            ("contact", "phone", "电话"),
            ("contact", "mail", "电子邮箱"),
            ("contact", "address", "通信地址"),
        ),
    ),
    (
        "需要的信息",
        (("what", "title", "信息名称"), ("what", "features", "文号"), ("what", "text", "内容描述")),
    ),
    ("获取方式", (("how", "delivery", "方式"), ("how", "carrier", "载体"))),
)


def answer_groups(draft: Draft, address: Callable[[str], str]) -> tuple[contexts.AnswerGroup, ...]:
    """What was typed, group by group; empty answers that nobody must give are left out."""
    told = draft.answers
    groups = []
    for title, lines in _GROUPS:
        shown = tuple(
            contexts.AnswerLine(label, _words(name, told.get(name, "")), address(step))
            for step, name, label in lines
            if told.get(name)
        )
        groups.append(contexts.AnswerGroup(title, shown))
    names = "、".join(draft.files.values_list("name", flat=True))
    if names:
        groups.append(
            contexts.AnswerGroup("附件", (contexts.AnswerLine("附件", names, address("what")),))
        )
    return tuple(group for group in groups if group.lines)


_WORDS: dict[str, dict[str, str]] = {
    "applicant_class": {key.value: label for key, label in CLASS_LABELS.items()},
    "delivery": {key.value: label for key, label in DELIVERY_LABELS.items()},
    "carrier": {key.value: label for key, label in CARRIER_LABELS.items()},
}


def _words(name: str, value: str) -> str:
    return _WORDS.get(name, {}).get(value, value)
