"""Promise 2 under random acts: the tree that followed each act equals a full fresh export.

One site for all examples; each example runs in a transaction of its own that is taken back, and
writes a tree of its own. Every version of every text has a word that stands nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from small_site import SmallSite, column, draft, fresh, read_again, released

from gongkai import clock
from gongkai.agencies.actions import add_leader, change_unit
from gongkai.agencies.models import Unit
from gongkai.cases.actions import Person
from gongkai.cases.rules import Channel, Kind
from gongkai.catalogue.actions import (
    agree_to_placement,
    ask_for_placement,
    end_placement,
    place_column,
)
from gongkai.catalogue.models import Attachment, ColumnPage, ItemPage, Placement, SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.clock import SHANGHAI
from gongkai.enquiries import actions as enquiries
from gongkai.enquiries.queries import public_answers
from gongkai.files.actions import store
from gongkai.portal.index import index_path
from gongkai.publishing import actions, queries, tree
from gongkai.refusal import Refused
from gongkai.review.pages import submit_page, withdraw_page
from gongkai.text.index import search

pytestmark = pytest.mark.django_db

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
BEGIN = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
ASKER = Person(name="欧阳某", phone="13800001234", mail="asker@example.org", address="示例里七号")
which = st.integers(0, 3)


class Publishers(RuleBasedStateMachine):
    """Four items in two columns, a third column that lists, registers, and answers."""

    site: SmallSite
    columns: dict[str, ColumnPage]
    folder: Path
    settings: Any
    rounds = moved = 0

    def __init__(self) -> None:
        super().__init__()
        self.exits = ExitStack()
        self.exits.enter_context(transaction.atomic())
        self.exits.callback(lambda: transaction.set_rollback(True))
        self.days = ExitStack()
        self.days.enter_context(clock.set_to(BEGIN))
        type(self).rounds += 1
        self.settings.TREE_ROOT = self.folder / f"tree{self.rounds}"
        self.words: set[str] = set()
        self.items = [
            draft(self.site, self.word(), into=self.column(into), body=[("text", "<p>正文</p>")])
            for into in ("news", "policy", "news", "news")
        ]

    def teardown(self) -> None:
        self.days.close()
        self.exits.close()

    def word(self) -> str:
        """A word that no other version has."""
        word = f"zw{len(self.words)}wz"
        self.words.add(word)
        return word

    def column(self, name: str) -> ColumnPage:
        return fresh(self.columns[name])

    def attempt(self, act: Callable[[], Any]) -> None:
        """An act stands whole or not at all, as in a request."""
        try:
            with transaction.atomic():
                act()
        except Refused:
            pass

    def new_version(self, n: int) -> ItemPage:
        page = fresh(self.items[n]).get_latest_revision_as_object()
        page.title = f"信息{self.word()}"
        page.body = [("text", f"<p>正文写到{page.title}。</p>")]
        return page

    @initialize()
    def two_are_public(self) -> None:
        actions.publish_all()
        self.release(0, True, "")
        self.release(1, True, "valid")

    @rule(n=which, file=st.booleans(), validity=st.sampled_from(("", "valid", "expired")))
    def release(self, n: int, file: bool, validity: str) -> None:
        """Items 0 to 2 share a file: it is public as long as one of them is."""

        def act() -> None:
            page = self.new_version(n)
            page.validity = validity
            page.valid_to = date(2026, 3, 1) if validity == "expired" else None
            page.interprets = self.items[1] if n == 2 else None
            if n < 3:
                bureau = self.site.bureau
                shared = store(b"a,b\n", "f.csv", agency=bureau.agency, by=bureau.editor)
                page.attachments.set([Attachment(file=shared, title="附表")] if file else [])
            released(page, self.site.bureau)

        self.attempt(act)

    def release_two(self) -> None:
        """One after the other, so that the second meets what was noted with the first."""
        self.release(2, False, "")
        actions.publish_pending()
        self.release(3, False, "")

    @rule(n=which, submitted=st.booleans())
    def write(self, n: int, submitted: bool) -> None:
        """Words that nobody approved."""

        def act() -> None:
            page = self.new_version(n)
            if submitted:
                submit_page(page, by=self.site.bureau.editor)
            else:
                page.save_revision(user=self.site.bureau.editor)

        self.attempt(act)

    @rule(n=which)
    def withdraw(self, n: int) -> None:
        by = self.site.bureau.information_office
        self.attempt(lambda: withdraw_page(fresh(self.items[n]), by=by, reason="有误"))

    @rule(n=which)
    def place(self, n: int) -> None:
        """In a second column, or out of it again."""
        bureau = self.site.bureau

        def act() -> None:
            placed = Placement.objects.filter(item=self.items[n], state="agreed").first()
            if placed is not None:
                end_placement(placed, by=bureau.unit_head, reason="不相关")
            else:
                where = self.column("notices")
                asked = ask_for_placement(fresh(self.items[n]), where, by=bureau.editor)
                agree_to_placement(asked, by=bureau.unit_head)

        self.attempt(act)

    @rule(name=st.sampled_from(("news", "policy", "notices", "spare")))
    def rename_column(self, name: str) -> None:
        def act() -> None:
            page = self.column(name).get_latest_revision_as_object()
            page.title = f"栏目{self.word()}"
            released(page, self.site.bureau)

        self.attempt(act)

    @rule(under=st.sampled_from(("section", "notices")))
    def move_column(self, under: str) -> None:
        """What is public does not move; withdrawn, moved and released again it is elsewhere."""
        bureau = self.site.bureau

        def act() -> None:
            if self.column("spare").live:
                withdraw_page(self.column("spare"), by=bureau.information_office, reason="调整")
            self.column("spare").move(self.column(under), pos="last-child")
            released(self.column("spare").get_latest_revision_as_object(), bureau)

        self.attempt(lambda: self.column("news").move(self.column("notices"), pos="last-child"))
        self.attempt(act)

    @rule(place=st.integers(1, 4))
    def order_columns(self, place: int) -> None:
        self.attempt(lambda: place_column(self.column("news"), place, by=self.site.bureau.editor))

    @rule(what=st.sampled_from(("phone", "name", "leader", "agency")))
    def change_registers(self, what: str) -> None:
        bureau = self.site.bureau
        unit = Unit.objects.get(pk=bureau.lawyers.pk)
        if what == "leader":
            add_leader(bureau.agency, name=self.word(), title="副局长", start=clock.today())
        elif what == "agency":
            agency = fresh(bureau.agency)
            agency.phone = self.word()
            agency.save()
        else:
            change_unit(unit, by=bureau.system_administrator, **{what: self.word()})

    @rule()
    def publish_an_answer(self) -> None:
        b = self.site.bureau
        told = enquiries.submit(
            b.agency, Kind.ENQUIRY, channel=Channel.ONLINE, title=f"询问{self.word()}",
            text="公证怎样收费？", person=ASKER, topic="notaries", consent=True,
        )  # fmt: skip
        case = told.case
        answer = "公证服务费按省定标准收取，现行标准在本局网站“收费公示”栏目公布，可直接下载。"
        enquiries.register(case, by=b.information_office)
        enquiries.route(case, b.lawyers, by=b.information_office)
        enquiries.draft(case, answer, by=b.liaison)
        enquiries.collate(case, answer, by=b.information_office)
        enquiries.approve(case, by=b.leader)
        enquiries.dispatch(case, by=b.information_office)

    @rule()
    def days_pass(self) -> None:
        now = clock.now()
        self.days.close()
        self.days.enter_context(clock.set_to(now + timedelta(days=1)))

    @invariant()
    def the_tree_is_a_fresh_export(self) -> None:
        outcome = actions.publish_pending()
        type(self).moved += bool(outcome.written or outcome.removed)
        assert list(queries.differences()) == []
        self.no_other_word_is_public()

    def no_other_word_is_public(self) -> None:
        """Of pages the live version's words alone; and what is listed is found."""
        root = actions.root_of(SiteProfile.objects.get())
        whole = b"\n".join(tree.contents(root).values()).decode(errors="ignore")
        live = {fresh(item) for item in self.items if fresh(item).live}
        shown = {item.title for item in live} | {c.title for c in ColumnPage.objects.live()}
        shown |= {a.title for a in public_answers(self.site.bureau.agency)}
        registers = (self.site.bureau.agency, self.site.bureau.lawyers)
        shown |= {str(vars(fresh(row))) for row in registers}
        shown |= {leader.name for leader in self.site.bureau.agency.leaders.all()}
        public = {word for word in self.words if any(word in text for text in shown)}
        assert {word for word in self.words - public if word in whole} == set()
        for item in live:
            assert item.title in whole
            assert search(index_path(), item.title.removeprefix("信息")).total == 1
        for word in self.words - public:
            assert search(index_path(), word).total == 0, word


