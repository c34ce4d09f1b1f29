"""What people do with an application, from the form to the reply and beyond."""

from gongkai.applications.actions.answering import (
    approve,
    collate,
    dispatch,
    draft_reply,
    redraft,
    refuse,
)
from gongkai.applications.actions.handling import (
    abandon,
    ask_rectification,
    end_consultation,
    end_silent_consultations,
    extend,
    note_consultation_received,
    receive_rectification,
    start_consultation,
)
from gongkai.applications.actions.receiving import register, submit, withdraw
from gongkai.applications.actions.redress import decide_remedy, file_remedy
from gongkai.cases.actions import remind, route, send_back

__all__ = [
    "abandon",
    "approve",
    "ask_rectification",
    "collate",
    "decide_remedy",
    "dispatch",
    "draft_reply",
    "end_consultation",
    "end_silent_consultations",
    "extend",
    "file_remedy",
    "note_consultation_received",
    "receive_rectification",
    "redraft",
    "refuse",
    "register",
    "remind",
    "route",
    "send_back",
    "start_consultation",
    "submit",
    "withdraw",
]
