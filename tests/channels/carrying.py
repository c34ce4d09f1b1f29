"""Accounts, posts and voices for the tests of channels, made by the real actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from people import Bureau

from gongkai.catalogue.actions import create_draft
from gongkai.catalogue.models import ColumnPage, ItemPage
from gongkai.channels import actions
from gongkai.channels.models import Account, Post, Voice
from gongkai.clock import SHANGHAI
from gongkai.review.pages import GatedPage, decide_page, submit_page
from gongkai.review.rules import Verdict

NOW = datetime(2014, 6, 16, 10, tzinfo=SHANGHAI)
TODAY = NOW.date()
OPENED = date(2014, 1, 1)


def pass_review(page: GatedPage, b: Bureau) -> Any:
    """Submitted, read by two others, public."""
    submit_page(page, by=b.information_office)
    for who in (b.confidentiality, b.second_office):
        page = type(page).objects.get(pk=page.pk)
        decide_page(page, Verdict.APPROVE, by=who)
    return type(page).objects.get(pk=page.pk)


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


def said(b: Bureau, on: Account, by: Any = None, **facts: Any) -> Voice:
    given = {"at": datetime(2014, 6, 1, 9, tzinfo=SHANGHAI), "text": "考试何时报名？", **facts}
    return actions.record_voice(on, by=by or b.information_office, **given)
