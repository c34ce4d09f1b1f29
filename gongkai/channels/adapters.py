"""How a post reaches a platform. Where there is no interface a person posts it by hand."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from gongkai.channels.models import Post
from gongkai.channels.rules import Platform


class Adapter(Protocol):
    """The connection to one platform."""

    by_hand: bool

    def send(self, post: Post) -> str:
        """Post it; the platform's own id or address of it. Raises when the platform refuses."""
        ...


class ByHand:
    """手工发布: a person posts it and enters the platform's id; the machine sends nothing."""

    by_hand = True

    def send(self, post: Post) -> str:
        raise RuntimeError("posted by hand: see actions.mark_posted")


def adapter_of(platform: str) -> Adapter:
    """The adapter named in ``settings.CHANNEL_ADAPTERS`` for a platform; by hand if none is."""
    named = getattr(settings, "CHANNEL_ADAPTERS", {}).get(Platform(platform).value)
    adapter: Adapter = import_string(named)() if named else ByHand()
    return adapter
