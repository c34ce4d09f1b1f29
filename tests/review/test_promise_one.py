"""Promise 1 under random acts: whatever is live is what different people approved, exactly.

One site for all examples; each example runs in a transaction of its own that is taken back.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import in_process
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from small_site import SmallSite, draft, fresh, small_site
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from gongkai import clock, screening
from gongkai.catalogue.models import Attachment, ItemPage
from gongkai.catalogue.queries import unreviewed_live_pages
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.refusal import Refused
from gongkai.review import actions
from gongkai.review.drafts import mask_draft, take_back_page
from gongkai.review.models import Decision, Sheet
from gongkai.review.pages import decide_page, submit_page, withdraw_page
from gongkai.review.queries import findings_of, open_findings
from gongkai.review.rules import STEPS, Path, Verdict
from gongkai.review.signals import released

pytestmark = pytest.mark.django_db

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
PEOPLE = ("editor", "liaison", "unit_head", "confidentiality", "information_office", "leader",
          "superuser", "nobody")  # fmt: skip
TEXTS = (
    "会议讨论了公共法律服务。",
    "联系人张某，手机13800001234。",
    "身份证号990101199003078535，请核对。",
    "机密★10年　关于某事的通知。",
)
which = st.integers(0, 2)
who = st.sampled_from(PEOPLE)
# An alias or copy also fails on the index number that two items cannot share.
REFUSALS = (Refused, PermissionDenied, ValidationError, IntegrityError)


class Editors(RuleBasedStateMachine):
    """Three items, and people who try everything with them."""

    site: SmallSite

    def __init__(self) -> None:
        super().__init__()
        self.round = transaction.atomic()
        self.round.__enter__()
        self.items = [draft(self.site, "第一件"), draft(self.site, "第二篇", into=self.site.policy)]
        self.items.append(draft(self.site, "第三份"))
        self.tried = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.round.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> None:
        """An act stands whole or not at all, as in a request."""
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            pass

    def item(self, n: int) -> ItemPage:
        return fresh(self.items[n])

    def newest(self, n: int) -> ItemPage:
        return self.item(n).get_latest_revision_as_object()

    def person(self, name: str) -> Any:
        return getattr(self.site.bureau, name)

    @initialize()
    def one_is_public_with_a_file(self) -> None:
        """Random acts alone seldom bring anything out; from here on each act has what to spoil."""
        self.all_hands_agree(0, TEXTS[0], True)
        assert self.item(0).live

    @rule(n=which, text=st.sampled_from(TEXTS), file=st.booleans(), by=who)
    def write(self, n: int, text: str, file: bool, by: str) -> None:
        self.tried += 1

        def act() -> None:
            page = self.newest(n)
            page.title, page.body = f"第{self.tried}稿", [("text", f"<p>{text}</p>")]
            if file:
                content = f"附表 {self.tried % 4}".encode()
                stored = store(content, "附表.txt", agency=page.agency, by=self.person(by))
                page.attachments.set([Attachment(file=stored, title="附表")])
            page.save_revision(user=self.person(by))

        self.attempt(act)

    @rule(n=which, by=who)
    def submit(self, n: int, by: str) -> None:
        self.attempt(lambda: submit_page(self.newest(n), by=self.person(by)))

    @rule(n=which, by=who, verdict=st.sampled_from(list(Verdict)))
    def decide(self, n: int, by: str, verdict: Verdict) -> None:
        person = self.person(by)
        self.attempt(lambda: decide_page(self.item(n), verdict, by=person, reason="请修改"))

    @rule(n=which, text=st.sampled_from(("", TEXTS[0], TEXTS[-1])), file=st.booleans())
    def all_hands_agree(self, n: int, text: str, file: bool) -> None:
        """The way by which something does become public; findings are settled by two."""
        if text:
            self.take_back(n, "editor")
            self.write(n, text, file, "editor")
        self.attempt(lambda: submit_page(self.newest(n), by=self.site.bureau.editor))
        b = self.site.bureau
        for sheet in Sheet.objects.filter(subject=self.items[n].subject, state="open"):
            for finding in open_findings(sheet):
                for by in (b.unit_head, b.confidentiality):
                    self.settle_one(sheet, finding.key, by)
        for by in (b.unit_head, b.information_office, b.leader):
            self.attempt(lambda by=by: decide_page(self.item(n), Verdict.APPROVE, by=by))

    @rule(n=which, by=who)
    def settle(self, n: int, by: str) -> None:
        for sheet in Sheet.objects.filter(subject=self.items[n].subject):
            for finding in findings_of(sheet):
                self.settle_one(sheet, finding["key"], self.person(by))

    def settle_one(self, sheet: Sheet, key: str, by: Any) -> None:
        self.attempt(lambda: actions.settle(sheet, key, reason="虚构的号码", by=by))

    @rule(n=which, by=who)
    def take_back(self, n: int, by: str) -> None:
        self.attempt(lambda: take_back_page(self.item(n), by=self.person(by)))

    @rule(n=which, by=who)
    def mask(self, n: int, by: str) -> None:
        self.attempt(lambda: mask_draft(self.item(n), by=self.person(by)))

    @rule(n=which, by=who)
    def withdraw(self, n: int, by: str) -> None:
        self.attempt(lambda: withdraw_page(self.item(n), by=self.person(by), reason="有误"))

    @rule(n=which, by=who, permitted=st.booleans())
    def publish_by_hand(self, n: int, by: str, permitted: bool) -> None:
        page, user = self.newest(n), self.person(by)
        self.attempt(
            lambda: page.save_revision().publish(user=user, skip_permission_checks=permitted)
        )

    @rule(n=which)
    def an_older_revision_comes_back(self, n: int) -> None:
        first = self.item(n).revisions.order_by("created_at").first()
        if first is not None:
            self.attempt(lambda: first.publish(skip_permission_checks=True))

    @rule(n=which, base=st.booleans())
    def save_live(self, n: int, base: bool) -> None:
        page = Page.objects.get(pk=self.items[n].pk) if base else self.item(n)
        page.live, page.title = True, "没有人看过的标题"
        self.attempt(page.save)

    @rule(n=which)
    def copy(self, n: int) -> None:
        self.tried += 1
        page, name = self.item(n), f"copy-{self.tried}"
        self.attempt(lambda: CopyPageAction(
            page, to=page.get_parent(), keep_live=True,
            update_attrs={"slug": name, "index_number": name},
        ).execute(skip_permission_checks=True))  # fmt: skip

    @rule(n=which)
    def alias(self, n: int) -> None:
        self.tried += 1
        page, name = self.item(n), f"alias-{self.tried}"
        parent = page.get_parent()
        self.attempt(
            lambda: CreatePageAliasAction(page, parent=parent, update_slug=name).execute(
                skip_permission_checks=True
            )
        )

    @rule(n=which)
    def move(self, n: int) -> None:
        self.attempt(lambda: self.item(n).move(self.site.policy, pos="last-child"))

    @rule(n=which)
    def unpublish(self, n: int) -> None:
        page = self.item(n)
        self.attempt(lambda: UnpublishPageAction(page).execute(skip_permission_checks=True))

    @rule(n=which, past=st.booleans())
    def schedule(self, n: int, past: bool) -> None:
        def act() -> None:
            page = self.newest(n)
            page.go_live_at = clock.now() + timedelta(days=-1 if past else 1)
            page.save_revision(approved_go_live_at=page.go_live_at)

        self.attempt(act)
        self.attempt(lambda: call_command("publish_scheduled"))

    @invariant()
    def what_is_live_was_approved(self) -> None:
        assert unreviewed_live_pages() == []
        public = {s.subject: s for s in Sheet.objects.filter(state=Sheet.State.RELEASED)}
        for page in ItemPage.objects.filter(live=True):
            sheet = public[page.subject]
            assert sheet.content_hash == page.content_hash()
            agreed = Decision.objects.filter(
                sheet=sheet, verdict=Verdict.APPROVE, content_hash=sheet.content_hash
            )
            steps = dict(agreed.values_list("step", "by"))
            assert set(steps) == set(STEPS[Path(page.review_path())])
            assert len({*steps.values(), sheet.drafter_id}) == len(steps) + 1
            assert not open_findings(sheet)

    @invariant()
    def what_is_on_a_public_sheet_is_public(self) -> None:
        subjects = {page.subject for page in ItemPage.objects.filter(live=True)}
        sheets = Sheet.objects.filter(state=Sheet.State.RELEASED, subject__startswith="item:")
        assert {sheet.subject for sheet in sheets} == subjects
        assert sheets.count() == len(subjects)
        named = {sha256 for sheet in sheets for sha256 in sheet.files}
        out = StoredFile.objects.filter(state=StoredFile.State.RELEASED)
        assert set(out.values_list("sha256", flat=True)) == named


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> type[Editors]:
    monkeypatch.setattr(screening, "screen_files_isolated", in_process.screen_files)

    class OfThisSite(Editors):
        site = small_site()

    return OfThisSite


def run(machine: type[Editors], *, examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=not DEEP,
        database=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # shrinking hundreds of queries takes minutes
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=chosen)


def test_whatever_people_try_only_the_approved_is_live(machine, monkeypatch) -> None:
    seen: list[str] = []
    released.connect(listener := lambda subject, **_: seen.append(subject))
    examples = 200 if DEEP else 10
    run(machine, examples=examples, steps=40 if DEEP else 15)
    released.disconnect(listener)
    assert len(seen) >= examples


def publishing_unseen(people: Editors) -> None:
    people.publish_by_hand(2, "editor", permitted=True)


def approving_with_a_finding_open(people: Editors) -> None:
    people.write(2, TEXTS[2], file=False, by="editor")
    people.submit(2, "editor")
    for by in ("unit_head", "information_office"):
        people.decide(2, by, Verdict.APPROVE)


def withdrawing(people: Editors) -> None:
    people.withdraw(0, "information_office")


# What is switched off, and the acts of above that then break the promise.
FAULTS: dict[str, tuple[dict[str, Any], Callable[[Editors], None]]] = {
    "the page's guard sleeps": (
        {"gongkai.review.pages.GatedPage._refuse_unreviewed_change": lambda *_: None},
        publishing_unseen,
    ),
    "findings stop nobody": (
        {
            "gongkai.review.actions.deciding.open_findings": lambda _: [],
            "gongkai.review.release.open_findings": lambda _: [],
        },
        approving_with_a_finding_open,
    ),
    "files stay when their item goes": (
        {"gongkai.review.release._withdraw_files": lambda *_: None},
        withdrawing,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(machine, monkeypatch, fault: str) -> None:
    switched_off, acts = FAULTS[fault]
    assert holds_after(machine, acts)
    for place, instead in switched_off.items():
        monkeypatch.setattr(place, instead)
    assert not holds_after(machine, acts)


def holds_after(machine: type[Editors], acts: Callable[[Editors], None]) -> bool:
    people = machine()
    try:
        people.one_is_public_with_a_file()
        acts(people)
        people.what_is_live_was_approved()
        people.what_is_on_a_public_sheet_is_public()
    except AssertionError:
        return False
    finally:
        people.teardown()
    return True
