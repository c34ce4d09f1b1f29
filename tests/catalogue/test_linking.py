"""Links out of the site: entered by a unit, let out by somebody else, opened again each quarter."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from small_site import small_site

from gongkai import clock
from gongkai.catalogue.actions import (
    add_link,
    agree_to_link,
    change_link,
    check_link,
    remind_of_links,
    remove_link,
)
from gongkai.catalogue.models import Link
from gongkai.catalogue.queries import links_of
from gongkai.catalogue.rules import LINK_CHECK_DAYS
from gongkai.clock import SHANGHAI
from gongkai.ledger.queries import entries_about
from gongkai.outbox.queries import on_desk_of
from gongkai.refusal import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    with clock.set_to(datetime(2026, 3, 5, 10, tzinfo=SHANGHAI)):
        yield small_site()


def entered(site, **facts) -> Link:
    b = site.bureau
    facts = {"title": "律师网", "url": "https://lawyers.example/", "group": "lawyers"} | facts
    return add_link(b.agency, by=b.editor, owner=b.lawyers, **facts)


def test_it_works(site) -> None:
    b, link = site.bureau, entered(site)
    assert not links_of(b.agency).exists()
    agree_to_link(link, by=b.information_office)
    assert links_of(b.agency).get().checked_on == clock.today()
    changed = change_link(link, by=b.editor, title="律师服务网")
    assert not links_of(b.agency).exists() and changed.agreed_by is None
    agree_to_link(changed, by=b.information_office)
    assert links_of(b.agency).get().title == "律师服务网"
    remove_link(link, reason="网站已停办", by=b.editor)
    assert not Link.objects.exists()
    verbs = list(entries_about("agency:sfj").values_list("verb", flat=True))
    wanted = ["added", "agreed", "changed", "agreed", "removed"]
    assert [v for v in verbs if v.startswith("link.")] == [f"link.{w}" for w in wanted]


def test_nobody_lets_out_what_they_entered_themselves(site) -> None:
    b = site.bureau
    link = add_link(
        b.agency, by=b.information_office, owner=b.office, title="公证网",
        url="https://notaries.example/", group="notaries",
    )  # fmt: skip
    with pytest.raises(Refused, match="自己登记"):
        agree_to_link(link, by=b.information_office)
    with pytest.raises(NotPermitted):
        agree_to_link(link, by=b.editor)
    for act in (
        lambda: check_link(link, by=b.supervisor),
        lambda: remove_link(link, reason="x", by=b.supervisor),
        lambda: change_link(link, by=b.supervisor, title="x"),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(Refused, match="理由"):
        remove_link(link, reason=" ", by=b.information_office)


@pytest.mark.parametrize("facts", [{"title": "联系人990101199001010019"}, {"title": "机密★10年"}])
def test_a_links_words_are_screened_like_everything_public(site, facts) -> None:
    with pytest.raises(Refused):
        entered(site, **facts)
    assert not Link.objects.exists()


def test_a_unit_is_told_once_a_quarter(site) -> None:
    b, link = site.bureau, entered(site)
    agree_to_link(link, by=b.information_office)
    assert remind_of_links() == 0
    late = clock.now() + timedelta(days=LINK_CHECK_DAYS + 1)
    with clock.set_to(late):
        assert remind_of_links() == 1
        assert remind_of_links() == 0
        assert any("律师网" in letter.body for letter in on_desk_of(b.editor.username))
        check_link(Link.objects.get(), by=b.editor)
    with clock.set_to(late + timedelta(days=LINK_CHECK_DAYS + 1)):
        assert remind_of_links() == 1
