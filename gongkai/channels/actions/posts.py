"""Posts: made only of what was released, gone when it is withdrawn."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.channels import rules
from gongkai.channels.models import Post
from gongkai.channels.queries import address_of, item_of, subscribers
from gongkai.channels.rules import State
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.models import Sheet
from gongkai.review.queries import released_hash

_INTERRUPTED = "发送中断，请先到平台核对是否已发出"


@transaction.atomic
def queue_posts(sheet: Sheet) -> list[Post]:
    """Queue what was just released on every open account that carries its column.

    Called inside the release. A post of an older version of the same item is withdrawn.
    """
    item = item_of(sheet.subject)
    if item is None or sheet.state != Sheet.State.RELEASED:
        return []
    _withdraw(Post.objects.filter(subject=sheet.subject).exclude(content_hash=sheet.content_hash))
    queued = []
    for account in subscribers(item):
        post, new = Post.objects.get_or_create(
            account=account, subject=sheet.subject, content_hash=sheet.content_hash,
            defaults={"title": item.title, "url": address_of(item), "queued_at": clock.now()},
        )  # fmt: skip
        if new:
            queued.append(post)
            record("post.queued", sheet.subject, data=_told(post))
    return queued


@transaction.atomic
def withdraw_posts(subject: str) -> int:
    """The item was withdrawn: its posts may stand nowhere. How many there were."""
    return _withdraw(Post.objects.filter(subject=subject))


@transaction.atomic
def mark_posted(post: Post, *, platform_id: str, by: User) -> Post:
    """A person posted it by hand and says where it stands."""
    seat = require(by, Duty.CHANNEL_MANAGE, post.account.agency)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    objection = rules.objection_to_posted(
        post.state, post.content_hash, released_hash(post.subject), platform_id
    )
    if objection:
        raise Refused(objection, field="platform_id")
    _posted(post, platform_id.strip(), by)
    record("post.posted", post.subject, by=by, post=str(seat), data=_told(post))
    return post


@transaction.atomic
def confirm_taken_down(post: Post, *, by: User) -> Post:
    """A person removed a withdrawn post from its platform."""
    seat = require(by, Duty.CHANNEL_MANAGE, post.account.agency)
    if post.state != State.WITHDRAWN or not post.platform_id or post.taken_down_at:
        raise Refused("此条没有待删除的平台内容，请刷新页面。")
    post.taken_down_at = clock.now()
    post.save(update_fields=["taken_down_at"])
    record("post.taken_down", post.subject, by=by, post=str(seat), data=_told(post))
    return post


@transaction.atomic
def claim(post: Post) -> bool:
    """Take a queued post for sending; false when another worker has it or it may not go out.

    It counts as failed until the platform answers: a post that may be out is not sent twice.
    """
    if released_hash(post.subject) != post.content_hash:
        return False
    claimed = Post.objects.filter(pk=post.pk, state=State.QUEUED).update(
        state=State.FAILED, error=_INTERRUPTED
    )
    if claimed:
        record("post.sending", post.subject, data=_told(post))
    return bool(claimed)


@transaction.atomic
def mark_sent(post: Post, platform_id: str) -> None:
    """The platform took a claimed post. If it was withdrawn meanwhile, it must be taken down."""
    post.refresh_from_db()
    if post.state == State.WITHDRAWN:
        post.platform_id = platform_id
        post.save(update_fields=["platform_id"])
    else:
        _posted(post, platform_id, None)
    record("post.posted", post.subject, data=_told(post))


@transaction.atomic
def mark_failed(post: Post, error: str) -> None:
    """The platform refused a claimed post."""
    Post.objects.filter(pk=post.pk, state=State.FAILED).update(error=error[:300])
    record("post.failed", post.subject, data=_told(post))


@transaction.atomic
def requeue(post: Post, *, by: User) -> Post:
    """Try a failed post again, after a look at the platform."""
    seat = require(by, Duty.CHANNEL_MANAGE, post.account.agency)
    if not Post.objects.filter(pk=post.pk, state=State.FAILED).update(state=State.QUEUED, error=""):
        raise Refused("此条不在失败状态，请刷新页面。")
    record("post.requeued", post.subject, by=by, post=str(seat), data=_told(post))
    post.refresh_from_db()
    return post


def _withdraw(posts: QuerySet[Post]) -> int:
    count = 0
    for post in posts.exclude(state=State.WITHDRAWN):
        post.state, post.withdrawn_at = State.WITHDRAWN, clock.now()
        post.save(update_fields=["state", "withdrawn_at"])
        record("post.withdrawn", post.subject, data=_told(post))
        count += 1
    return count


def _posted(post: Post, platform_id: str, by: User | None) -> None:
    post.state, post.platform_id, post.error = State.POSTED, platform_id[:300], ""
    post.posted_at, post.posted_by = clock.now(), by
    post.save(update_fields=["state", "platform_id", "error", "posted_at", "posted_by"])


def _told(post: Post) -> dict[str, str]:
    return {
        "account": post.account.subject, "hash": post.content_hash, "at": post.platform_id,
    }  # fmt: skip
