"""Drafts for the six sections of the national form (2019 and 2021)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.reporting.document.words import Known, Part, none_or, to_write

_SUITS = ("3.suit_direct.total", "3.suit_after_review.total")
_CORRECTED = ("3.review.corrected", "3.suit_direct.corrected", "3.suit_after_review.corrected")


def overall(known: Known) -> Iterator[str]:
    """Section 1: the year in figures."""
    yield known.sentences(
        "（一）主动公开。本机关设有网站{sites}个，门户网站设一级栏目{sections}个、"
        "便民栏目{service_columns}个。"
    )
    yield known.sentences(
        "（二）依申请公开。本年新收政府信息公开申请{2.new.tot}件，上年结转{2.carried_in.tot}件，"
        "办结{2.total.tot}件，结转下年度{2.carried_out.tot}件。"
    )
    yield known.sentences(
        "（三）互动交流。收到网上咨询{enquiries.received}件，答复{enquiries.answered}件；"
        "收到投诉{complaints.received}件，办结{complaints.handled}件。"
    )
    yield known.sentences(
        "（四）监督保障。现行公开工作制度{rules}项，", "召开公开工作会议{meetings}次，",
        "组织或者参加培训{trainings}次，",
    ).rstrip("，") + "。"  # fmt: skip


def applications(known: Known) -> Iterator[str]:
    """Section 3: results in a sentence before the table."""
    yield known.sentences(
        "本年新收{2.new.tot}件，其中自然人{2.new.nat}件。办结{2.total.tot}件，"
        "其中予以公开{2.granted.tot}件、部分公开{2.partial.tot}件。"
    )


def disputes(known: Known) -> Iterator[str]:
    """Section 4."""
    yield known.sentences("因政府信息公开引起的行政复议{3.review.total}件。")
    suits = known.total(*_SUITS)
    if suits is not None:
        yield none_or(suits, "没有因政府信息公开引起的行政诉讼。", f"行政诉讼{suits}件。")


def problems(known: Known) -> Iterator[str]:
    """Section 5: what the figures themselves show; the rest is for people."""
    if known.value("2.carried_out.tot"):
        yield known.filled("年末仍有{2.carried_out.tot}件申请结转下年度继续办理。")
    corrected = known.total(*_CORRECTED)
    if corrected:
        yield f"有{corrected}件复议、诉讼的结果为纠正，答复质量还须提高。"
    yield to_write("主要问题和改进情况")


def others(known: Known) -> Iterator[str]:
    """Section 6: the information-processing fee must be told, none too."""
    collected = known.value("fees")
    if collected is None:  # the version was counted before this figure was
        yield to_write("信息处理费收取情况，没有收取的也应写明")
    else:
        yield none_or(
            collected, "本年度没有收取信息处理费。", f"本年度收取信息处理费{collected}元。"
        )


def nothing(known: Known) -> Iterator[str]:
    """A section that is its table."""
    yield from ()


SECTIONS: tuple[Part, ...] = (overall, nothing, applications, disputes, problems, others)
