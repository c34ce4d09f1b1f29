"""The page that only ``release`` can make public, and Wagtail's workflow bound to the sheet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester, Revision, Workflow, WorkflowState

from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.files.models import StoredFile
from gongkai.refusal import Refused
from gongkai.review import actions, release
from gongkai.review.models import Attribute, Sheet
from gongkai.review.outlets import Material, Outlet
from gongkai.review.queries import sheet_of
from gongkai.review.rules import PATH_LABELS, Path, Verdict

QUIET = frozenset({
    "draft_title", "latest_revision", "latest_revision_created_at", "has_unpublished_changes",
    "locked", "locked_by", "locked_at", "path", "depth", "numchild", "url_path",
    "expired", "go_live_at", "expire_at", "wagtail_admin_comments",
})  # fmt: skip


# What every page shows of itself.
SHOWN = ("title", "slug", "seo_title", "search_description")


@cache
def _bookkeeping() -> frozenset[str]:
    """Wagtail's own fields: not content, so not part of what is reviewed."""
    return frozenset(field.name for field in Page._meta.get_fields()) - frozenset(SHOWN)


def workflow_name(path: str) -> str:
    """The name of the workflow of a review path."""
    return f"公开审查：{PATH_LABELS[Path(path)]}"


class GatedTester(PagePermissionTester):
    """Nobody publishes, unpublishes, copies or moves by hand: the review does it."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Any) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only what was never public: a public item is withdrawn, and stays on record."""
        return bool(self.page.first_published_at is None and super().can_delete(ignore_bulk))


