"""Accounts on other platforms, what was posted there, what people said; and links out."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai import clock
from gongkai.catalogue.actions import add_link, agree_to_link, check_link
from gongkai.catalogue.models import LinkGroup
from gongkai.catalogue.queries import links_of
from gongkai.channels import actions
from gongkai.channels.models import Account
from gongkai.channels.queries import waiting
from gongkai.channels.rules import Platform
from gongkai.demo.columns import Sites
from gongkai.demo.replay import Replay, days_ago, in_2014

_CARRIED = ("portal/xxgk/gzdt", "portal/xxgk/tzgg", "law/fzxw")
_LINKS = (
    (LinkGroup.LAWYERS, "lsc", ("示例律师网", "https://lvshi.example/")),
    (LinkGroup.NOTARIES, "gzc", ("示例公证网", "https://gongzheng.example/")),
    (LinkGroup.LEGAL_AID, "fyzx", ("示例法律援助网", "https://fayuan.example/")),
    (LinkGroup.DISTRICTS, "bgs", ("示例区司法行政网", "https://shili.sfxz.example/")),
    (LinkGroup.DISTRICTS, "bgs", ("滨河区司法行政网", "https://binhe.sfxz.example/")),
    (LinkGroup.DISTRICTS, "bgs", ("新城区司法行政网", "https://xincheng.sfxz.example/")),
    (LinkGroup.DISTRICTS, "bgs", ("东山县司法行政网", "https://dongshan.sfxz.example/")),
    (LinkGroup.GOVERNMENT, "bgs", ("示例市人民政府", "https://www.shi.example/")),
)


@dataclass
class Outlets:
    """新浪微博 and 腾讯微博 in 2014, the second closed later; 微信公众号 since 2015."""

    sites: Sites

    def build(self, replay: Replay) -> None:
        """Note everything on the timeline."""
        replay.at(in_2014("01-09"), 9, 0, self.add_links)
        replay.at(in_2014("01-09"), 9, 30, self.open_first)
        replay.at(in_2014("02-20"), 9, 30, self.post_by_hand)
        replay.at(in_2014("04-11"), 9, 30, self.hear)
        replay.at(days_ago(400), 9, 30, self.open_wechat)
        replay.at(days_ago(35), 10, 0, self.check_links)
        replay.at(days_ago(7), 16, 0, self.post_by_hand)
        replay.at(days_ago(6), 10, 0, self.hear_again)

    def add_links(self) -> None:
        """The city's network of legal services."""
        bureau = self.sites.bureau
        for order, (group, unit, (title, url)) in enumerate(_LINKS):
            link = add_link(
                bureau.agency, by=bureau.drafter(unit), owner=bureau.unit(unit), group=group,
                title=title, url=url, order=order,
            )  # fmt: skip
            agree_to_link(link, by=bureau.xxb)

    def check_links(self) -> None:
        """Each unit opened its own."""
        for link in links_of(self.sites.bureau.agency).select_related("owner"):
            check_link(link, by=self.sites.bureau.drafter(link.owner.code))

    def open_first(self) -> None:
        for platform, name in (
            (Platform.WEIBO_SINA, "示例司法"),
            (Platform.WEIBO_TENCENT, "示例市司法局"),
            (Platform.CITY_PLATFORM, "示例市政府门户平台·司法局"),
        ):
            self._open(platform, name)

    def open_wechat(self) -> None:
        """Tencent's microblog has ended meanwhile; its account is closed on the same day."""
        self._open(Platform.WECHAT, "示例普法")
        bureau = self.sites.bureau
        old = Account.objects.get(agency=bureau.agency, platform=Platform.WEIBO_TENCENT)
        actions.close_account(old, by=bureau.xxb, on=clock.today())

    def _open(self, platform: Platform, name: str) -> None:
        bureau = self.sites.bureau
        actions.open_account(
            bureau.agency, by=bureau.xxb, platform=platform.value, name=name,
            opened_on=clock.today(), columns=[self.sites.column(c) for c in _CARRIED],
        )  # fmt: skip

    def post_by_hand(self) -> None:
        """Someone posted what was waiting and noted where it stands."""
        bureau = self.sites.bureau
        for post in waiting(bureau.agency)[:12]:
            place = f"https://weibo.example/{post.account.platform}/{post.pk}"
            actions.mark_posted(post, platform_id=place, by=bureau.xxb)

    def hear(self) -> None:
        """A voice of 2014 that was passed to the office that it concerned."""
        bureau = self.sites.bureau
        account = Account.objects.get(agency=bureau.agency, platform=Platform.WEIBO_SINA)
        voice = actions.record_voice(
            account,
            by=bureau.xxb,
            at=clock.now(),
            text="公证要带哪些材料，网上写的和窗口说的不一样。",
        )
        actions.pass_voice(voice, by=bureau.xxb, unit=bureau.unit("gzc"))

    def hear_again(self) -> None:
        """One that still waits to be passed on."""
        bureau = self.sites.bureau
        account = Account.objects.get(agency=bureau.agency, platform=Platform.WECHAT)
        actions.record_voice(
            account, by=bureau.xxb, at=clock.now(), text="推文里的办事指南链接打不开，请修一下。"
        )
