"""With a release and a withdrawal: whose files become public, and who is told."""

from __future__ import annotations

from typing import Any

import pytest
from small_site import SmallSite, draft, item, read_again, released

from gongkai.agencies.actions import found_agency
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.outbox.models import Message
from gongkai.refusal import Refused
from gongkai.review.pages import withdraw_page

pytestmark = pytest.mark.django_db
CONTENT = "附表".encode()


@pytest.fixture
def site(one_small_site) -> SmallSite:
    return read_again(one_small_site)


def told(person: Any, what: str) -> list[str]:
    return [m.body for m in Message.objects.filter(subject=what) if m.recipient == person.username]


def test_a_release_and_a_withdrawal_tell_whom_they_concern(site) -> None:
    b = site.bureau
    page = item(site, "名册")
    assert told(b.editor, "送审的内容已公开").count("《名册》已通过审查并公开。") == 1
    withdraw_page(page, by=b.information_office, reason="附表有误")
    for person in (b.editor, b.unit_head):
        (words,) = told(person, "已公开的内容被撤回")
        assert words == "《名册》已撤回，不再公开，理由：附表有误"
    assert not told(b.information_office, "已公开的内容被撤回")  # who acted knows
    assert not told(b.leader, "已公开的内容被撤回")  # had no part in it


def test_another_organs_copy_of_the_same_bytes_stays_private(site) -> None:
    other = found_agency(code="qu", name="临江区司法局", short_name="区司法局")
    theirs = store(CONTENT, "附表.txt", agency=other)
    ours = store(CONTENT, "附表.txt", agency=site.bureau.agency, by=site.bureau.editor)
    page = released(draft(site, attachments=[(ours, "附表")]), site.bureau)
    states = dict(StoredFile.objects.values_list("agency__code", "state"))
    assert states == {"qu": "private", site.bureau.agency.code: "released"}
    theirs.state = StoredFile.State.RELEASED
    theirs.save()
    withdraw_page(page, by=site.bureau.information_office, reason="有误")
    states = dict(StoredFile.objects.values_list("agency__code", "state"))
    assert states == {"qu": "released", site.bureau.agency.code: "withdrawn"}


def test_an_attachment_of_another_organ_is_not_released(site) -> None:
    other = found_agency(code="qu", name="临江区司法局", short_name="区司法局")
    theirs = store(CONTENT, "附表.txt", agency=other)
    with pytest.raises(Refused, match="附件已不在库中"):
        released(draft(site, attachments=[(theirs, "附表")]), site.bureau)
    assert StoredFile.objects.get().state == "private"
