"""Promise 1: nothing is public that two people have not approved exactly as it is."""

from __future__ import annotations

import pytest
from small_site import approve, draft, fresh, item, read_again
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import WorkflowState

from gongkai.catalogue.models import ItemPage
from gongkai.catalogue.queries import unreviewed_live_pages
from gongkai.ledger.queries import entries_about
from gongkai.refusal import NotPermitted, Refused
from gongkai.review import actions, release
from gongkai.review.models import Sheet
from gongkai.review.pages import decide_page, submit_page, withdraw_page
from gongkai.review.rules import Verdict

pytestmark = pytest.mark.django_db

# Invented: the check digit is right, the person does not exist.
IDENTITY = "110101199003074514"


@pytest.fixture
def site(one_small_site):
    return read_again(one_small_site)


def test_it_works(site) -> None:
    page = item(site)
    assert page.live
    assert page.sequence == 1
    assert page.released_at is not None
    assert unreviewed_live_pages() == []
    told = [e.verb for e in entries_about(page.subject)]
    verbs = [verb for verb in told if not verb.startswith("page.")]  # the desk mirrors Wagtail's
    assert verbs == [
        "item.created", "review.screened", "review.submitted", "review.approved",
        "review.approved", "review.released",
    ]  # fmt: skip


def test_the_leader_decides_where_the_column_asks(site) -> None:
    page = draft(site, into=site.policy)
    submit_page(page, by=site.bureau.editor)
    page = approve(page, site.bureau.unit_head)
    page = approve(page, site.bureau.information_office)
    assert not page.live
    assert approve(page, site.bureau.leader).live


def test_nobody_reviews_an_own_draft_or_twice(site) -> None:
    from gongkai.agencies.actions import appoint
    from gongkai.agencies.rules import Role

    bureau = site.bureau
    appoint(bureau.editor, bureau.lawyers, Role.UNIT_HEAD, start=bureau.editor.date_joined.date())
    appoint(
        bureau.unit_head, bureau.office, Role.INFORMATION_OFFICE,
        start=bureau.editor.date_joined.date(),
    )  # fmt: skip
    page = draft(site)
    submit_page(page, by=bureau.editor)
    with pytest.raises(Refused, match="起草人不能审查"):
        approve(page, bureau.editor)
    page = approve(page, bureau.unit_head)
    with pytest.raises(Refused, match="前一环节"):
        approve(page, bureau.unit_head)
    assert not fresh(page).live


@pytest.mark.parametrize("who", ["liaison", "supervisor", "nobody", "superuser", "leader"])
def test_the_wrong_post_decides_nothing(site, who: str) -> None:
    page = draft(site)
    submit_page(page, by=site.bureau.editor)
    with pytest.raises(NotPermitted, match="应由"):
        approve(page, getattr(site.bureau, who))


def test_a_finding_stops_the_item_until_it_is_corrected(site) -> None:
    bureau = site.bureau
    page = draft(site, body=[("text", f"<p>张某，身份证号{IDENTITY}</p>")])
    submit_page(page, by=bureau.editor)
    with pytest.raises(Refused, match="身份证"):
        approve(page, bureau.unit_head)
    decide_page(fresh(page), Verdict.RETURN, by=bureau.unit_head, reason="请删去身份证号")
    page = fresh(page).get_latest_revision_as_object()
    page.body = [("text", "<p>张某，情况属实</p>")]
    submit_page(page, by=bureau.editor)
    page = approve(page, bureau.unit_head)
    page = approve(page, bureau.information_office)
    assert page.live
    assert IDENTITY not in page.body_text


def test_a_blocking_finding_is_settled_by_two_reviewers_with_reasons(site) -> None:
    bureau = site.bureau
    page = draft(site, body=[("text", f"<p>举例号码{IDENTITY}</p>")])
    submit_page(page, by=bureau.editor)
    sheet = Sheet.objects.get(subject=page.subject)
    key = next(f["key"] for f in sheet.screenings.first().findings if f["severity"] == "block")
    with pytest.raises(Refused, match="为什么"):
        actions.settle(sheet, key, reason=" ", by=bureau.unit_head)
    with pytest.raises((Refused, NotPermitted)):
        actions.settle(sheet, key, reason="虚构号码", by=bureau.editor)
    actions.settle(sheet, key, reason="虚构号码", by=bureau.unit_head)
    with pytest.raises(Refused, match="身份证"):
        approve(page, bureau.unit_head)
    actions.settle(sheet, key, reason="虚构号码", by=bureau.confidentiality)
    assert not approve(page, bureau.unit_head).live


def test_a_secrecy_mark_has_no_override(site) -> None:
    page = draft(site, body=[("text", "<p>机密★10年　关于某事的通知</p>")])
    submit_page(page, by=site.bureau.editor)
    sheet = Sheet.objects.get(subject=page.subject)
    finding = next(f for f in sheet.screenings.first().findings if not f["overridable"])
    with pytest.raises(Refused, match="涉密标志"):
        actions.settle(sheet, finding["key"], reason="无妨", by=site.bureau.unit_head)


def test_returning_needs_a_reason(site) -> None:
    page = draft(site)
    submit_page(page, by=site.bureau.editor)
    with pytest.raises(Refused, match="退回理由"):
        decide_page(fresh(page), Verdict.RETURN, by=site.bureau.unit_head)


