"""The checks on items as they stand in the database: links, days, and the refusal at the gate."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from PIL import Image
from small_site import draft, fresh, item, released, small_site

from gongkai import clock
from gongkai.catalogue.checking import dead_links, remarks_on, time_to_disclose
from gongkai.clock import SHANGHAI
from gongkai.files.actions import store
from gongkai.refusal import Refused
from gongkai.review.models import Sheet
from gongkai.review.pages import submit_page, withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    with clock.set_to(datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)):
        yield small_site()


def rules_of(page) -> set[str]:
    return {remark.rule for remark in remarks_on(page)}


def linking(site, html: str):
    return draft(site, "有链接的通知", body=[("text", f"<p>见{html}。</p>")])


def test_it_works(site) -> None:
    page = draft(site, body=[("text", "<p>联系人：XXX，请各处室签定责任书。</p>")])
    assert rules_of(page) == {"placeholder", "name.word"}
    with pytest.raises(Refused, match="XXX") as refused:
        submit_page(page, by=site.bureau.editor)
    assert (refused.value.field, refused.value.rule) == ("body", "placeholder")
    assert not Sheet.objects.filter(subject=page.subject).exists()
    page = fresh(page)
    page.body = [("text", "<p>联系人：办公室，请各处室签定责任书。</p>")]
    assert released(page, site.bureau).live


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/xxgk/gzdt/1999-00001/", [True]),
        ("/xxgk/nothing", [True]),
        ("/xxgk/gzdt/", []),
        ("/xxgk/gzdt/#top", []),
        ("/xxgk/gzdt/p1/", []),
        ("/apply/", []),
        ("https://www.example.cn/nothing", []),
    ],
)
def test_links_inside_the_site(site, href: str, found: list[bool]) -> None:
    page = linking(site, f'<a href="{href}">通知</a>')
    assert [link.missing for link in dead_links(page.body, page.column())] == found


def test_links_to_pages(site) -> None:
    hidden, shown = draft(site), item(site, "公开的一条")
    gone = item(site, "撤回的一条")
    withdraw_page(gone, by=site.bureau.information_office, reason="有误")
    told = {
        pk: [link.missing for link in dead_links(page.body, page.column())]
        for pk in (hidden.pk, shown.pk, gone.pk, 999_999)
        for page in [linking(site, f'<a linktype="page" id="{pk}">一条</a>')]
    }
    assert list(told.values()) == [[False], [], [False], [True]]


@pytest.mark.parametrize(
    ("signed_on", "due", "article"),
    [
        (date(2026, 3, 2), date(2026, 3, 30), "条例（2019）第26条"),
        (date(2014, 3, 3), date(2014, 3, 31), "条例（2007）第18条"),
        (date(2007, 1, 5), None, ""),
    ],
)
def test_twenty_working_days_to_disclose(signed_on, due, article) -> None:
    time = time_to_disclose(signed_on, "")
    assert (time.due if time else None, time.article if time else "") == (due, article)


def test_late_is_told_and_not_refused(site) -> None:
    page = draft(site, "通知", into=site.policy, signed_on=date(2026, 1, 5), validity="valid")
    assert rules_of(page) == {"late"}
    page = released(page, site.bureau)
    with clock.set_to(datetime(2026, 9, 1, tzinfo=SHANGHAI)):
        soon = draft(site, "通知", into=fresh(site.policy), signed_on=date(2026, 8, 31))
        assert rules_of(soon) == set()
        assert rules_of(page) == {"late"}


def test_pictures_say_what_they_show(site) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")

    def picture(title: str):
        file = store(out.getvalue(), "a.png", agency=site.bureau.agency, by=site.bureau.editor)
        return draft(site, pictures=[(file, title)])

    assert rules_of(picture("会场全景")) == set()
    assert rules_of(picture("")) == {"picture.alt"}
