"""网站自查 at the desk: the list by unit, who reads what, and the way to “本期无更新”."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from small_site import SmallSite, item
from test_wholly_chinese import english

from gongkai import clock
from gongkai.oversight.actions import keep_run
from gongkai.oversight.inspection import Found, Indicator, judged
from gongkai.oversight.models import NothingHappened

DESK = "/desk/inspection/"


@pytest.fixture
def inspected(site: SmallSite, settings: Any, tmp_path: Path) -> SmallSite:
    settings.TREE_ROOT, settings.FILES_ROOT = tmp_path / "tree", tmp_path / "files"
    item(site)
    keep(site)
    return site


def keep(site: SmallSite, *more: Indicator) -> None:
    """A run with a stale column, a dead link of another unit, and a case that nobody has."""
    news = site.news
    old = Found(
        "最近更新 2026-01-01，应两周内有更新", "portal", "/xxgk/gzdt/", news.title, news.pk,
        "律师管理处", "lsc",
    )  # fmt: skip
    dead = Found("/no/ 打不开", "portal", "/", "首页", None, "办公室", "bgs", 7)
    lost = Found("还没有登记", case="ZX-2026-0001")
    keep_run(
        site.bureau.agency,
        [
            judged("columns_updated", [old], fails_at=None),
            judged("links", [dead]),
            judged("messages", [lost]),
            judged("guide", []),
            *more,
        ],
        nightly=True,
    )


def seen(client: Client) -> str:
    response = client.get(DESK)
    assert response.status_code == 200
    return str(response.content.decode())


def test_it_works(inspected: SmallSite, as_user: Callable[..., Client]) -> None:
    desk = as_user(inspected.bureau.information_office)
    shown = seen(desk)
    assert 'href="http://testserver/xxgk/gzdt/"' in shown and "（7 个页面）" in shown
    assert "律师管理处（1 项）" in shown and "办公室（1 项）" in shown
    assert "ZX-2026-0001：还没有登记" in shown
    assert "不合格 2，提醒 1，合格 1" in shown
    assert "/desk/inspection/" in desk.get("/desk/").content.decode()
    assert list(english(shown)) == []


def test_a_unit_reads_its_own_entries_only(
    inspected: SmallSite, as_user: Callable[..., Client]
) -> None:
    shown = seen(as_user(inspected.bureau.editor))
    assert "最近更新 2026-01-01" in shown
    assert "/no/ 打不开" not in shown and "ZX-2026-0001" not in shown
    assert "没有要您处理的" not in shown


def test_whoever_has_no_such_post_reads_nothing(
    inspected: SmallSite, as_user: Callable[..., Client]
) -> None:
    for nobody in (inspected.bureau.nobody, inspected.bureau.network_security):
        assert as_user(nobody).get(DESK).status_code in {302, 403}
        quiet = f"{DESK}columns/{inspected.news.pk}/"
        assert as_user(nobody).get(quiet).status_code in {302, 403, 404}


def test_a_quiet_column_is_confirmed_with_a_reason_and_a_day(
    inspected: SmallSite, as_user: Callable[..., Client]
) -> None:
    desk, address = as_user(inspected.bureau.editor), f"{DESK}columns/{inspected.news.pk}/"
    assert address in seen(desk)
    assert list(english(desk.get(address).content.decode())) == []
    until = clock.today() + timedelta(days=30)
    for facts in ({"reason": "", "until": until}, {"reason": "没有会议", "until": "2036-01-01"}):
        assert desk.post(address, facts).status_code == 422
    assert not NothingHappened.objects.exists()
    done = desk.post(address, {"reason": "本季度没有会议", "until": until.isoformat()})
    assert done.status_code == 302 and done["Location"] == DESK
    shown = seen(desk)
    assert "本季度没有会议" in shown and "不计" in shown and address not in shown


def test_before_the_first_run_it_says_so(site: SmallSite, as_user: Callable[..., Client]) -> None:
    assert "还没有查过" in seen(as_user(site.bureau.supervisor))


def test_thirty_runs_are_shown_and_counted(
    inspected: SmallSite, as_user: Callable[..., Client]
) -> None:
    for _ in range(31):
        keep(inspected)
    shown = seen(as_user(inspected.bureau.supervisor))
    assert shown.count("<meter") == 30 and "最近 30 次自查" in shown and "不合格 30 次" in shown