def test_exactly_the_reviewed_revision_goes_live(site) -> None:
    """An edit saved between submission and approval is reviewed itself before it is public."""
    page = draft(site)
    submit_page(page, by=site.bureau.editor)
    page = approve(page, site.bureau.unit_head)
    later = fresh(page)
    later.title = "没有人看过的标题"
    later.save_revision(user=site.bureau.editor)
    page = approve(page, site.bureau.information_office)
    assert not page.live
    with pytest.raises(NotPermitted):
        approve(page, site.bureau.information_office)
    page = approve(page, site.bureau.unit_head)
    page = approve(page, site.bureau.information_office)
    assert page.live
    assert page.title == "没有人看过的标题"
    assert unreviewed_live_pages() == []


def test_the_finish_action_publishes_the_reviewed_revision_not_the_newest(site) -> None:
    from gongkai.review.pages import release_revision

    page = draft(site)
    submit_page(page, by=site.bureau.editor)
    reviewed = fresh(page).get_latest_revision()
    later = fresh(page)
    later.title = "没有人看过的标题"
    later.save_revision(user=site.bureau.editor)
    sheet = Sheet.objects.get(subject=page.subject)
    actions.decide(sheet, Verdict.APPROVE, by=site.bureau.unit_head)
    actions.decide(sheet, Verdict.APPROVE, by=site.bureau.information_office)
    release_revision(reviewed, by=site.bureau.information_office)
    assert fresh(page).live
    assert fresh(page).title == "律师工作座谈会召开"
    assert unreviewed_live_pages() == []


SIDE_DOORS = {
    "superuser publishes": lambda page, root: page.save_revision().publish(user=root),
    "publish without a user": lambda page, root: page.save_revision().publish(),
    "live is saved": lambda page, root: (setattr(page, "live", True), page.save()),
    "add_child of a live page": lambda page, root: page.get_parent().add_child(
        instance=ItemPage(title="旁门", slug="x", index_number="x", unit=page.unit)
    ),
    "copy that keeps live": lambda page, root: CopyPageAction(
        page, to=page.get_parent(), keep_live=True, user=root,
        update_attrs={"slug": "y", "index_number": "y", "live": True},
    ).execute(skip_permission_checks=True),
    "alias": lambda page, root: CreatePageAliasAction(
        page, parent=page.get_parent(), update_slug="z", user=root
    ).execute(),
}  # fmt: skip


@pytest.mark.parametrize("door", SIDE_DOORS)
def test_side_doors_are_shut(site, door: str) -> None:
    page = draft(site)
    with pytest.raises((Refused, PublishPagePermissionError, Exception)) as error:
        SIDE_DOORS[door](page, site.bureau.superuser)
    assert not isinstance(error.value, AttributeError | TypeError)
    assert not ItemPage.objects.filter(live=True).exists()


def test_a_live_page_cannot_be_changed_without_review(site) -> None:
    page = item(site)
    page.title = "偷换的标题"
    with pytest.raises(Refused, match="不能直接修改"):
        page.save()
    assert fresh(page).title == "律师工作座谈会召开"


def test_a_live_page_cannot_be_moved(site) -> None:
    page = item(site)
    assert not page.permissions_for_user(site.bureau.superuser).can_move_to(site.policy)
    with pytest.raises(Refused, match="不能移动"):
        page.move(site.policy, pos="last-child")
    assert fresh(page).get_parent().pk == site.news.pk


def test_a_change_under_the_table_is_found(site) -> None:
    """The planted fault: a row changed by SQL shows up as an unreviewed live page."""
    page = item(site)
    ItemPage.objects.filter(pk=page.pk).update(title="偷换的标题")
    assert unreviewed_live_pages() == [page]


def test_withdrawal_needs_a_reason_and_the_right_post(site) -> None:
    page = item(site)
    with pytest.raises(Refused, match="撤回理由"):
        withdraw_page(page, by=site.bureau.information_office, reason="")
    with pytest.raises(NotPermitted):
        withdraw_page(page, by=site.bureau.editor, reason="错了")
    withdraw_page(page, by=site.bureau.information_office, reason="数字有误")
    assert not fresh(page).live
    assert Sheet.objects.get(subject=page.subject).state == Sheet.State.WITHDRAWN


def test_release_refuses_a_sheet_that_is_not_approved(site) -> None:
    page = draft(site)
    submit_page(page, by=site.bureau.editor)
    sheet = Sheet.objects.get(subject=page.subject)
    with pytest.raises(Refused, match="尚缺"):
        release.release(sheet, lambda: pytest.fail("published"), by=site.bureau.leader)


def test_a_new_version_starts_from_the_first_step(site) -> None:
    bureau = site.bureau
    page = draft(site)
    submit_page(page, by=bureau.editor)
    page = approve(page, bureau.unit_head)
    decide_page(page, Verdict.RETURN, by=bureau.information_office, reason="标题改短")
    page = fresh(page).get_latest_revision_as_object()
    page.title = "座谈会召开"
    submit_page(page, by=bureau.editor)
    with pytest.raises(NotPermitted):
        approve(page, bureau.information_office)
    assert WorkflowState.objects.filter(status="in_progress").count() == 1
