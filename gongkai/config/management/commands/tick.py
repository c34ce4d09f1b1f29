"""What has to happen by itself, each minute: ``gongkai tick`` from a timer."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from gongkai.agencies.models import Agency
from gongkai.applications.actions import end_silent_consultations
from gongkai.catalogue.actions import propose_expiries, remind_of_links
from gongkai.config import inspecting
from gongkai.outbox.actions import deliver_due
from gongkai.portal.demand import gather
from gongkai.portal.drafts import clear_drafts
from gongkai.publishing.actions import publish_pending
from gongkai.publishing.search import freshen_phrases
from gongkai.review import lookback

MOST_MESSAGES = 200


def _end_silence() -> None:
    for agency in Agency.objects.all():
        end_silent_consultations(agency)


DUE: dict[str, Callable[[], Any]] = {
    "发布": publish_pending,
    "寄发通知": lambda: deliver_due(MOST_MESSAGES),
    "征求意见到期": _end_silence,
    "清除过期草稿": clear_drafts,
    "统计检索": gather,
    "更新词表": freshen_phrases,
    "回头看": lookback.go_on,
    "网站自查": inspecting.nightly,
    "有效性到期": propose_expiries,
    "站外链接核查": remind_of_links,
}


class Command(BaseCommand):
    """One round; a second one that starts meanwhile leaves at once. One failure stops no other."""

    help = (
        "办理到点的事：发布、寄发通知、征求意见到期、清除过期草稿、统计检索、更新词表、回头看、"
        "网站自查、有效性到期、站外链接核查。由定时器每分钟运行一次。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        with (settings.DATA / "tick.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            failed = [name for name, act in DUE.items() if not self._done(name, act)]
        if failed:
            sys.exit(1)

    def _done(self, name: str, act: Callable[[], Any]) -> bool:
        try:
            act()
        except Exception as error:
            self.stderr.write(f"{name}没有完成：{error}")
            return False
        return True
