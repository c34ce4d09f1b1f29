"""Drafts for the seven sections of the report under the Regulations of 2007."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.reporting.document.words import Known, Part, chinese_date, none_or, to_write

_APPLICATIONS, _FEES = "applications", "1.fees.value"


def overview(known: Known) -> Iterator[str]:
    """Section 1: how the work is organised, and on which machines it is done."""
    yield known.sentences(
        "本机关现行公开工作制度{rules}项。", "召开公开工作会议{meetings}次。",
        "组织或者参加培训{trainings}次。", "设有网站{sites}个。",
        "从事公开工作的人员{1.staff.value}名，其中专职{1.staff_full_time.value}名。",
    )  # fmt: skip
    yield known.sentences(
        "机关在用计算机{computers.total}台，其中处理内部信息的{computers.internal_information}台、"
        "单独存放不联网的{computers.standalone}台、接入内网的{computers.intranet}台；"
        "粘贴标签的{computers.labelled}台，明确管理人的{computers.with_custodian}台。",
        "激光打印机{printers.laser}台，喷墨打印机{printers.inkjet}台。",
        "安装防病毒和公文处理软件{software.sets}套。",
    )


def proactive(known: Known) -> Iterator[str]:
    """Section 2."""
    yield known.sentences(
        "主动公开政府信息{1.proactive.value}条，其中规范性文件{1.normative_published.value}条。",
        "通过政府网站公开{1.by_website.value}条。", "通过政务微博公开{1.by_weibo.value}条。",
        "通过政务微信公开{1.by_wechat.value}条。", "发布政策解读{1.interpretations.value}篇。",
    )  # fmt: skip
    yield known.sentences("门户网站设一级栏目{sections}个、便民栏目{service_columns}个。")


def applications(known: Known) -> Iterator[str]:
    """Section 3, with the enquiries and complaints that the sites brought."""
    received = known.value(_APPLICATIONS)
    if received is not None:
        some = known.sentences(
            "收到政府信息公开申请{1.received.value}件，办结{1.completed.value}件。"
        )
        yield none_or(received, "没有收到政府信息公开申请。", some)
    yield known.sentences(
        "通过网站收到咨询{enquiries.received}件，答复{enquiries.answered}件；"
        "收到投诉{complaints.received}件，办结{complaints.handled}件。", "答复率{answer_rate}%。",
    )  # fmt: skip


def fees(known: Known) -> Iterator[str]:
    """Section 4: without applications there were no fees; else somebody must enter them."""
    if known.value(_FEES) is not None:
        yield known.filled("依申请公开信息收取费用{1.fees.value}万元。")
    elif known.value(_APPLICATIONS) == 0:
        yield "没有收到政府信息公开申请，没有收取和减免费用。"
    else:
        yield to_write("收取和减免费用的情况")


def disputes(known: Known) -> Iterator[str]:
    """Section 5."""
    for name, thing in (("reconsiderations", "行政复议"), ("litigations", "行政诉讼")):
        number = known.value(name)
        if number is not None:
            none = f"没有因政府信息公开引起的{thing}。"
            yield none_or(number, none, f"因政府信息公开引起的{thing}{number}件。")


def problems(known: Known) -> Iterator[str]:
    """Section 6 is for people."""
    yield to_write("主要问题和改进情况")


def notes(known: Known) -> Iterator[str]:
    """Section 7: until when was counted."""
    yield f"本报告的数字由系统按登记的记录统计，截至{chinese_date(known.cut_off)}。"


SECTIONS: tuple[Part, ...] = (overview, proactive, applications, fees, disputes, problems, notes)
