"""Accounts, posts and voices. A post is made only of what was released."""

from gongkai.channels.actions.accounts import close_account, open_account, subscribe
from gongkai.channels.actions.posts import (
    claim,
    confirm_taken_down,
    mark_failed,
    mark_posted,
    mark_sent,
    queue_posts,
    requeue,
    withdraw_posts,
)
from gongkai.channels.actions.voices import pass_voice, record_voice

__all__ = [
    "claim",
    "close_account",
    "confirm_taken_down",
    "mark_failed",
    "mark_posted",
    "mark_sent",
    "open_account",
    "pass_voice",
    "queue_posts",
    "record_voice",
    "requeue",
    "subscribe",
    "withdraw_posts",
]
