"""Opening and closing accounts, and which columns they carry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.catalogue.models import ColumnPage
from gongkai.channels import rules
from gongkai.channels.models import Account
from gongkai.channels.rules import State
from gongkai.channels.signals import accounts_changed
from gongkai.ledger.actions import record
from gongkai.refusal import Refused

NAME_LENGTH = 80


@transaction.atomic
def open_account(
    agency: Agency, *, by: User, platform: str, name: str, opened_on: date,
    columns: Iterable[ColumnPage] = (),
) -> Account:  # fmt: skip
    """Enter an account and the columns that it carries, theirs below included."""
    post = require(by, Duty.CHANNEL_MANAGE, agency)
    name = name.strip()
    if not name or platform not in rules.PLATFORM_LABELS:
        raise Refused("请选择平台并填写账号名称。", field="name")
    if len(name) > NAME_LENGTH:
        raise Refused(f"账号名称不能超过 {NAME_LENGTH} 个字，请缩短。", field="name")
    if Account.objects.filter(agency=agency, platform=platform, name=name, closed_on=None).exists():
        raise Refused(f"账号“{name}”已登记，无需重复登记。", field="name")
    account = Account.objects.create(
        agency=agency, platform=platform, name=name, opened_on=opened_on
    )
    account.columns.set(_own(columns, agency))
    record("account.opened", account.subject, by=by, post=str(post))
    accounts_changed.send(sender=Account, agency=agency)
    return account


@transaction.atomic
def subscribe(account: Account, columns: Iterable[ColumnPage], *, by: User) -> Account:
    """Change which columns an account carries, from now on."""
    post = require(by, Duty.CHANNEL_MANAGE, account.agency)
    account.columns.set(_own(columns, account.agency))
    slugs = sorted(account.columns.values_list("slug", flat=True))
    record("account.subscribed", account.subject, by=by, post=str(post), data={"columns": slugs})
    return account


@transaction.atomic
def close_account(account: Account, *, by: User, on: date) -> Account:
    """Close an account; what waits for it will not be posted."""
    post = require(by, Duty.CHANNEL_MANAGE, account.agency)
    if account.closed_on is not None:
        raise Refused("账号已停用，无需重复办理。")
    if not account.opened_on <= on <= clock.today():
        raise Refused("停用日期应在开通日期与今天之间。", field="on")
    account.closed_on = on
    account.save(update_fields=["closed_on"])
    account.posts.filter(state__in=rules.WAITING).update(
        state=State.WITHDRAWN, withdrawn_at=clock.now()
    )
    record("account.closed", account.subject, by=by, post=str(post), data={"on": on.isoformat()})
    accounts_changed.send(sender=Account, agency=account.agency)
    return account


def _own(columns: Iterable[ColumnPage], agency: Agency) -> list[ColumnPage]:
    chosen = list(columns)
    if foreign := [c.title for c in chosen if c.agency.pk != agency.pk]:
        raise Refused(f"“{foreign[0]}”不是本机关的栏目，请另选。", field="columns")
    return chosen
