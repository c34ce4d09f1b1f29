from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from acts import found_off_the_record, on_record, verbs
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from people import Bureau, small_bureau

from gongkai import clock
from gongkai.catalogue.actions import create_column, create_draft, found_site
from gongkai.catalogue.models import ColumnPage, ItemPage
from gongkai.channels import actions, queries
from gongkai.channels.actions import accounts, posts
from gongkai.channels.actions import voices as voice_actions
from gongkai.channels.models import Account, Post, Voice
from gongkai.channels.rules import objection_to_posted
from gongkai.channels.sending import send_queued
from gongkai.channels.signals import accounts_changed
from gongkai.clock import SHANGHAI
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.models import Sheet
from gongkai.review.pages import GatedPage, decide_page, submit_page, withdraw_page
from gongkai.review.queries import released_hash
from gongkai.review.rules import Verdict
from gongkai.review.signals import released

pytestmark = pytest.mark.django_db

NOW = datetime(2014, 6, 16, 10, tzinfo=SHANGHAI)
TODAY = NOW.date()
OPENED = date(2014, 1, 1)


@pytest.fixture(autouse=True)
def _day():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def bureau(db) -> Bureau:
    return small_bureau()


@pytest.fixture
def news(bureau: Bureau) -> ColumnPage:
    """信息公开 / 工作动态; whether the columns are public does not matter here."""
    home = found_site(
        bureau.agency, bureau.office, by=bureau.information_office, name="临江市司法局",
        code="portal", hostname="sfj.example.cn", port=80, default=True,
        profile={"kind": "portal", "host_unit": "临江市司法局"},
    )  # fmt: skip
    office = {"by": bureau.information_office, "unit": bureau.office}
    section = create_column(home, title="信息公开", kind="section", slug="xxgk", **office)
    return create_column(section, title="工作动态", kind="news", slug="gzdt", **office)


def pass_review(page: GatedPage, b: Bureau) -> Any:
    """Submitted, read by two others, public."""
    submit_page(page, by=b.information_office)
    for who in (b.confidentiality, b.second_office):
        page = type(page).objects.get(pk=page.pk)
        decide_page(page, Verdict.APPROVE, by=who)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture(autouse=True)
def _second_office(bureau: Bureau) -> None:
    from people import person

    from gongkai.agencies.actions import appoint
    from gongkai.agencies.rules import Role

    bureau.people["second_office"] = person("sfj-second", "信二")
    appoint(bureau.second_office, bureau.office, Role.INFORMATION_OFFICE, start=OPENED)


def account(b: Bureau, by: Any = None, **facts: Any) -> Account:
    given = {"platform": "weibo_sina", "name": "临江司法", "opened_on": OPENED, **facts}
    return actions.open_account(b.agency, by=by or b.information_office, **given)


def public_item(b: Bureau, column: ColumnPage, title: str = "法律援助进社区") -> ItemPage:
    item = create_draft(
        column,
        by=b.information_office,
        title=title,
        unit=b.office,
        body=[("text", "<p>已开展。</p>")],
    )
    return pass_review(item, b)


def post_of(item: ItemPage) -> Post:
    return Post.objects.get(subject=item.subject)


def test_what_is_released_is_queued_where_its_column_is_carried(
    bureau: Bureau, news: ColumnPage
) -> None:
    carries = account(bureau, columns=[news])
    above = account(bureau, platform="wechat", columns=[news.get_parent().specific])
    account(bureau, name="不订阅")
    closed = account(bureau, name="旧号", columns=[news])
    actions.close_account(closed, by=bureau.information_office, on=date(2014, 5, 1))
    account(bureau, name="将开", columns=[news], opened_on=date(2014, 7, 1))
    item = public_item(bureau, news)
    queued = queries.posts_of(item.subject)
    assert {post.account for post in queued} == {carries, above}
    for post in queued:
        assert post.content_hash == released_hash(item.subject) == item.content_hash()
        assert post.title == item.title
        assert post.url == f"http://sfj.example.cn/xxgk/gzdt/{item.slug}/"
        assert post.state == "queued"
    assert set(queries.waiting(bureau.agency)) == set(queued)


