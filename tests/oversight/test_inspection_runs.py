"""Runs of the self-inspection: kept, told once, and a quiet column confirmed by a person."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import in_process
import pytest
from acts import found_off_the_record, on_record
from django.core.management import CommandError, call_command
from people import Bureau, small_bureau
from small_site import SmallSite, item, small_site

from gongkai import clock, screening
from gongkai.ledger.models import Entry
from gongkai.outbox.queries import on_desk_of
from gongkai.oversight import actions
from gongkai.oversight.actions import inspecting
from gongkai.oversight.inspection import TITLES, Found, Indicator, Verdict, inspect, judged, merged
from gongkai.oversight.inspection.guide import missing, placeholders
from gongkai.oversight.inspection.indicators import LISTED
from gongkai.oversight.inspection.limits import months_before, oldest_allowed
from gongkai.oversight.models import InspectionRun
from gongkai.oversight.queries import last_run
from gongkai.publishing.actions import publish_pending
from gongkai.refusal import NotPermitted, Refused

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, tzinfo=clock.SHANGHAI)
NIGHT = datetime(2026, 11, 26, 2, tzinfo=clock.SHANGHAI)


def nothing(words: str, *, site: str) -> list[tuple[str, str]]:
    return []


def dead(page: str = "/xxgk/", unit: str = "lsc", pages: int = 1) -> Indicator:
    found = Found("/no/ 打不开", "portal", page, "栏目", 1, "处", unit, pages)
    return judged("links", [found])


def notices(bureau: Bureau, role: str = "unit_head") -> list[str]:
    rows = on_desk_of(getattr(bureau, role).username).filter(kind="inspection")
    return [row.body for row in rows]


@pytest.fixture
def bureau() -> Bureau:
    return small_bureau()


@pytest.fixture
def site(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    monkeypatch.setattr(screening, "screen_files_isolated", in_process.screen_files)
    settings.TREE_ROOT, settings.FILES_ROOT = tmp_path / "tree", tmp_path / "files"
    with clock.set_to(NOON):
        made = small_site()
        item(made)
        publish_pending()
    return made


def test_it_works(site: SmallSite, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.set_to(NOON), pytest.raises(SystemExit) as left:
        call_command("inspect")
    assert left.value.code == 1
    printed = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in printed["indicators"]] == list(TITLES)
    by_id = {row["id"]: row for row in printed["indicators"]}
    assert by_id["guide"]["verdict"] == "fail" and by_id["search"]["verdict"] == "pass"
    assert by_id["columns_empty"]["found"][0]["column"] == "政策文件"
    run = InspectionRun.objects.get()
    assert run.indicators == printed["indicators"] and not run.nightly
    assert Entry.objects.filter(verb="site.inspected").count() == 1
    assert notices(site.bureau) == []


def test_without_a_public_site_the_command_cannot_do_it(bureau: Bureau) -> None:
    with pytest.raises(CommandError) as told:
        call_command("inspect")
    assert told.value.returncode == 2 and not InspectionRun.objects.exists()


def test_the_timer_inspects_once_a_night_and_at_once_when_it_never_did(site: SmallSite) -> None:
    with clock.set_to(NOON):
        assert len(actions.inspect_nightly(nothing)) == 1
        assert actions.inspect_nightly(nothing) == []
    with clock.set_to(NOON + timedelta(days=1)):
        assert actions.inspect_nightly(nothing) == []
    with clock.set_to(NIGHT):
        assert len(actions.inspect_nightly(nothing)) == 1
        assert actions.inspect_nightly(nothing) == []


def test_what_was_not_found_is_searched_for_again(site: SmallSite) -> None:
    asked: list[str] = []

    def search(words: str, *, site: str) -> list[tuple[str, str]]:
        asked.append(words)
        return []

    agency = site.bureau.agency
    run = actions.inspect_now(agency, search)
    assert run is not None
    (missed,) = run.found_of("search")
    asked.clear()
    inspect(agency, search, again=[("portal", missed["page"]), ("portal", "/gone/")])
    assert asked == ["律师工作座谈会召开"]


def test_a_unit_hears_once_and_again_only_of_what_is_new(bureau: Bureau) -> None:
    agency = bureau.agency
    actions.keep_run(agency, [dead()], nightly=True)
    assert len(notices(bureau)) == 1 and "/no/ 打不开" in notices(bureau)[0]
    actions.keep_run(agency, [dead(pages=7)], nightly=True)
    assert len(notices(bureau)) == 1
    actions.keep_run(agency, [dead("/other/")])
    assert len(notices(bureau)) == 1, "a run by hand tells nobody"
    actions.keep_run(agency, [dead("/other/")], nightly=True)
    assert len(notices(bureau)) == 2
    actions.keep_run(agency, [judged("links", [])], nightly=True)
    actions.keep_run(agency, [dead("/other/")], nightly=True)
    assert len(notices(bureau)) == 3, "gone and back is new"


def test_whom_no_unit_head_answers_for_the_information_office_hears(bureau: Bureau) -> None:
    actions.keep_run(bureau.agency, [dead(unit=""), dead("/b/", unit="bgs")], nightly=True)
    assert notices(bureau) == []
    assert len(notices(bureau, "information_office")) == 1


def test_what_a_note_excuses_is_told_to_nobody(bureau: Bureau) -> None:
    quiet = judged("columns_updated", [Found("旧", unit_code="lsc", note="已确认")])
    assert quiet.verdict == Verdict.PASS
    actions.keep_run(bureau.agency, [quiet], nightly=True)
    assert notices(bureau) == []


def stale(site: SmallSite, today: date) -> Indicator:
    return next(i for i in inspect(site.bureau.agency, nothing, today=today)
                if i.id == "columns_updated")  # fmt: skip


def test_a_confirmed_column_passes_with_a_note_until_its_day(site: SmallSite) -> None:
    later = TODAY + timedelta(days=30)
    assert stale(site, later).verdict == Verdict.WARN
    with clock.set_to(NOON):
        actions.confirm_nothing_happened(
            site.news, by=site.bureau.editor, reason="本季度没有会议", until=later
        )
    entry = Entry.objects.get(verb="column.confirmed_quiet")
    assert entry.data["until"] == later.isoformat()
    told = stale(site, later)
    assert told.verdict == Verdict.PASS and "本季度没有会议" in told.found[0].note
    assert stale(site, later + timedelta(days=1)).verdict == Verdict.WARN


def test_who_may_not_confirm_and_what_is_no_reason(site: SmallSite) -> None:
    def confirm(by: str = "editor", **facts: Any) -> None:
        asked = {"reason": "没有会议", "until": TODAY + timedelta(days=30)} | facts
        actions.confirm_nothing_happened(
            asked.pop("column", site.news), by=getattr(site.bureau, by), **asked
        )

    with clock.set_to(NOON):
        for role in ("nobody", "superuser", "network_security", "audit_administrator"):
            with pytest.raises(NotPermitted):
                confirm(role)
        for facts in (
            {"reason": " "},
            {"until": TODAY - timedelta(days=1)},
            {"until": TODAY + timedelta(days=93)},
            {"column": site.policy},
        ):
            with pytest.raises(Refused):
                confirm(**facts)
        for role in ("liaison", "unit_head", "supervisor", "information_office"):
            confirm(role)


def test_what_is_kept_and_confirmed_is_on_record(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspecting, "post_message", lambda **facts: None)  # keeps its own record

    def confirm() -> None:
        actions.confirm_nothing_happened(
            site.news, by=site.bureau.editor, reason="没有会议", until=clock.today()
        )

    def keep() -> None:
        actions.keep_run(site.bureau.agency, [dead()], nightly=True)

    for act in (confirm, keep):
        found_off_the_record(monkeypatch, (inspecting,), act)
        with on_record():
            act()


def test_the_numbers_of_the_national_rule() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert oldest_allowed("news", None, TODAY) == date(2026, 11, 11)
    assert oldest_allowed("notice", None, TODAY) == date(2026, 5, 25)
    assert oldest_allowed("news", 180, TODAY) == date(2026, 11, 11), "never laxer"
    assert oldest_allowed("policy", 30, TODAY) == date(2026, 10, 26)
    assert oldest_allowed("guide", None, TODAY) is None
    assert oldest_allowed("guide", 90, TODAY) == date(2026, 8, 27)


def test_a_guide_that_only_points_elsewhere_lacks_its_contacts() -> None:
    pointing = "电话、传真和电子邮箱见通讯录。监督电话：0100-5550102。"
    assert {"联系电话", "传真", "互联网联系方式", "办公地址"} <= set(missing(pointing))
    left = list(placeholders("联系电话：XXX，地址待补充，传真XXX"))
    assert len(left) == 2 and left[0] == "联系电话：XXX" and left[1].endswith("待补充")
    assert not list(placeholders("EXXON 与 A×B 公司"))


def test_a_long_list_is_cut_and_counted_and_organs_are_merged() -> None:
    long = judged("links", (Found(f"{n} 打不开") for n in range(LISTED + 7)))
    assert len(long.found) == LISTED and long.more == 7
    rows = merged([[long.as_json()], [judged("links", []).as_json()]])
    links = next(row for row in rows if row["id"] == "links")
    assert (links["verdict"], len(links["found"]), links["more"]) == ("fail", LISTED, 7)
    assert [row["id"] for row in rows] == list(TITLES)


def test_the_last_nightly_run_is_not_the_last_by_hand(bureau: Bureau) -> None:
    night = actions.keep_run(bureau.agency, [dead()], nightly=True)
    hand = actions.keep_run(bureau.agency, [dead()])
    assert last_run(bureau.agency) == hand and last_run(bureau.agency, nightly=True) == night
