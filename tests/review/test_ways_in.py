"""Every way in which Wagtail 8 can make something public, walked: each is refused, or gated.

Read from Wagtail's actions, management commands, model methods and admin screens; a new version
that adds one of these fails ``test_no_way_was_added``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from small_site import SmallSite, approve, draft, fresh, item, read_again
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import (
    DraftStateMixin,
    GroupApprovalTask,
    Locale,
    Page,
    Workflow,
    WorkflowTask,
)

from gongkai import clock
from gongkai.catalogue.models import ColumnPage, HomePage, ItemPage
from gongkai.catalogue.queries import unreviewed_live_pages
from gongkai.refusal import Refused
from gongkai.review.models import Sheet
from gongkai.review.pages import submit_page

pytestmark = pytest.mark.django_db

Way = Callable[[SmallSite, ItemPage], Any]
REFUSALS = (Refused, PermissionDenied, IntegrityError)


@pytest.fixture
def site(one_small_site: SmallSite) -> SmallSite:
    return read_again(one_small_site)


def plain_workflow(page: ItemPage) -> Any:
    """A workflow of Wagtail's own, as an administrator could make one."""
    task = GroupApprovalTask.objects.create(name="随便谁")
    workflow = Workflow.objects.create(name="绕过")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow.start(page, None)


def due_yesterday(page: ItemPage) -> None:
    page.go_live_at = clock.now() - timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")


def through_review_with_a_timer(site: SmallSite, page: ItemPage) -> None:
    page.go_live_at = clock.now() + timedelta(days=1)
    submit_page(page, by=site.bureau.editor)


def new_locale() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def approve_the_task_alone(page: ItemPage, site: SmallSite) -> None:
    submit_page(page, by=site.bureau.editor)
    for _ in range(2):
        state = fresh(page).current_workflow_task_state
        state.approve(user=site.bureau.superuser)


COPY = {"slug": "copy", "index_number": "copy"}
WAYS: dict[str, Way] = {
    "a revision, by a superuser": lambda s, p: p.save_revision().publish(user=s.bureau.superuser),
    "a revision, by nobody": lambda s, p: p.save_revision().publish(),
    "a revision, checks skipped": lambda s, p: p.save_revision().publish(
        skip_permission_checks=True
    ),
    "a revision of the base page": lambda s, p: (
        p.save_revision(), Page.objects.get(pk=p.pk).get_latest_revision().publish()
    ),
    "PublishPageRevisionAction": lambda s, p: PublishPageRevisionAction(p.save_revision()).execute(
        skip_permission_checks=True
    ),
    "PublishRevisionAction": lambda s, p: PublishRevisionAction(p.save_revision()).execute(
        skip_permission_checks=True
    ),
    "a changed publication": lambda s, p: p.save_revision().publish(
        changed=False, log_action=False, previous_revision=None
    ),
    "live is saved": lambda s, p: (setattr(p, "live", True), p.save()),
    "live alone is saved": lambda s, p: (setattr(p, "live", True), p.save(update_fields=["live"])),
    "the base page is saved live": lambda s, p: _save_base(p, live=True),
    "add_child": lambda s, p: p.get_parent().add_child(instance=_new(p)),
    "add_sibling": lambda s, p: p.add_sibling("right", instance=_new(p)),
    "copy, live kept": lambda s, p: CopyPageAction(
        p, to=p.get_parent(), keep_live=True, update_attrs=COPY | {"live": True}
    ).execute(skip_permission_checks=True),
    "Page.copy": lambda s, p: p.copy(update_attrs=COPY | {"live": True}, keep_live=True),
    "copy of a live page": lambda s, p: item(s, "另一件").copy(update_attrs=COPY, keep_live=True),
    "copy of a live column with everything": lambda s, p: s.news.copy(
        recursive=True, update_attrs={"slug": "copy"}, keep_live=True
    ),
    "alias": lambda s, p: CreatePageAliasAction(p, update_slug="alias").execute(
        skip_permission_checks=True
    ),
    "alias of a live column": lambda s, p: s.news.create_alias(update_slug="alias"),
    "alias of a live item": lambda s, p: item(s, "另一件").create_alias(update_slug="alias"),
    "translation": lambda s, p: CopyPageForTranslationAction(
        p, new_locale(), copy_parents=True
    ).execute(skip_permission_checks=True),
    "translation as an alias": lambda s, p: s.home.copy_for_translation(new_locale(), alias=True),
    "a live item is moved": lambda s, p: MovePageAction(
        item(s, "另一件"), s.policy, pos="last-child"
    ).execute(skip_permission_checks=True),
    "the timer": lambda s, p: due_yesterday(p),
    "a timer under review": through_review_with_a_timer,
    "a workflow of Wagtail's own": lambda s, p: plain_workflow(p).finish(),
    "a task is approved past the sheet": lambda s, p: approve_the_task_alone(p, s),
    "the workflow is finished": lambda s, p: (
        submit_page(p, by=s.bureau.editor), fresh(p).current_workflow_state.finish()
    ),
    "a live page is changed": lambda s, p: _change(item(s, "另一件")),
    "a live page is changed as base": lambda s, p: _save_base(item(s, "另一件"), title="偷换"),
    "a live page takes an old revision": lambda s, p: _change_by_revision(item(s, "另一件")),
    "a live page leaves": lambda s, p: UnpublishPageAction(item(s, "另一件")).execute(
        skip_permission_checks=True
    ),
    "the timer takes a live page away": lambda s, p: _expire(item(s, "另一件")),
}  # fmt: skip