def test_no_word_of_a_draft_is_queued(bureau: Bureau, news: ColumnPage) -> None:
    account(bureau, columns=[news])
    draft = create_draft(news, by=bureau.information_office, title="草稿", unit=bureau.office)
    submit_page(draft, by=bureau.information_office)
    assert not Post.objects.exists()
    for state in set(Sheet.State) - {Sheet.State.RELEASED}:
        sheet = Sheet.objects.get(subject=draft.subject)
        sheet.state = state
        assert actions.queue_posts(sheet) == []
    assert not Post.objects.exists()


def test_a_correction_takes_the_place_of_the_old_post(bureau: Bureau, news: ColumnPage) -> None:
    account(bureau, columns=[news])
    item = public_item(bureau, news)
    old = post_of(item)
    actions.mark_posted(old, platform_id="wb-1", by=bureau.information_office)
    sheet = correction_of(item)
    released.send(sender=Sheet, subject=item.subject, sheet=sheet)
    old.refresh_from_db()
    assert old.state == "withdrawn"
    assert list(queries.to_take_down(bureau.agency)) == [old]
    [new] = queries.waiting(bureau.agency)
    assert new.content_hash == sheet.content_hash
    assert new.account == old.account


def correction_of(item: ItemPage) -> Sheet:
    """The sheet of another content of the item, as the release leaves it."""
    sheet = Sheet.objects.get(subject=item.subject)
    Sheet.objects.filter(pk=sheet.pk).update(state=Sheet.State.REPLACED)
    sheet.pk, sheet.content_hash = None, "b" * 64
    sheet.save(force_insert=True)
    return sheet


def test_what_is_withdrawn_is_withdrawn_everywhere(bureau: Bureau, news: ColumnPage) -> None:
    for platform in ("weibo_sina", "wechat"):
        account(bureau, platform=platform, columns=[news])
    item = public_item(bureau, news)
    posted, waiting = queries.posts_of(item.subject)
    actions.mark_posted(posted, platform_id="https://weibo.example/1", by=bureau.information_office)
    withdraw_page(item, by=bureau.information_office, reason="内容有误")
    assert {p.state for p in queries.posts_of(item.subject)} == {"withdrawn"}
    assert list(queries.to_take_down(bureau.agency)) == [posted]
    posted.refresh_from_db()
    actions.confirm_taken_down(posted, by=bureau.information_office)
    assert not queries.to_take_down(bureau.agency).exists()
    with pytest.raises(Refused, match="不能再登记发布"):
        actions.mark_posted(waiting, platform_id="x", by=bureau.information_office)


