"""Follows the review: what is released is queued, what is withdrawn is withdrawn everywhere."""

from __future__ import annotations

from typing import Any

from gongkai.channels import actions
from gongkai.review.models import Sheet


def queue_released(sender: Any, sheet: Sheet, **kwargs: Any) -> None:
    """Inside the release's transaction: the posts stand or fall with it."""
    actions.queue_posts(sheet)


def withdraw(sender: Any, subject: str, **kwargs: Any) -> None:
    """Inside the withdrawal's transaction."""
    actions.withdraw_posts(subject)
