"""回头看 on the desk: the list, the way to the sheet, and the taking down."""

from __future__ import annotations

import pytest
from django.test import Client
from small_site import item, small_site

from gongkai import screening
from gongkai.review import lookback
from gongkai.review.models import Sheet

pytestmark = pytest.mark.django_db

# Invented: the check digit is right, the person does not exist.
LEAK = [("text", "<p>联系人身份证号110101199003074514。</p>")]


@pytest.fixture
def site(monkeypatch):
    made = small_site()
    with monkeypatch.context() as patch:
        patch.setattr(screening, "screen_text", lambda *_, **__: ())
        item(made, "律师名册公示", body=LEAK)
    lookback.look_at_everything()
    return made


def desk_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_leads_from_home_to_the_sheet_and_away_from_the_public(site) -> None:
    desk = desk_of(site.bureau.information_office)
    assert "回头看有发现" in desk.get("/desk/").content.decode()
    listed = desk.get("/desk/lookback/").content.decode()
    sheet = Sheet.objects.get(title="律师名册公示")
    assert f"/desk/review/{sheet.pk}/" in listed and "居民身份证号" in listed
    assert "110101199003074514" not in listed
    shown = desk.get(f"/desk/review/{sheet.pk}/").content.decode()
    assert "110101199003074514" not in shown and f"/desk/review/{sheet.pk}/do/settle/" in shown
    refused = desk.post(f"/desk/review/{sheet.pk}/do/withdraw/", {"reason": ""})
    assert refused.status_code == 422
    done = desk.post(f"/desk/review/{sheet.pk}/do/withdraw/", {"reason": "含身份证号"})
    assert done.status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == Sheet.State.WITHDRAWN
    assert "律师名册公示" not in desk.get("/desk/lookback/").content.decode()


def test_whoever_has_no_such_post_does_not_read_it(site) -> None:
    assert desk_of(site.bureau.editor).get("/desk/lookback/").status_code in {302, 403}
    assert "回头看有发现" not in desk_of(site.bureau.editor).get("/desk/").content.decode()