@pytest.fixture(scope="module")
def columns_beside(one_small_site: SmallSite, django_db_blocker: Any) -> dict[str, ColumnPage]:
    """More columns on the one site, released once for all tests."""
    site = one_small_site
    more = (
        ("notices", "通知公告", ColumnKind.NOTICE),
        ("spare", "备用栏目", ColumnKind.NEWS),
        ("phones", "通讯录", ColumnKind.CONTACTS),
        ("leaders", "局领导", ColumnKind.LEADERS),
    )
    with django_db_blocker.unblock():
        return {
            name: column(fresh(site.section), site.bureau, title, kind, slug=name)
            for name, title, kind in more
        }


@pytest.fixture
def machine(one_small_site, columns_beside, settings, tmp_path, monkeypatch) -> type[Publishers]:
    from gongkai.catalogue import rules
    from gongkai.portal.pages import columns as pages

    for module in (rules, pages):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)
    settings.FILES_ROOT = tmp_path / "files"
    made, chosen = read_again(one_small_site), settings
    all_columns = {"section": made.section, "news": made.news, "policy": made.policy}

    class OfThisSite(Publishers):
        site, columns, folder = made, all_columns | columns_beside, tmp_path
        settings = chosen

    return OfThisSite


def test_whatever_people_do_the_tree_follows(machine) -> None:
    chosen = settings(
        max_examples=20 if DEEP else 2, stateful_step_count=40 if DEEP else 8, deadline=None,
        derandomize=not DEEP, database=None, report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=chosen)
    assert machine.moved > 3 * machine.rounds  # an act that moves nothing tries nothing


# What is forgotten, and the act of above after which the tree is no fresh export.
FAULTS: dict[str, tuple[str, Any, Callable[[Publishers], None]]] = {
    "a list does not note what it read": (
        "gongkai.portal.pages.columns.reads", lambda *_: None, lambda p: p.release_two(),
    ),
    "a register tells nobody": (
        "gongkai.publishing.registers.keys_of", lambda _: [], lambda p: p.change_registers("phone"),
    ),
    "what left stays": (
        "gongkai.publishing.actions._take_away", lambda *_: None, lambda p: p.withdraw(0),
    ),
    "a new item is nobody's": (
        "gongkai.publishing.recording._owners_of", lambda _: (), lambda p: p.release(2, False, ""),
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(machine, monkeypatch, fault: str) -> None:
    place, instead, act = FAULTS[fault]
    people = machine()
    try:
        people.two_are_public()
        people.the_tree_is_a_fresh_export()
        monkeypatch.setattr(place, instead)
        act(people)
        with pytest.raises(AssertionError):
            people.the_tree_is_a_fresh_export()
    finally:
        monkeypatch.undo()
        people.teardown()
