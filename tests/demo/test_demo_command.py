"""``gongkai demo``: what it prints, that it builds once, that every colour of the lamp is there."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Site

from gongkai import clock
from gongkai.agencies.actions import found_agency
from gongkai.agencies.models import User
from gongkai.cases.models import Case
from gongkai.cases.queries import find_for_citizen, lamps_of
from gongkai.cases.rules import Lamp
from gongkai.demo import bureau
from gongkai.demo.asking import invented_credit_code, invented_id
from gongkai.demo.pictures import draw
from gongkai.demo.replay import Replay
from gongkai.demo.scenes import SCENES
from gongkai.ledger.models import Entry
from gongkai.publishing.queries import differences
from gongkai.review.models import Sheet
from gongkai.review.queries import open_findings, waiting_step
from tests.demo.conftest import Demo

pytestmark = pytest.mark.django_db


def test_it_prints_addresses_logins_and_a_case_that_can_be_looked_up(demo: Demo) -> None:
    assert "http://127.0.0.1:8010/" in demo.printed
    assert "http://pufa.localhost:8010/" in demo.printed
    for login in ("xxb", "ld", "bj", "cz", "bm", "lsc", "gzc", "jcs", "sfjd", "aq", "sj"):
        assert re.search(rf"^  {login} +\S", demo.printed, re.MULTILINE), login
    number = re.search(r"编号 +(\S+)", demo.printed)
    code = re.search(r"查询码 +(\S+)", demo.printed)
    assert number and code
    assert find_for_citizen(number[1], code[1]) is not None
    assert find_for_citizen(number[1], "0000-0000-0000-0000") is None


def test_a_second_run_builds_nothing_and_prints_the_same(demo: Demo) -> None:
    before, out = Case.objects.count(), io.StringIO()
    call_command("demo", port=8010, stdout=out)
    assert out.getvalue() == demo.printed
    assert Case.objects.count() == before


def test_another_port_moves_both_sites_and_their_pages(demo: Demo) -> None:
    assert "127.0.0.1:8010" in demo.page("portal", "/")
    call_command("demo", port=8011, stdout=io.StringIO())
    assert set(Site.objects.values_list("port", flat=True)) == {8011}
    assert "127.0.0.1:8010" not in demo.page("portal", "/")
    call_command("demo", port=8010, stdout=io.StringIO())
    assert "127.0.0.1:8010" in demo.page("portal", "/")


def test_the_published_tree_is_a_full_fresh_export(demo: Demo) -> None:
    assert list(differences()) == []


def test_nobody_is_a_superuser_and_everybody_has_the_password(demo: Demo) -> None:
    assert not User.objects.filter(is_superuser=True).exists()
    for username in ("xxb", "jcgz-ll", "lsc-cz"):
        assert User.objects.get(username=username).check_password(bureau.PASSWORD)


def test_the_ledger_tells_the_years_in_order(demo: Demo) -> None:
    times = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert times[0].year == 2014
    assert times == sorted(times)
    assert times[-1] <= clock.now()


def test_every_colour_of_the_lamp_is_there(demo: Demo) -> None:
    shown = {lamp for _, (lamp, _) in lamps_of(Case.objects.select_related("agency"))}
    assert shown == set(Lamp)


def test_items_wait_at_each_step_and_one_has_findings(demo: Demo) -> None:
    waiting = [s for s in Sheet.objects.filter(state="open") if s.subject.startswith("item:")]
    assert {waiting_step(sheet) for sheet in waiting} == {"unit", "information_office", "leader"}
    assert [f.label for s in waiting for f in open_findings(s)] == ["居民身份证号"]
    assert Sheet.objects.filter(state=Sheet.State.RETURNED).exists()


def test_reset_spares_a_database_that_holds_somebody_else(demo: Demo) -> None:
    found_agency(
        code="other", name="另一机关", short_name="另一", number_prefix="另", index_code="9"
    )
    with pytest.raises(CommandError, match="以外的机关"):
        call_command("demo", reset=True)
    assert Case.objects.exists()


def test_acts_are_done_in_order_of_time_and_none_in_the_future() -> None:
    done: list[str] = []
    replay = Replay()
    today = clock.today()
    replay.at(today.replace(year=today.year + 1), 9, 0, lambda: done.append("later"))
    replay.at(today.replace(year=2014, day=1), 9, 0, lambda: done.append("2014"))
    replay.at(today.replace(year=2014, day=1), 9, 0, lambda: done.append("2014 too"))
    moments = []
    replay.at(today.replace(year=today.year + 1), 9, 0, lambda: moments.append(clock.now()))
    assert replay.run() == 4
    assert done == ["2014", "2014 too", "later"]
    assert moments[0] <= clock.now()


def test_every_scene_is_drawn_and_drawn_again_alike() -> None:
    for scene in SCENES:
        assert draw(scene, seed="甲") == draw(scene, seed="甲")
    assert draw("street", seed="甲") != draw("street", seed="乙")


def test_invented_numbers_belong_to_no_region() -> None:
    assert invented_id(7).startswith("999999")
    assert len(invented_credit_code(7)) == 18