def _new(page: ItemPage) -> ItemPage:
    return ItemPage(title="旁门", slug="x", index_number="x", unit=page.unit)


def _save_base(page: ItemPage, **facts: Any) -> None:
    base = Page.objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(base, name, value)
    base.save()


def _change(page: ItemPage) -> None:
    page.title = "偷换的标题"
    page.save()


def _change_by_revision(page: ItemPage) -> None:
    page.title = "偷换的标题"
    page.save_revision().publish(skip_permission_checks=True)


def _expire(page: ItemPage) -> None:
    page.expire_at = clock.now() - timedelta(days=1)
    page.save(update_fields=["expire_at"])
    call_command("publish_scheduled")


def public() -> set[str]:
    pages = [*HomePage.objects.live(), *ColumnPage.objects.live(), *ItemPage.objects.live()]
    return {f"{page.subject} {page.title}" for page in pages}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_refused(site, way: str) -> None:
    page, before = draft(site), public()
    with pytest.raises(REFUSALS), transaction.atomic():
        WAYS[way](site, page)
    assert public() == before
    assert unreviewed_live_pages() == []


FORM = {
    "title": "新", "document_number": "", "signed_on": "", "source": "", "theme": "", "genre": "",
    "keywords": "", "summary": "", "body-count": "0", "validity": "", "valid_from": "",
    "valid_to": "", "disclosure_item": "", "attribute": "proactive", "attribute_ground": "",
    "interprets": "", "unit": "{unit}", "action-publish": "1",
    **{f"{name}-{part}_FORMS": number for name in ("attachments", "comments") for part, number in
       {"TOTAL": "0", "INITIAL": "0", "MIN_NUM": "0", "MAX_NUM": "1000"}.items()},
}  # fmt: skip
SCREENS: dict[str, tuple[str, dict[str, Any]]] = {
    "publish in the editor": ("/desk/pages/{pk}/edit/", FORM),
    "a timer in the editor": (
        "/desk/pages/{pk}/edit/", FORM | {"go_live_at": "2020-01-01 08:00", "expire_at": ""}
    ),
    "publish a new page": ("/desk/pages/add/catalogue/itempage/{parent}/", FORM),
    "a revision is brought back": ("/desk/pages/{pk}/revisions/{revision}/revert/", FORM),
    "bulk publish": ("/desk/bulk/wagtailcore/page/publish/?id={pk}&next=/desk/", {}),
    "bulk move": ("/desk/bulk/wagtailcore/page/move/?id={pk}&next=/desk/", {"chooser": "{policy}"}),
    "copy": (
        "/desk/pages/{pk}/copy/",
        {"new_title": "复件", "new_slug": "copy", "new_parent_page": "{parent}",
         "publish_copies": "on"},
    ),
    "copy as an alias": (
        "/desk/pages/{pk}/copy/",
        {"new_title": "复件", "new_slug": "copy", "new_parent_page": "{parent}", "alias": "on"},
    ),
    "an alias becomes a page": ("/desk/pages/{pk}/convert_alias/", {}),
    "approve as superuser": ("/desk/pages/workflow/action/{pk}/approve/{task}/", {}),
    "move": ("/desk/pages/{pk}/move/{policy}/confirm/", {}),
    "unpublish": ("/desk/pages/{pk}/unpublish/", {}),
}  # fmt: skip


