"""What people do with an application, from the form to the reply and beyond."""

from gongkai.applications.actions.afterwards import (
    decide_proactive,
    look_again,
    note_published,
)
from gongkai.applications.actions.answering import (
    approve,
    collate,
    dispatch,
    draft_reply,
    redraft,
    refuse,
)
from gongkai.applications.actions.charging import (
    cancel_fee,
    charge_fee,
    lapse_fee,
    note_fee_notice_received,
    receive_fee,
)
from gongkai.applications.actions.consulting import (
    end_consultation,
    end_silent_consultations,
    note_consultation_received,
    overrule_objection,
    start_consultation,
)
from gongkai.applications.actions.correcting import decide_correction
from gongkai.applications.actions.excess import ask_reasons, delay_reply, receive_reasons
from gongkai.applications.actions.handling import (
    abandon,
    ask_rectification,
    extend,
    receive_rectification,
)
from gongkai.applications.actions.joining import (
    merge,
    refer,
    split,
    take_over,
)
from gongkai.applications.actions.receiving import register, submit, withdraw
from gongkai.applications.actions.redress import (
    answer_remedy,
    decide_remedy,
    file_remedy,
    note_remedy_copy,
)
from gongkai.cases.actions import remind, route, send_back

__all__ = [
    "abandon",
    "answer_remedy",
    "approve",
    "ask_reasons",
    "ask_rectification",
    "cancel_fee",
    "charge_fee",
    "collate",
    "decide_correction",
    "decide_proactive",
    "decide_remedy",
    "delay_reply",
    "dispatch",
    "draft_reply",
    "end_consultation",
    "end_silent_consultations",
    "extend",
    "file_remedy",
    "lapse_fee",
    "look_again",
    "merge",
    "note_consultation_received",
    "note_fee_notice_received",
    "note_published",
    "note_remedy_copy",
    "overrule_objection",
    "receive_fee",
    "receive_reasons",
    "receive_rectification",
    "redraft",
    "refer",
    "refuse",
    "register",
    "remind",
    "route",
    "send_back",
    "split",
    "start_consultation",
    "submit",
    "take_over",
    "withdraw",
]
