"""The columns of both sites, and what became of two of them in 2019."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from gongkai.catalogue.actions import create_column
from gongkai.catalogue.models import ColumnPage, HomePage
from gongkai.demo.bureau import MERGER, Bureau, table
from gongkai.demo.replay import Replay, in_2014
from gongkai.demo.reviewing import Hands
from gongkai.demo.sites import FOUNDED

_FACTS = ("icon", "address", "update_days")
_RENAMED = {"portal/zxbs/zgks": "法律职业资格考试"}


@dataclass
class Sites:
    """The pages that items hang on, by ``site/path``."""

    bureau: Bureau
    homes: dict[str, HomePage] = field(default_factory=dict)
    columns: dict[str, ColumnPage] = field(default_factory=dict)

    def column(self, address: str) -> ColumnPage:
        """The column as the database has it now: its tree numbers change with each new child."""
        return ColumnPage.objects.get(pk=self.columns[address].pk)


def build(sites: Sites, replay: Replay) -> None:
    """Draft every column on the founding day, release home pages and columns two days later."""
    for code in sites.homes:
        for facts in table("columns")[code]:
            replay.at(FOUNDED, 10, 0, partial(_draft, sites, code, facts))
    day = in_2014("01-08")
    replay.at(day, 9, 0, lambda: _release_homes(sites))
    for code in sites.homes:
        for facts in table("columns")[code]:
            address = f"{code}/{facts['path']}"
            replay.at(day, 10, 0, partial(_release, sites, address))
    replay.at(date(2019, 3, 4), 10, 0, lambda: _rename(sites))
    for code in sites.homes:
        for facts in table("columns_since")[code]:
            replay.at(facts["since"], 9, 0, partial(_draft, sites, code, facts))
            replay.at(facts["since"], 10, 0, partial(_release, sites, f"{code}/{facts['path']}"))


def _draft(sites: Sites, code: str, facts: dict[str, Any]) -> None:
    above, _, slug = facts["path"].rpartition("/")
    parent = sites.column(f"{code}/{above}") if above else HomePage.objects.get(slug=code)
    intro = facts.get("intro", "")
    unit = facts.get("unit", "bgs")
    sites.columns[f"{code}/{facts['path']}"] = create_column(
        parent,
        by=sites.bureau.drafter(unit),
        title=facts["title"],
        kind=facts["kind"],
        unit=sites.bureau.unit(unit),
        slug=slug,
        intro=f"<p>{intro}</p>" if intro else "",
        is_service=facts.get("service", False),
        review_level=facts.get("level", "standard"),
        **{name: facts[name] for name in _FACTS if name in facts},
    )


def _release_homes(sites: Sites) -> None:
    for home in sites.homes.values():
        Hands(sites.bureau, "bgs").release(HomePage.objects.get(pk=home.pk))


def _release(sites: Sites, address: str) -> None:
    column = sites.column(address)
    assert column.unit is not None
    Hands(sites.bureau, column.unit.code).release(column)


def _rename(sites: Sites) -> None:
    """The examination has another name since the merger, and another office answers for it."""
    assert date(2019, 3, 4) >= MERGER
    for address, title in _RENAMED.items():
        column = sites.column(address)
        column.title, column.unit = title, sites.bureau.unit("zgc")
        Hands(sites.bureau, "zgc").release(column)
