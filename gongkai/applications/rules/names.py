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
    EXTENDED = "extended"
    REMEDY_FILED = "remedy_filed"
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
    Did.EXTENDED: "延长答复期限",
    Did.REMEDY_FILED: "被申请复议或被诉",
    Did.REMEDY_DECIDED: "复议或诉讼结果",
}
