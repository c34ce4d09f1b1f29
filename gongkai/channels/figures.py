"""Gives the posts of this room to the reports, each with its rows."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.agencies.models import Agency
from gongkai.channels.models import Post
from gongkai.channels.rules import Platform, State
from gongkai.reporting.sources import Row, Source, counting, register

_FIGURES = {
    "posts.weibo": (Platform.WEIBO_SINA, Platform.WEIBO_TENCENT),
    "posts.wechat": (Platform.WECHAT,),
}


def _posted(*platforms: Platform) -> Source:
    def rows(agency: Agency, year: int) -> Iterable[Row]:
        posts = Post.objects.filter(
            account__agency=agency,
            account__platform__in=platforms,
            state=State.POSTED,
            posted_at__year=year,
        )
        for post in posts:
            yield post.title, ""

    return counting(rows)


def register_all() -> None:
    """Called when the room starts."""
    for key, platforms in _FIGURES.items():
        register(key, _posted(*platforms))