def test_posting_by_hand_needs_a_proof(bureau: Bureau, news: ColumnPage) -> None:
    account(bureau, columns=[news])
    post = post_of(public_item(bureau, news))
    with pytest.raises(Refused, match="请填写平台上的编号"):
        actions.mark_posted(post, platform_id=" ", by=bureau.information_office)
    assert send_queued(bureau.agency) == 0, "the machine sends nothing by itself"
    post.refresh_from_db()
    assert post.state == "queued"
    actions.mark_posted(post, platform_id="wb-1", by=bureau.information_office)
    post.refresh_from_db()
    assert (post.state, post.posted_by) == ("posted", bureau.information_office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.update(platform_id="")


def test_nothing_is_posted_that_is_not_public_now() -> None:
    assert objection_to_posted("queued", "a", "a", "wb-1") == ""
    assert "立即删除" in objection_to_posted("queued", "a", "b", "wb-1")
    assert "立即删除" in objection_to_posted("queued", "a", "", "wb-1")
    assert objection_to_posted("withdrawn", "a", "a", "wb-1")


class Platform:
    """A platform with an interface, for tests."""

    by_hand = False
    answer: Any = "id-1"

    def send(self, post: Post) -> str:
        assert not isinstance(Platform.answer, Exception) or self._refuse()
        return Platform.answer

    def _refuse(self) -> bool:
        raise Platform.answer


@pytest.fixture
def connected(settings) -> None:
    settings.CHANNEL_ADAPTERS = {"weibo_sina": f"{__name__}.Platform"}
    Platform.answer = "id-1"


def test_an_adapter_sends_once(bureau: Bureau, news: ColumnPage, connected) -> None:
    account(bureau, columns=[news])
    post = post_of(public_item(bureau, news))
    assert send_queued(bureau.agency) == 1
    post.refresh_from_db()
    assert (post.state, post.platform_id, post.posted_by) == ("posted", "id-1", None)
    assert send_queued(bureau.agency) == 0
    assert not actions.claim(post)


def test_a_refusal_is_visible_and_can_be_tried_again(
    bureau: Bureau, news: ColumnPage, connected
) -> None:
    account(bureau, columns=[news])
    post = post_of(public_item(bureau, news))
    Platform.answer = OSError("busy")
    assert send_queued(bureau.agency) == 0
    post.refresh_from_db()
    assert (post.state, post.error) == ("failed", "OSError: busy")
    Platform.answer = "id-2"
    assert send_queued(bureau.agency) == 0, "a person looks first"
    actions.requeue(post, by=bureau.information_office)
    assert send_queued(bureau.agency) == 1


def test_a_crash_in_the_middle_is_not_sent_twice(
    bureau: Bureau, news: ColumnPage, connected
) -> None:
    account(bureau, columns=[news])
    post = post_of(public_item(bureau, news))
    assert actions.claim(post)
    assert send_queued(bureau.agency) == 0
    post.refresh_from_db()
    assert "核对" in post.error


def test_what_was_withdrawn_while_it_was_sent_must_be_taken_down(
    bureau: Bureau, news: ColumnPage
) -> None:
    account(bureau, columns=[news])
    item = public_item(bureau, news)
    post = post_of(item)
    assert actions.claim(post)
    withdraw_page(item, by=bureau.information_office, reason="内容有误")
    actions.mark_sent(post, "id-9")
    post.refresh_from_db()
    assert post.state == "withdrawn"
    assert list(queries.to_take_down(bureau.agency)) == [post]


def test_what_people_say_reaches_a_unit(bureau: Bureau) -> None:
    voice = said(bureau, account(bureau))
    assert list(queries.not_passed_on(bureau.agency)) == [voice]
    actions.pass_voice(
        voice, by=bureau.information_office, unit=bureau.lawyers,
        reference="suggestion:sfj/JY-2014-001",
    )  # fmt: skip
    assert not queries.not_passed_on(bureau.agency).exists()
    assert queries.voices(bureau.agency, 2014).get().unit == bureau.lawyers
    assert not queries.voices(bureau.agency, 2013).exists()


def test_other_rooms_hear_of_accounts(bureau: Bureau) -> None:
    heard = []

    @receiver(accounts_changed, weak=False, dispatch_uid="test")
    def hear(sender: Any, agency: Any, **kwargs: Any) -> None:
        heard.append(agency)

    try:
        opened = account(bureau)
        assert list(queries.open_accounts(bureau.agency)) == [opened]
        actions.close_account(opened, by=bureau.information_office, on=TODAY)
    finally:
        accounts_changed.disconnect(dispatch_uid="test")
    assert heard == [bureau.agency, bureau.agency]
    assert not queries.open_accounts(bureau.agency).exists()
    assert list(queries.open_accounts(bureau.agency, date(2014, 6, 15))) == [opened]


def said(b: Bureau, on: Account, by: Any = None, **facts: Any) -> Voice:
    given = {"at": datetime(2014, 6, 1, 9, tzinfo=SHANGHAI), "text": "考试何时报名？", **facts}
    return actions.record_voice(on, by=by or b.information_office, **given)


BAD: dict[str, tuple[Callable[[Bureau, ColumnPage], Any], str]] = {
    "no name": (lambda b, c: account(b, name=" "), "填写账号名称"),
    "name too long": (lambda b, c: account(b, name="长" * 81), "80"),
    "no such platform": (lambda b, c: account(b, platform="bbs"), "请选择平台"),
    "twice": (lambda b, c: (account(b), account(b)), "无需重复"),
    "another bureau's column": (
        lambda b, c: account(small_bureau("other", "某某区司法局"), columns=[c]),
        "不是本机关的栏目",
    ),
    "closed tomorrow": (
        lambda b, c: actions.close_account(
            account(b), by=b.information_office, on=date(2014, 6, 17)
        ),
        "与今天之间",
    ),
    "nothing said": (lambda b, c: said(b, account(b), text=" "), "留言内容"),
    "said tomorrow": (
        lambda b, c: said(b, account(b), at=datetime(2014, 6, 17, tzinfo=SHANGHAI)),
        "不能晚于现在",
    ),
    "passed to another bureau": (
        lambda b, c: actions.pass_voice(
            said(b, account(b)), by=b.information_office,
            unit=small_bureau("other", "某某区司法局").lawyers,
        ),
        "不是本机关",
    ),
    "taken down though it stands": (
        lambda b, c: actions.confirm_taken_down(waiting(b, c), by=b.information_office),
        "没有待删除",
    ),
    "requeued though it waits": (
        lambda b, c: actions.requeue(waiting(b, c), by=b.information_office),
        "不在失败状态",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_entries_are_refused_and_told_what_to_do(
    bureau: Bureau, news: ColumnPage, name: str
) -> None:
    act, message = BAD[name]
    with pytest.raises(Refused, match=message):
        act(bureau, news)


def waiting(b: Bureau, column: ColumnPage) -> Post:
    account(b, columns=[column])
    return post_of(public_item(b, column))


def claimed(b: Bureau, column: ColumnPage) -> Post:
    post = waiting(b, column)
    actions.claim(post)
    return post


def left_standing(b: Bureau, column: ColumnPage) -> Post:
    post = waiting(b, column)
    actions.mark_posted(post, platform_id="wb-1", by=b.information_office)
    actions.withdraw_posts(post.subject)
    post.refresh_from_db()
    return post


def unqueued(b: Bureau, column: ColumnPage) -> Sheet:
    item = public_item(b, column)
    account(b, columns=[column])
    return Sheet.objects.get(subject=item.subject)


# For each verb: what must be there before, the act by somebody, and whether it is a person's.
ACTS: dict[
    str, tuple[Callable[[Bureau, ColumnPage], Any], Callable[[Bureau, Any, Any], Any], bool]
] = {
    "open_account": (lambda b, c: None, lambda b, x, by: account(b, by), True),
    "subscribe": (
        lambda b, c: (account(b), c),
        lambda b, x, by: actions.subscribe(x[0], [x[1]], by=by),
        True,
    ),
    "close_account": (
        lambda b, c: account(b),
        lambda b, x, by: actions.close_account(x, by=by, on=TODAY),
        True,
    ),
    "queue_posts": (unqueued, lambda b, x, by: actions.queue_posts(x), False),
    "withdraw_posts": (waiting, lambda b, x, by: actions.withdraw_posts(x.subject), False),
    "mark_posted": (
        waiting,
        lambda b, x, by: actions.mark_posted(x, platform_id="wb-1", by=by),
        True,
    ),
    "confirm_taken_down": (
        left_standing,
        lambda b, x, by: actions.confirm_taken_down(x, by=by),
        True,
    ),
    "claim": (waiting, lambda b, x, by: actions.claim(x), False),
    "mark_sent": (claimed, lambda b, x, by: actions.mark_sent(x, "id-1"), False),
    "mark_failed": (claimed, lambda b, x, by: actions.mark_failed(x, "busy"), False),
    "requeue": (claimed, lambda b, x, by: actions.requeue(x, by=by), True),
    "record_voice": (lambda b, c: account(b), said, True),
    "pass_voice": (
        lambda b, c: said(b, account(b)),
        lambda b, x, by: actions.pass_voice(x, by=by, unit=b.lawyers),
        True,
    ),
}
MODULES = (accounts, posts, voice_actions)


def test_no_verb_is_left_out() -> None:
    assert set(actions.__all__) == set(ACTS)
    assert set().union(*map(verbs, MODULES)) == set(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_its_duty_and_on_record(
    bureau: Bureau, news: ColumnPage, name: str, monkeypatch
) -> None:
    before, act, personal = ACTS[name]
    thing, office = before(bureau, news), bureau.information_office
    entries = Entry.objects.count()
    for role in bureau.people.keys() - {"information_office", "second_office"}:
        if personal:
            with pytest.raises(NotPermitted, match="信息办"):
                act(bureau, thing, bureau.people[role])
    assert Entry.objects.count() == entries
    found_off_the_record(monkeypatch, MODULES, lambda: act(bureau, deepcopy(thing), office))
    with on_record():
        act(bureau, thing, office)
    entry = Entry.objects.latest("seq")
    assert entry.actor == (office.username if personal else "system")
    assert "考试何时" not in str(entry.data)
