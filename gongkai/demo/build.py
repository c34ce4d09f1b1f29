"""Builds the bureau and replays its years in one transaction: there is all of it, or nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.clock import SHANGHAI
from gongkai.demo import (
    asking,
    bureau,
    columns,
    devices,
    drafts,
    items,
    mail,
    reports,
    running,
    yearly,
)
from gongkai.demo.arranging import Arranging
from gongkai.demo.channels import Outlets
from gongkai.demo.items import Desk
from gongkai.demo.oversight import Supervision
from gongkai.demo.replay import Replay
from gongkai.demo.sites import FOUNDED, found_sites
from gongkai.demo.thrift import thrifty

_OPENED = datetime(2014, 1, 2, 9, tzinfo=SHANGHAI)


def is_built() -> bool:
    """Whether the demo bureau is in the database."""
    return Agency.objects.filter(code=bureau.CODE).exists()


def build(port: int) -> int:
    """Build everything; returns how many acts were replayed. Publishing is the caller's."""
    with thrifty(), transaction.atomic():
        with clock.set_to(_OPENED):
            found = bureau.found()
        with clock.set_to(datetime(*FOUNDED.timetuple()[:3], 9, tzinfo=SHANGHAI)):
            homes = found_sites(found, port)
        return _replay(Desk(columns.Sites(found, homes), Replay()))


def _replay(desk: Desk) -> int:
    replay, found = desk.replay, desk.bureau
    columns.build(desk.sites, replay)
    Outlets(desk.sites).build(replay)
    items.build(desk)
    reports.build(desk)
    yearly.build(desk)
    Arranging(desk).build()
    Supervision(desk).build()
    mail.build_2014(found, replay)
    devices.build_2014(found, replay)
    bureau.merge(found, replay)
    running.build(found, replay)
    asking.build(found, replay)
    drafts.build(desk, replay)
    devices.build_now(found, replay)
    return replay.run()