class GatedPage(Page):
    """Base of every page of the sites: live only through ``release``."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name="责任处室", null=True
    )

    # Facts that the release itself sets; they are kept when an older revision comes back.
    release_fields: Sequence[str] = ()

    class Meta:
        abstract = True

    @property
    def agency(self) -> Agency:
        """The organ whose page this is."""
        assert self.unit is not None
        return self.unit.agency

    @property
    def subject(self) -> str:
        """The name under which review and ledger know this page."""
        return f"page:{self.pk}"

    def clean(self) -> None:
        """A title is one line, whatever was pasted into its field."""
        title: str = getattr(self, "title", "")
        self.title = "".join(line.strip() for line in title.splitlines())
        super().clean()

    def review_path(self) -> str:
        """Which hands this page passes through."""
        return Path.STANDARD

    def reviewed_texts(self) -> dict[str, str]:
        """What the public will read, by place."""
        return {"标题": self.title}

    def reviewed_files(self) -> list[StoredFile]:
        """The files that become public with the page."""
        return []

    def before_review(self) -> None:
        """Refuse here what nobody should be asked to review."""

    def before_release(self) -> None:
        """Set the facts that only the release knows; called on the stored page."""

    def content(self) -> dict[str, Any]:
        """Everything that is reviewed, without Wagtail's bookkeeping and without row ids."""
        kept = {
            name: value
            for name, value in self.serializable_data().items()
            if name not in _bookkeeping() and name not in self.release_fields
        }
        kept.pop("pk", None)
        for name, value in kept.items():
            kept[name] = _without_row_ids(value)
            if isinstance(value, str) and isinstance(self._meta.get_field(name), StreamField):
                # PostgreSQL gives the keys of its JSON back in another order.
                kept[name] = json.loads(value)
        kept["files"] = sorted(file.sha256 for file in self.reviewed_files())
        return kept

    def content_hash(self) -> str:
        """SHA-256 over ``content``: what people approve, and what must be live."""
        text = json.dumps(self.content(), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def permissions_for_user(self, user: Any) -> GatedTester:
        return GatedTester(user, self)

    def get_workflow(self) -> Any:
        return Workflow.objects.get(name=workflow_name(self.review_path()))

    @property
    def has_workflow(self) -> bool:
        return True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        for name in self.release_fields:
            setattr(page, name, getattr(self, name))
        return page

    def move(self, target: Any, pos: Any = None, user: Any = None) -> None:
        """A public page stays where it was released: its address and column were reviewed too."""
        self.refuse_a_move()
        super().move(target, pos=pos, user=user)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses to let a page become live, or a live page change, outside a release.

        Wagtail makes ``add_child(instance=Page(...))`` and ``copy(keep_live=True)`` live without
        asking anybody; this is where that ends.
        """
        if not release.is_open():
            self._refuse_unreviewed_change(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def refuse_a_move(self) -> None:
        """Also asked by Wagtail's own action and command, which do not come through ``move``."""
        if self.live or self.get_descendants().live().exists():
            raise Refused("已公开的内容不能移动。请先撤回，在新栏目重新提交审查。")

    def refuse_a_schedule(self) -> None:
        """Public at a time that nobody watches: the timer would publish past the sheet."""
        if self.go_live_at or self.expire_at:
            raise Refused("本系统不定时公开或下架：审查通过即公开。请删去定时后再提交。")

    def _refuse_unreviewed_change(self, update_fields: Any) -> None:
        if update_fields is not None and set(update_fields) <= QUIET:
            return
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if self.live and (stored is None or not stored.live):
            raise Refused("内容须经审查通过后由系统公开，不能直接发布。")
        if (
            stored is not None
            and stored.live
            and (not self.live or stored.content_hash() != self.content_hash())
        ):
            raise Refused("已公开的内容须经审查后更换，不能直接修改。")


def _without_row_ids(value: Any) -> Any:
    """Rows of a child relation as content: numbers of rows change when a draft goes live."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{k: v for k, v in row.items() if k not in {"pk", "page"}} for row in value]
    return value


@transaction.atomic
def submit_page(page: GatedPage, *, by: User) -> WorkflowState:
    """Save the page as a new revision and start its review."""
    require(by, Duty.ITEM_WRITE, page.agency, page.unit)
    revision = page.save_revision(user=by)
    page.refresh_from_db()
    sheet_for(revision, by)
    earlier = page.current_workflow_state
    if earlier is not None:
        if earlier.status == WorkflowState.STATUS_IN_PROGRESS:
            raise Refused("本件正在审查中，请等审查意见，或先撤回提交。")
        # A returned version starts again from the first step: nobody has read the new one yet.
        earlier.cancel(user=by)
    state: WorkflowState = page.get_workflow().start(page, by)
    return state


@transaction.atomic
def decide_page(page: GatedPage, verdict: Verdict, *, by: User, reason: str = "") -> None:
    """Decide at the page's current step, as the editor's buttons do."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise Refused("本件已不在审查中，请刷新页面后再看。")
    task_state = state.current_task_state.specific
    action = "approve" if verdict == Verdict.APPROVE else "reject"
    task_state.task.specific.on_action(task_state, by, action, comment=reason)


def sheet_for(revision: Revision, drafter: User | None = None) -> Sheet:
    """The sheet of exactly this revision's content, opened and screened if there is none yet."""
    page: GatedPage = revision.as_object()
    known = sheet_of(page.subject, page.content_hash())
    if known is not None and known.state != Sheet.State.OPEN and drafter is None:
        return known
    author = drafter or revision.user
    assert page.unit is not None and author is not None
    if known is not None and known.state == Sheet.State.OPEN:
        return known
    page.refuse_a_schedule()
    page.before_review()
    return actions.submit(
        subject=page.subject,
        title=page.title,
        content_hash=page.content_hash(),
        texts=page.reviewed_texts(),
        files=page.reviewed_files(),
        unit=page.unit,
        drafter=author,
        path=page.review_path(),
        attribute=getattr(page, "attribute", "proactive"),
        ground=getattr(page, "attribute_ground", ""),
    )


def finish(revision: Revision, *, by: Any) -> None:
    """The last hand agreed: what is to be public is released; what is to be given on application
    only, or withheld, was reviewed as such and stays inside.
    """
    page: GatedPage = revision.as_object()
    sheet = sheet_of(page.subject, page.content_hash())
    approved = sheet is not None and sheet.state == Sheet.State.APPROVED
    if not (approved and sheet is not None and sheet.attribute != Attribute.PROACTIVE):
        _release(page, revision, sheet, by)


def release_revision(revision: Revision, *, by: Any) -> None:
    """Publish exactly the reviewed revision."""
    page: GatedPage = revision.as_object()
    _release(page, revision, sheet_of(page.subject, page.content_hash()), by)


def _release(page: GatedPage, revision: Revision, sheet: Sheet | None, by: Any) -> None:
    if sheet is None:
        raise Refused("这一版内容没有审查表，不能公开。")
    if sheet.attribute != Attribute.PROACTIVE:
        raise Refused(f"本件的公开属性是“{sheet.get_attribute_display()}”，不能主动公开。")
    page.refuse_a_schedule()

    def publish() -> None:
        stored = type(page).objects.get(pk=page.pk)
        stored.before_release()
        Revision.objects.get(pk=revision.pk).publish(user=by, skip_permission_checks=True)

    release.release(sheet, publish, by=by)


@transaction.atomic
def withdraw_page(page: GatedPage, *, by: User, reason: str) -> None:
    """Withdraw a public page from every outlet (information office or leader)."""
    post = require(by, Duty.ITEM_WITHDRAW, page.agency, page.unit)
    if not page.live:
        raise Refused("本件现在没有公开，无需撤回。")
    if page.get_descendants().live().exists():
        raise Refused("本栏目下还有已公开的内容，请先逐件撤回或移出。")
    release.withdraw(
        page.subject,
        lambda: UnpublishPageAction(page, user=by).execute(skip_permission_checks=True),
        by=by,
        post=str(post),
        reason=reason,
    )


def material_of(page: GatedPage | None) -> Material | None:
    """What the public reads of a page now; None when it is not public."""
    if page is None or not page.live:
        return None
    return Material(page.reviewed_texts(), page.reviewed_files())


def _page(subject: str) -> GatedPage | None:
    found = Page.objects.filter(pk=int(subject.partition(":")[2])).first()
    return found.specific if found is not None else None


def _take_away(subject: str, *, by: User, reason: str) -> None:
    page = _page(subject)
    if page is None:
        raise Refused("本件现在没有公开，无需撤下。")
    withdraw_page(page, by=by, reason=reason)


PAGES = Outlet(read=lambda subject: material_of(_page(subject)), take_away=_take_away)
"""Pages that are known by their number (``page:12``): columns and sites."""
