"""What is released is carried to every channel, and taken from each when it is withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from carrying import TODAY, account, post_of, public_item, said
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from people import Bureau

from gongkai.catalogue.actions import create_draft
from gongkai.catalogue.models import ColumnPage, ItemPage
from gongkai.channels import actions, queries
from gongkai.channels.models import Post
from gongkai.channels.rules import objection_to_posted
from gongkai.channels.sending import send_queued
from gongkai.channels.signals import accounts_changed
from gongkai.refusal import Refused
from gongkai.review.models import Sheet
from gongkai.review.pages import submit_page, withdraw_page
from gongkai.review.queries import released_hash
from gongkai.review.signals import released

pytestmark = pytest.mark.django_db


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
