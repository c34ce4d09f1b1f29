"""What is arranged about items: the standard catalogue, other columns, terms that have ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from gongkai.catalogue.actions import (
    agree_to_placement,
    apply_standard,
    ask_for_placement,
    decline_validity,
    propose_expiries,
)
from gongkai.catalogue.models import ItemPage, Placement, ValidityProposal
from gongkai.demo.items import Desk
from gongkai.demo.replay import days_ago
from gongkai.demo.reviewing import Hands

_STANDARD = date(2021, 6, 2)
# The last one is not agreed to yet.
_PLACED = (
    ("公共法律服务中心推出周末值班", "portal/zxbs/flyz"),
    ("公证“最多跑一次”事项清单扩容", "portal/zxbs/gzgl"),
    ("律师调解工作室入驻市民中心", "portal/zxbs/lsgl"),
)


@dataclass
class Arranging:
    """Acts about items that others have written."""

    desk: Desk

    def build(self) -> None:
        """Note everything on the timeline."""
        replay = self.desk.replay
        replay.at(_STANDARD, 9, 0, self.take_the_standard)
        replay.at(days_ago(20), 8, 0, propose_expiries)
        replay.at(days_ago(19), 16, 0, self.decline)
        for order, (title, address) in enumerate(_PLACED):
            replay.at(days_ago(5), 9, order, partial(self.ask, title, address))
        for title, _ in _PLACED[:-1]:
            replay.at(days_ago(4), 15, 0, partial(self.agree, title))

    def take_the_standard(self) -> None:
        """套用标准目录, read and released like every other item."""
        bureau = self.desk.bureau
        column = self.desk.sites.column("portal/xxgk/bzml")
        item, _ = apply_standard(column, bureau.unit("bgs"), by=bureau.bj)
        Hands(bureau, "bgs").release(item)

    def decline(self) -> None:
        """One term was prolonged; the other proposal waits for its unit."""
        item = self._item("trial-booking")
        proposal = ValidityProposal.objects.get(item=item)
        reason = "试行期已经批准延长一年，文件继续有效。"
        decline_validity(proposal, by=self.desk.bureau.head("fyzx"), reason=reason)

    def ask(self, title: str, address: str) -> None:
        item = self._item(title)
        assert item.unit is not None
        by = self.desk.bureau.drafter(item.unit.code)
        ask_for_placement(item, self.desk.sites.column(address), by=by)

    def agree(self, title: str) -> None:
        placement = Placement.objects.get(item=self._item(title))
        assert placement.column.unit is not None
        agree_to_placement(placement, by=self.desk.bureau.head(placement.column.unit.code))

    def _item(self, key: str) -> ItemPage:
        return ItemPage.objects.get(pk=self.desk.known[key].pk)
