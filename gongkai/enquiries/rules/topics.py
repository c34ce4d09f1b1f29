"""What people write about, and the business line (业务条线) that each topic falls to."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.refusal import Refused

LINES = {
    "qualification": "法律职业资格考试",
    "lawyers": "律师工作",
    "notaries": "公证工作",
    "forensic": "司法鉴定",
    "grassroots": "基层法律服务和人民调解",
    "legal_aid": "法律援助",
    "staff": "机关和离退休人员工作",
    "general": "综合",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the form shows it; ``line`` is where it goes unless the office says otherwise."""

    key: str
    label: str
    line: str


TOPICS = {
    row.key: row
    for row in (
        Topic("judicial_exam", "司法考试", "qualification"),
        Topic("legal_service_workers", "法律服务工作者", "grassroots"),
        Topic("retired_staff", "离退休人员待遇", "staff"),
        Topic("lawyers", "律师", "lawyers"),
        Topic("notaries", "公证", "notaries"),
        Topic("forensic", "司法鉴定", "forensic"),
        Topic("legal_aid", "法律援助", "legal_aid"),
        Topic("mediation", "人民调解", "grassroots"),
        Topic("other", "其他", "general"),
    )
}


def topic(key: str) -> Topic:
    """The topic of that key; Refused for one that is not in the list."""
    if key not in TOPICS:
        raise Refused("请从列表中选择问题类别；不确定时选“其他”。", field="topic")
    return TOPICS[key]
