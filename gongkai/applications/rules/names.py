"""The acts that only applications know."""

from __future__ import annotations

from enum import StrEnum


class Did(StrEnum):
    """Kinds of events beside those that every case knows."""

    RECTIFICATION_ASKED = "rectification_asked"
    RECTIFIED = "rectified"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"
    CONSULT_STARTED = "consult_started"
    CONSULT_REACHED = "consult_reached"
    CONSULT_ENDED = "consult_ended"
    ORGAN_CONSULT_STARTED = "organ_consult_started"
    ORGAN_CONSULT_REACHED = "organ_consult_reached"
    ORGAN_CONSULT_ENDED = "organ_consult_ended"
    OBJECTION_OVERRULED = "objection_overruled"
    EXTENDED = "extended"
    FEE_CHARGED = "fee_charged"
    FEE_NOTICE_REACHED = "fee_notice_reached"
    FEE_PAID = "fee_paid"
    FEE_CANCELLED = "fee_cancelled"
    FEE_LAPSED = "fee_lapsed"
    MERGED = "merged"
    ABSORBED = "absorbed"
    SPLIT = "split"
    REFERRED = "referred"
    REASONS_ASKED = "reasons_asked"
    REASONS_GIVEN = "reasons_given"
    DELAYED = "delayed"
    PROACTIVE_DECIDED = "proactive_decided"
    PROACTIVE_DONE = "proactive_done"
    WITHHELD_CHECKED = "withheld_checked"
    RECORD_DECIDED = "record_decided"
    REMEDY_FILED = "remedy_filed"
    REMEDY_COPY = "remedy_copy"
    REMEDY_ANSWERED = "remedy_answered"
    REMEDY_DECIDED = "remedy_decided"


LABELS = {
    Did.RECTIFICATION_ASKED: "告知补正",
    Did.RECTIFIED: "收到补正",
    Did.ABANDONED: "逾期不补正，不再处理",
    Did.WITHDRAWN: "申请人撤回",
    Did.CONSULT_STARTED: "征求第三方意见",
    Did.CONSULT_REACHED: "第三方收到征求意见书",
    Did.CONSULT_ENDED: "第三方意见征求结束",
    Did.ORGAN_CONSULT_STARTED: "征求其他机关意见",
    Did.ORGAN_CONSULT_REACHED: "其他机关收到征求意见函",
    Did.ORGAN_CONSULT_ENDED: "其他机关意见征求结束",
    Did.OBJECTION_OVERRULED: "告知第三方决定公开",
    Did.EXTENDED: "延长答复期限",
    Did.FEE_CHARGED: "通知缴纳信息处理费",
    Did.FEE_NOTICE_REACHED: "申请人收到收费通知",
    Did.FEE_PAID: "已缴费",
    Did.FEE_CANCELLED: "撤回收费通知",
    Did.FEE_LAPSED: "逾期不缴费，不再处理",
    Did.MERGED: "并入另一件申请",
    Did.ABSORBED: "另一件申请并入",
    Did.SPLIT: "拆分为几件申请",
    Did.REFERRED: "转为来信办理",
    Did.REASONS_ASKED: "要求说明理由",
    Did.REASONS_GIVEN: "申请人说明理由",
    Did.DELAYED: "告知延迟答复",
    Did.PROACTIVE_DECIDED: "决定是否主动公开",
    Did.PROACTIVE_DONE: "已主动公开",
    Did.WITHHELD_CHECKED: "复核不公开的信息",
    Did.RECORD_DECIDED: "告知更正结果",
    Did.REMEDY_FILED: "被申请复议或被诉",
    Did.REMEDY_COPY: "收到复议申请书或起诉状副本",
    Did.REMEDY_ANSWERED: "提交书面答复或答辩状",
    Did.REMEDY_DECIDED: "复议或诉讼结果",
}
