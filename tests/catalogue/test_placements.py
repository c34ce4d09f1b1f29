"""One item in several columns by reference: asked by its unit, agreed to by the column's."""

from __future__ import annotations

import pytest
from small_site import column, draft, fresh, item, read_again, released

from gongkai.catalogue.actions import (
    agree_to_placement,
    ask_for_placement,
    end_placement,
    refuse_placement,
)
from gongkai.catalogue.models import Placement
from gongkai.catalogue.queries import placed_in
from gongkai.catalogue.rules import ColumnKind
from gongkai.ledger.models import Entry
from gongkai.outbox.models import Message
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.pages import withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site):
    return read_again(one_small_site)


@pytest.fixture
def notices(site):
    return column(site.section, site.bureau, "通知公告", ColumnKind.NOTICE, slug="tzgg")


def asked(site, notices, page=None) -> Placement:
    return ask_for_placement(page or item(site), notices, by=site.bureau.editor)


def test_it_works(site, notices) -> None:
    page = item(site)
    placement = asked(site, notices, page)
    assert list(placed_in(notices)) == []
    assert Message.objects.get(kind="placement").recipient == site.bureau.unit_head.username
    placement = agree_to_placement(placement, by=site.bureau.unit_head)
    assert [p.item for p in placed_in(notices)] == [page]
    assert placement.sequence == 1
    assert item(site, "下一条", into=fresh(notices)).sequence == 2
    acts = list(Entry.objects.filter(verb__startswith="placement").values_list("verb", flat=True))
    assert acts == ["placement.asked", "placement.agreed"]


def test_who_asks_does_not_agree(site, notices) -> None:
    placement = ask_for_placement(item(site), notices, by=site.bureau.unit_head)
    with pytest.raises(NotPermitted, match="自己的申请"):
        agree_to_placement(placement, by=site.bureau.unit_head)
    for person in (site.bureau.editor, site.bureau.supervisor, site.bureau.superuser):
        with pytest.raises(NotPermitted):
            agree_to_placement(placement, by=person)


def test_another_unit_does_not_ask(site, notices) -> None:
    with pytest.raises(NotPermitted):
        ask_for_placement(item(site), notices, by=site.bureau.supervisor)


def test_a_stricter_column_is_no_side_door(site) -> None:
    page = item(site)
    with pytest.raises(Refused, match="审查层级"):
        ask_for_placement(page, site.policy, by=site.bureau.editor)
    document = item(site, "文件", into=site.policy)
    assert ask_for_placement(document, site.news, by=site.bureau.editor).state == "asked"


@pytest.mark.parametrize("which", ["draft", "own", "section", "twice"])
def test_what_cannot_be_placed_is_refused(site, notices, which: str) -> None:
    page = draft(site) if which == "draft" else item(site)
    into = {"own": site.news, "section": site.section}.get(which, notices)
    if which == "twice":
        asked(site, notices, page)
    with pytest.raises(Refused) as refused:
        asked(site, into, page)
    assert refused.value.field == "column"


def test_withdrawn_it_is_in_no_column(site, notices) -> None:
    page = item(site)
    agree_to_placement(asked(site, notices, page), by=site.bureau.unit_head)
    withdraw_page(fresh(page), by=site.bureau.information_office, reason="有误")
    assert list(placed_in(notices)) == []
    page = fresh(page).get_latest_revision_as_object()
    page.summary = "更正"
    page = released(page, site.bureau)
    assert [p.item for p in placed_in(notices)] == [page]


def test_ended_it_leaves_only_the_second_column_and_its_place_stays_empty(site, notices) -> None:
    page = item(site)
    placement = agree_to_placement(asked(site, notices, page), by=site.bureau.unit_head)
    with pytest.raises(Refused, match="理由"):
        end_placement(placement, by=site.bureau.editor, reason="")
    with pytest.raises(NotPermitted):
        end_placement(placement, by=site.bureau.supervisor, reason="不要")
    end_placement(placement, by=site.bureau.editor, reason="内容不相关")
    assert list(placed_in(notices)) == []
    assert fresh(page).live
    again = agree_to_placement(asked(site, notices, page), by=site.bureau.unit_head)
    assert again.sequence == 2


def test_refused_it_is_not_shown(site, notices) -> None:
    placement = asked(site, notices)
    refuse_placement(placement, by=site.bureau.unit_head, reason="与本栏目无关")
    assert list(placed_in(notices)) == []
    with pytest.raises(Refused, match="已经处理"):
        agree_to_placement(placement, by=site.bureau.unit_head)


def test_the_columns_unit_decides_also_when_it_is_another_one(site) -> None:
    office = released_in_office(site)
    placement = asked(site, office)
    with pytest.raises(NotPermitted):
        agree_to_placement(placement, by=site.bureau.unit_head)
    assert agree_to_placement(placement, by=site.bureau.confidentiality).state == "agreed"


def released_in_office(site):
    """A column that the office answers for; its confidentiality officer reviews for every unit."""
    from gongkai.catalogue.actions import create_column
    from gongkai.review.pages import decide_page, submit_page
    from gongkai.review.rules import Verdict

    bureau = site.bureau
    made = create_column(
        site.section, by=bureau.information_office, title="办公室栏目", kind="notice",
        unit=bureau.office, slug="bgs",
    )  # fmt: skip
    submit_page(made, by=bureau.information_office)
    decide_page(fresh(made), Verdict.APPROVE, by=bureau.confidentiality)
    second = other_office_person(bureau)
    decide_page(fresh(made), Verdict.APPROVE, by=second)
    return fresh(made)


def other_office_person(bureau):
    from datetime import date

    from people import person

    from gongkai.agencies.actions import appoint
    from gongkai.agencies.rules import Role

    second = person("second-office", "李办二")
    appoint(second, bureau.office, Role.INFORMATION_OFFICE, start=date(2010, 1, 1))
    return second
