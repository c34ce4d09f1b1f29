"""The calendar proposes that a document is no longer in force; people decide."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from small_site import approve, draft, fresh, item, read_again, released

from gongkai import clock
from gongkai.catalogue.actions import accept_validity, decline_validity, propose_expiries
from gongkai.catalogue.actions.expiring import ASK_AGAIN_DAYS
from gongkai.catalogue.models import ItemPage, ValidityProposal
from gongkai.catalogue.queries import unreviewed_live_pages
from gongkai.clock import SHANGHAI
from gongkai.ledger.models import Entry
from gongkai.outbox.models import Message
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.pages import decide_page
from gongkai.review.rules import Verdict

pytestmark = pytest.mark.django_db
LAST, AFTER = (
    datetime(2026, 6, 30, 23, 50, tzinfo=SHANGHAI),
    datetime(2026, 7, 1, 1, tzinfo=SHANGHAI),
)


@pytest.fixture
def site(one_small_site):
    with clock.set_to(datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)):
        return read_again(one_small_site)


@pytest.fixture
def rules_of_2026(site) -> ItemPage:
    with clock.set_to(datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)):
        return item(site, "试行办法", validity="valid", valid_to=date(2026, 6, 30))


def test_it_works(site, rules_of_2026) -> None:
    with clock.set_to(LAST):
        assert propose_expiries() == 0
    with clock.set_to(AFTER):
        assert propose_expiries() == 1
        assert fresh(rules_of_2026).validity == "valid"
        told = Message.objects.filter(kind="validity").values_list("recipient", flat=True)
        assert set(told) == {
            p.username for p in (site.bureau.editor, site.bureau.liaison, site.bureau.unit_head)
        }
        proposal = ValidityProposal.objects.get()
        accept_validity(proposal, by=site.bureau.editor)
        assert fresh(rules_of_2026).validity == "valid"
        approve(rules_of_2026, site.bureau.unit_head)
        page = approve(rules_of_2026, site.bureau.information_office)
    assert (page.live, page.validity) == (True, "expired")
    assert unreviewed_live_pages() == []
    acts = set(Entry.objects.values_list("verb", flat=True))
    assert {"validity.proposed", "validity.accepted"} <= acts


def test_every_night_tells_once(site, rules_of_2026) -> None:
    with clock.set_to(AFTER):
        assert [propose_expiries(), propose_expiries()] == [1, 0]
        proposal = ValidityProposal.objects.get()
        decline_validity(proposal, by=site.bureau.unit_head, reason="市政府已批准延期一年")
        assert propose_expiries() == 0
        with pytest.raises(Refused, match="已经处理"):
            accept_validity(proposal, by=site.bureau.editor)
    assert fresh(rules_of_2026).validity == "valid"


def test_what_was_declined_comes_back_after_a_year(site, rules_of_2026) -> None:
    with clock.set_to(AFTER):
        propose_expiries()
        proposal = ValidityProposal.objects.get()
        decline_validity(proposal, by=site.bureau.unit_head, reason="市政府已批准延期一年")
    for days, proposed in ((ASK_AGAIN_DAYS - 1, 0), (ASK_AGAIN_DAYS, 1), (ASK_AGAIN_DAYS + 1, 0)):
        with clock.set_to(AFTER + timedelta(days=days)):
            assert propose_expiries() == proposed, days
    assert list(ValidityProposal.objects.values_list("state", flat=True)) == ["declined", "open"]


def test_what_was_declined_comes_back_when_the_mark_changed(site, rules_of_2026) -> None:
    with clock.set_to(AFTER):
        propose_expiries()
        proposal = ValidityProposal.objects.get()
        decline_validity(proposal, by=site.bureau.unit_head, reason="正在修改")
        page = fresh(rules_of_2026)
        page.validity = "amended"
        released(page, site.bureau)
        assert propose_expiries() == 1
    assert list(ValidityProposal.objects.values_list("was", flat=True)) == ["valid", "amended"]


def test_a_proposal_in_review_is_not_made_again_and_a_returned_one_after_a_year(
    site, rules_of_2026
) -> None:
    with clock.set_to(AFTER):
        propose_expiries()
        accept_validity(ValidityProposal.objects.get(), by=site.bureau.editor)
    later = AFTER + timedelta(days=ASK_AGAIN_DAYS)
    with clock.set_to(later):
        assert propose_expiries() == 0
        page = fresh(rules_of_2026)
        decide_page(page, Verdict.RETURN, by=site.bureau.unit_head, reason="先核对施行日期")
        assert propose_expiries() == 1


@pytest.mark.parametrize(
    ("facts", "proposed"),
    [
        ({"validity": "not_yet", "valid_from": date(2026, 7, 1)}, "valid"),
        ({"validity": "not_yet", "valid_from": date(2026, 7, 2)}, None),
        ({"validity": "amended", "valid_to": date(2026, 6, 30)}, "expired"),
        ({"validity": "repealed", "valid_to": date(2026, 6, 30)}, None),
        ({"validity": "expired", "valid_to": date(2026, 6, 30)}, None),
        ({"validity": "valid"}, None),
        ({"validity": "not_yet", "valid_from": date(2026, 6, 1), "valid_to": date(2026, 6, 2)},
         "expired"),
    ],
)  # fmt: skip
def test_what_is_due(site, facts, proposed) -> None:
    with clock.set_to(datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)):
        item(site, "文件", **facts)
        draft(site, "草稿不算", **facts)
    with clock.set_to(AFTER):
        propose_expiries()
    assert list(ValidityProposal.objects.values_list("validity", flat=True)) == [
        *([proposed] if proposed else [])
    ]


def test_another_unit_does_not_decide(site, rules_of_2026) -> None:
    with clock.set_to(AFTER):
        propose_expiries()
        proposal = ValidityProposal.objects.get()
        for person in (site.bureau.supervisor, site.bureau.superuser, site.bureau.leader):
            with pytest.raises(NotPermitted):
                accept_validity(proposal, by=person)
        with pytest.raises(Refused, match="理由"):
            decline_validity(proposal, by=site.bureau.editor, reason=" ")
    assert ValidityProposal.objects.get().state == "open"


def test_an_unreviewed_draft_is_not_swept_along(site, rules_of_2026) -> None:
    changed = fresh(rules_of_2026)
    changed.title = "没有审查过的标题"
    changed.save_revision(user=site.bureau.editor)
    with clock.set_to(AFTER):
        propose_expiries()
        with pytest.raises(Refused, match="另有未公开的修改"):
            accept_validity(ValidityProposal.objects.get(), by=site.bureau.editor)
    assert ValidityProposal.objects.get().state == "open"


def test_what_was_released_before_keeps_its_hash(site) -> None:
    """Fields that items got later are no content while they are empty."""
    page = item(site)
    assert not {"replaced_by", "amends", "guides", "standard_rows"} & page.content().keys()
    other = item(site, "新办法")
    before = page.content_hash()
    page = fresh(page).get_latest_revision_as_object()
    page.replaced_by = other
    assert page.content_hash() != before
    page = released(page, site.bureau)
    assert page.replaced_by == other
