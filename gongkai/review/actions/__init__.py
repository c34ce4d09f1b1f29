"""What people do with a review sheet. Release itself is in ``review.release``."""

from gongkai.review.actions.deciding import decide, take_back
from gongkai.review.actions.declassifying import (
    declare_former_secret,
    look_again,
    retract_former_secret,
)
from gongkai.review.actions.masking import set_masking_rule
from gongkai.review.actions.referring import keep_answer, refer
from gongkai.review.actions.screening import keep_screened_file, screen, screen_again
from gongkai.review.actions.settling import settle
from gongkai.review.actions.submitting import submit
from gongkai.review.actions.working import ask_for, keep_work

__all__ = [
    "ask_for",
    "decide",
    "declare_former_secret",
    "keep_answer",
    "keep_screened_file",
    "keep_work",
    "look_again",
    "refer",
    "retract_former_secret",
    "screen",
    "screen_again",
    "set_masking_rule",
    "settle",
    "submit",
    "take_back",
]
