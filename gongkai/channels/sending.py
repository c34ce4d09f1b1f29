"""Sends what waits, outside any transaction: a slow platform holds up nobody."""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.channels.actions import claim, mark_failed, mark_sent
from gongkai.channels.adapters import adapter_of
from gongkai.channels.queries import waiting
from gongkai.channels.rules import State


def send_queued(agency: Agency, limit: int = 50) -> int:
    """Send up to ``limit`` queued posts; how many the platforms took.

    Posts of platforms without an interface stay queued until a person has posted them.
    """
    taken = 0
    for post in waiting(agency).filter(state=State.QUEUED)[:limit]:
        adapter = adapter_of(post.account.platform)
        if adapter.by_hand or not claim(post):
            continue
        try:
            platform_id = adapter.send(post)
        # Whatever an adapter raises, the post is not known to be out.
        except Exception as error:
            mark_failed(post, f"{type(error).__name__}: {error}")
        else:
            mark_sent(post, platform_id)
            taken += 1
    return taken
