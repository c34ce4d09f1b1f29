"""回头看: what is public is screened again, settled or taken down from every outlet at once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from mailbox_world import bureau, case_at
from people import person
from small_site import draft, item, read_again, released

from gongkai import clock, screening
from gongkai.agencies.actions import appoint
from gongkai.agencies.rules import Role
from gongkai.cases.rules import Stage
from gongkai.channels.models import Post
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.ledger.queries import entries_about
from gongkai.publishing.actions import publish_pending
from gongkai.refusal import NotPermitted, Refused
from gongkai.review import actions, lookback, outlets, screen
from gongkai.review.models import LookBack, Sheet
from gongkai.review.rules import look_back_is_due

pytestmark = pytest.mark.django_db

# Invented: the check digit is right, the person does not exist.
IDENTITY = "110101199003074514"
LEAK = [("text", f"<p>联系人身份证号{IDENTITY}。</p>")]


@pytest.fixture
def site(one_small_site):
    return read_again(one_small_site)


@pytest.fixture
def overlooked(site, monkeypatch):
    """An item whose number yesterday's rules did not know."""
    with monkeypatch.context() as patch:
        patch.setattr(screening, "screen_text", lambda *_, **__: ())
        patch.setattr(screen, "EDITION", "2020-01.1")
        return item(site, "律师名册公示", body=LEAK)


def sheet_of(page) -> Sheet:
    return Sheet.objects.get(subject=page.subject, state=Sheet.State.RELEASED)


def test_it_finds_in_public_what_older_rules_overlooked(overlooked, site) -> None:
    item(site, "工作会议召开")
    run = lookback.look_at_everything()
    assert [sheet.title for sheet in lookback.found()] == ["律师名册公示"]
    assert (run.found, run.seen) == (1, Sheet.objects.filter(state="released").count())
    told = entries_about("review").last()
    assert told.verb == "review.looked_back" and told.data["found"] == 1


def test_a_clean_look_back_keeps_no_second_copy_of_what_was_found(site) -> None:
    page = item(site)
    before = sheet_of(page).screenings.count()
    lookback.look_at_everything()
    lookback.look_at_everything()
    assert sheet_of(page).screenings.count() == before


def test_a_pass_goes_on_where_it_stopped(overlooked, site) -> None:
    public = Sheet.objects.filter(state=Sheet.State.RELEASED).count()
    rounds = 0
    while (run := lookback.go_on(limit=1)) is not None and run.ended_at is None:
        rounds += 1
    assert (LookBack.objects.count(), rounds, run.seen) == (1, public, public)
    with clock.set_to(datetime(2026, 5, 20, 20, tzinfo=clock.SHANGHAI)):
        LookBack.objects.update(begun_at=clock.now())
        assert lookback.go_on() is None


@pytest.mark.parametrize(
    ("last", "now", "edition", "due"),
    [
        ("2026-05-20 02:00", "2026-05-20 23:00", "a", False),
        ("2026-05-20 02:00", "2026-05-21 00:30", "a", False),
        ("2026-05-20 02:00", "2026-05-21 01:00", "a", True),
        ("2026-05-20 02:00", "2026-05-21 09:00", "a", False),
        ("2026-05-20 02:00", "2026-05-20 09:00", "b", True),
    ],
)
def test_a_pass_begins_each_night_and_under_new_rules_at_once(last, now, edition, due) -> None:
    moments = [datetime.fromisoformat(moment) for moment in (last, now)]
    assert look_back_is_due(edition, "a", *moments) is due
    assert look_back_is_due(edition, "", None, moments[1])


def test_taking_down_is_one_action_for_every_outlet(site, monkeypatch) -> None:
    sheet_file = store(
        "附表".encode(), "附表.txt", agency=site.bureau.agency, by=site.bureau.editor
    )
    with monkeypatch.context() as patch:
        patch.setattr(screening, "screen_text", lambda *_, **__: ())
        page = draft(site, "名册", body=LEAK, attachments=[(sheet_file, "附表")])
        page = released(page, site.bureau)
    place = f"/{page.index_number.rpartition('/')[2]}"
    written = [path for path in publish_pending().written if place in path]
    lookback.look_at_everything()
    sheet = sheet_of(page)
    with pytest.raises(NotPermitted):
        lookback.take_down(sheet, by=site.bureau.editor, reason="含身份证号")
    with pytest.raises(Refused, match="理由"):
        lookback.take_down(sheet, by=site.bureau.information_office, reason=" ")
    lookback.take_down(sheet, by=site.bureau.information_office, reason="含身份证号")
    removed = publish_pending().removed
    page.refresh_from_db()
    assert not page.live and written and set(written) <= set(removed)
    sheet_file.refresh_from_db()
    assert sheet_file.state == StoredFile.State.WITHDRAWN
    assert not Post.objects.filter(subject=page.subject).exclude(state="withdrawn").exists()
    told = next(e for e in entries_about(page.subject) if e.verb == "review.taken_down")
    assert told.data == {"found": ["居民身份证号"], "reason": "含身份证号"}
    assert lookback.found() == []
    with pytest.raises(Refused, match="没有公开"):
        lookback.take_down(sheet, by=site.bureau.information_office, reason="再撤一次")


def test_a_finding_may_stay_with_two_peoples_reason(overlooked, site) -> None:
    lookback.look_at_everything()
    sheet = sheet_of(overlooked)
    key = sheet.screenings.first().findings[0]["key"]
    actions.settle(sheet, key, reason="号码为虚构示例", by=site.bureau.information_office)
    assert lookback.found() == [sheet]
    second = person("second", "王乙")
    appoint(second, site.bureau.office, Role.INFORMATION_OFFICE, start=date(2000, 1, 1))
    actions.settle(sheet, key, reason="同意", by=second)
    assert lookback.found() == []
    lookback.look_at_everything()
    assert lookback.found() == []


def test_of_an_answer_only_what_everybody_reads_is_looked_at() -> None:
    b = bureau("other")
    case = case_at(Stage.ANSWERED, b)
    sheet = Sheet.objects.get(subject__startswith=case.subject, state=Sheet.State.RELEASED)
    material = outlets.outlet_of(sheet.subject).read(sheet.subject)
    assert set(material.texts) == {"公开标题", "公开来信", "公开答复"}
    private = case_at(Stage.ANSWERED, b, consent=False)
    quiet = Sheet.objects.get(subject__startswith=private.subject, state=Sheet.State.RELEASED)
    assert outlets.outlet_of(quiet.subject).read(quiet.subject) is None


def test_what_nobody_registered_is_not_passed_over() -> None:
    with pytest.raises(Refused, match="不知道"):
        outlets.outlet_of("video:3")
