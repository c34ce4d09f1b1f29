"""Every act on channels: bad entries are refused, each is its duty and on record."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from acts import found_off_the_record, on_record, verbs
from carrying import TODAY, account, post_of, public_item, said
from people import Bureau, small_bureau

from gongkai.catalogue.models import ColumnPage
from gongkai.channels import actions
from gongkai.channels.actions import accounts, posts
from gongkai.channels.actions import voices as voice_actions
from gongkai.channels.models import Post
from gongkai.clock import SHANGHAI
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.models import Sheet

pytestmark = pytest.mark.django_db


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
