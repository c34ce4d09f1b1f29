"""The platforms, and what may be said of a post when. Pure."""

from __future__ import annotations

from enum import StrEnum


class Platform(StrEnum):
    WEIBO_SINA = "weibo_sina"
    WEIBO_TENCENT = "weibo_tencent"
    WECHAT = "wechat"
    CITY_PLATFORM = "city_platform"


PLATFORM_LABELS = {
    Platform.WEIBO_SINA: "新浪微博",
    Platform.WEIBO_TENCENT: "腾讯微博",
    Platform.WECHAT: "微信公众号",
    Platform.CITY_PLATFORM: "市政府门户平台",
}


class State(StrEnum):
    QUEUED = "queued"
    POSTED = "posted"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {
    State.QUEUED: "待发布",
    State.POSTED: "已发布",
    State.FAILED: "发布失败",
    State.WITHDRAWN: "已撤回",
}
# Not on the platform yet, as far as we know.
WAITING = frozenset({State.QUEUED, State.FAILED})


def objection_to_posted(state: str, content_hash: str, released_hash: str, platform_id: str) -> str:
    """Why a post may not be entered as being on the platform, in Chinese; empty when it may.

    It may when exactly what it carries is public now: nothing else may stand on a channel.
    """
    if state not in WAITING:
        return f"此条为“{STATE_LABELS[State(state)]}”，不能再登记发布，请刷新页面。"
    if content_hash != released_hash:
        return "所依据的内容已更换或撤回，不能发布；如已在平台发出，请立即删除。"
    if not platform_id.strip():
        return "请填写平台上的编号或网址，作为已发布的凭据。"
    return ""