@pytest.mark.parametrize("who", ["superuser", "editor", "information_office"])
@pytest.mark.parametrize("screen", SCREENS)
def test_each_screen_is_shut(site, screen: str, who: str) -> None:
    page, before = draft(site), public()
    address, facts = SCREENS[screen]
    if "{task}" in address:
        submit_page(page, by=site.bureau.editor)
        page = fresh(page)
    task = page.current_workflow_task_state
    numbers = {
        "pk": page.pk, "parent": site.news.pk, "policy": site.policy.pk, "task": task and task.pk,
        "revision": page.save_revision().pk, "unit": page.unit_id,
    }  # fmt: skip
    client = Client(raise_request_exception=False)
    client.force_login(getattr(site.bureau, who))
    sent = {name: value.format(**numbers) for name, value in facts.items()}
    answer = client.post(address.format(**numbers), sent)
    assert answer.status_code < 500
    call_command("publish_scheduled")
    assert public() == before
    assert fresh(page).get_parent().pk == site.news.pk
    assert not Sheet.objects.filter(subject=page.subject, decisions__isnull=False).exists()


def test_the_one_way_that_is_open_is_the_review(site) -> None:
    page = draft(site)
    submit_page(page, by=site.bureau.editor)
    for person in (site.bureau.unit_head, site.bureau.information_office):
        page = approve(page, person)
    assert page.live


def test_no_way_was_added() -> None:
    """What Wagtail offers today; a new action, command or draft model asks to be walked here."""
    folder = Path(wagtail.__file__).parent
    actions = {p.stem for p in (folder / "actions").glob("*.py")} - {"__init__", "base", "registry"}
    assert actions == {
        "convert_alias", "copy_for_translation", "copy_page", "create", "create_alias",
        "create_page", "delete", "delete_page", "edit", "edit_page", "move_page",
        "publish_page_revision", "publish_revision", "revert_to_page_revision",
        "revert_to_revision", "unpublish", "unpublish_page",
    }  # fmt: skip
    commands = {p.stem for p in (folder / "management" / "commands").glob("*.py")} - {"__init__"}
    assert commands == {
        "api_tokens", "convert_mariadb_uuids", "create_log_entries_from_revisions", "fixtree",
        "move_pages", "publish_scheduled", "publish_scheduled_pages", "purge_embeds",
        "purge_revisions", "rebuild_references_index", "set_url_paths", "show_references_index",
    }  # fmt: skip
    drafts = {m for m in apps.get_models() if issubclass(m, DraftStateMixin)}
    assert drafts == {Page, HomePage, ColumnPage, ItemPage}


def test_wagtails_own_api_documents_and_pages_are_not_served() -> None:
    """A document is public when it is uploaded, a write route publishes: neither is mounted."""
    for name in ("wagtaildocs_serve", "wagtailimages_serve", "wagtail_serve", "api-1:index"):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=[1, "x"] if "docs" in name else [])
    installed = {config.name for config in apps.get_app_configs()}
    assert not installed & {
        "wagtail.api.v2",
        "wagtail.api.v3",
        "wagtail.contrib.simple_translation",
    }


def test_the_command_that_moves_pages_is_refused(site) -> None:
    live = item(site)
    with pytest.raises(Refused, match="不能移动"), transaction.atomic():
        call_command("move_pages", site.news.pk, site.policy.pk)
    assert fresh(live).get_parent().pk == site.news.pk
