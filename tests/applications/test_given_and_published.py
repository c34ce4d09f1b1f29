"""What one applicant got is published for everybody, as an item of the site."""

from __future__ import annotations

from acts import on_record
from applying import MONDAY, answered, on
from small_site import item, read_again

from gongkai.applications import actions
from gongkai.applications.queries import to_follow_up
from gongkai.applications.rules import afterwards
from gongkai.cases.models import Case
from gongkai.clock.queries import calendar


def test_the_item_that_publishes_it_ends_the_task(db: None, one_small_site) -> None:
    site = read_again(one_small_site)
    with on(MONDAY):
        b, page = site.bureau, item(site)
        case = answered(b)
        actions.decide_proactive(case, by=b.information_office, publish=True, reason="三人申请")
        with on_record() as written:
            actions.note_published(case, by=b.information_office, index_number=page.index_number)
        assert "cases_event" in written and not to_follow_up(Case.objects.all()).exists()
        events = [event.happened() for event in case.events.order_by("seq")]
        assert afterwards(events, calendar(b.agency.code)).publish is None
