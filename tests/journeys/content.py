"""Things to look at, made through the real actions: ``python content.py`` prints what was made.

For the tests that look at screens or count; the journeys make theirs by hand.
"""

from __future__ import annotations

import json
import sys
from typing import Any

ANSWER = "公证服务费按省定标准收取，现行标准在本局网站“收费公示”栏目公布，可以直接下载。"
# Invented: the check digit is right, the person does not exist.
IDENTITY = "990101199001010019"


def people() -> dict[str, Any]:
    """Everybody, by the name of the role."""
    from gongkai.agencies.models import User

    return {user.username: user for user in User.objects.all()}


def one_item(release: bool) -> Any:
    """An item of news with a table: released, or waiting for the unit's review."""
    from small_site import approve

    from gongkai.catalogue.actions import create_draft
    from gongkai.catalogue.models import ColumnPage
    from gongkai.review.pages import submit_page

    who = people()
    column = ColumnPage.objects.get(slug="gzdt")
    item = create_draft(
        column, by=who["editor"], title="公证收费标准调整" if release else "值班律师安排",
        unit=column.unit, body=[("text", "<p>现将有关事项公布如下，请各单位知照。</p>")],
    )  # fmt: skip
    submit_page(item, by=who["editor"])
    if release:
        item = approve(approve(item, who["unit_head"]), who["information_office"])
    return item


def one_enquiry() -> Any:
    """Asked with consent, answered and published."""
    from gongkai.agencies.models import Agency, Unit
    from gongkai.cases.actions import Person
    from gongkai.cases.rules import Channel, Kind
    from gongkai.enquiries import actions

    who = people()
    opened = actions.submit(
        Agency.objects.get(), Kind.ENQUIRY, channel=Channel.ONLINE, title="公证收费的标准",
        text="公证收费的标准是什么，在哪里可以看到？", person=Person(name="欧阳示例"),
        topic="notaries", consent=True,
    )  # fmt: skip
    case = opened.case
    actions.register(case, by=who["information_office"])
    actions.route(case, Unit.objects.get(code="lsc"), by=who["information_office"])
    actions.draft(case, ANSWER, by=who["liaison"])
    actions.collate(case, ANSWER, by=who["information_office"])
    actions.approve(case, by=who["leader"])
    actions.dispatch(case, by=who["information_office"])
    return opened


def one_application(answer: bool) -> Any:
    """Routed to the unit, or answered: 予以公开."""
    from gongkai.agencies.models import Agency, Unit
    from gongkai.applications import actions
    from gongkai.cases.actions import Person
    from gongkai.cases.rules import Channel

    who = people()
    person = Person(name="申请示例", phone="13900007654", identity=IDENTITY, applicant_class="nat")
    opened = actions.submit(
        Agency.objects.get(), Channel.ONLINE, person, title="公证服务收费标准",
        text="申请公开本市现行的公证服务收费标准。", delivery="online", carrier="electronic",
    )  # fmt: skip
    case = opened.case
    actions.register(case, by=who["information_office"])
    actions.route(case, Unit.objects.get(code="lsc"), by=who["information_office"])
    if answer:
        actions.draft_reply(case, by=who["liaison"], outcome="G1", text=ANSWER)
        actions.collate(case, by=who["information_office"])
        actions.approve(case, by=who["leader"])
        actions.dispatch(case, by=who["information_office"], how="electronic", proof="记录 1")
    return opened


def screens() -> dict[str, str]:
    """One of each kind that the screens show, with the numbers to find them by."""
    from gongkai.review.models import Sheet

    item, waiting, asked = one_item(True), one_item(False), one_enquiry()
    wanted = one_application(False)
    sheet = Sheet.objects.get(subject=waiting.subject)
    return {
        "item": f"/xxgk/gzdt/{item.slug}/",
        "sheet": f"review/{sheet.pk}/",
        "draft": f"pages/{waiting.pk}/edit/",
        "answered": asked.case.number,
        "code": asked.code,
        "case": wanted.case.number,
    }


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1:] == ["applications"]:
        made: object = [one_application(answer).case.number for answer in (True, False)]
    else:
        made = screens()
    sys.stdout.write(json.dumps(made))
