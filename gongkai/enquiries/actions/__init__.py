"""One message from receipt to answer, rating and publication."""

from gongkai.cases.actions import remind, send_back
from gongkai.enquiries.actions.answering import (
    Collated,
    approve,
    collate,
    draft,
    redraft,
    refuse,
)
from gongkai.enquiries.actions.receiving import register, route, submit
from gongkai.enquiries.actions.sending import dispatch, rate, withdraw_public

__all__ = [
    "Collated",
    "approve",
    "collate",
    "dispatch",
    "draft",
    "rate",
    "redraft",
    "refuse",
    "register",
    "remind",
    "route",
    "send_back",
    "submit",
    "withdraw_public",
]
