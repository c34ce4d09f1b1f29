"""The annual report of 2014, with every figure counted from the registers on the day of signing."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from gongkai.assets import queries as assets
from gongkai.catalogue.queries import home_of, profiles_of, sections_of, service_columns_of
from gongkai.clock import today
from gongkai.demo.bureau import table
from gongkai.demo.items import Desk, Story
from gongkai.enquiries import queries as enquiries
from gongkai.oversight.queries import rules_in_force
from gongkai.review.rules import STEPS, Path

TITLE = "示例市司法局2014年政府信息公开工作报告"
SIGNED = date(2014, 11, 21)
_PARTS = "report_2014"


def build(desk: Desk) -> None:
    """Note the report; it is drafted and released on the day on which it was signed."""
    facts: dict[str, Any] = {
        "on": "11-21", "at": "portal/xxgk/nb", "title": TITLE, "genre": "年报", "article": "20-15",
        "keywords": "年度报告", "text": "",
    }  # fmt: skip
    story = Story(desk, facts)

    def draft() -> None:
        facts["text"] = text(desk)
        story.draft()

    replay, hours = desk.replay, (9, 10, 15, 16)
    replay.at(SIGNED, hours[0], 30, draft)
    for hour, step in zip(hours[1:], STEPS[Path.LEADER], strict=True):
        replay.at(SIGNED, hour, 45, partial(story.approve, step))


def text(desk: Desk) -> str:
    """The report's words with the figures of today."""
    return str(table(_PARTS)["text"]).format_map(figures(desk))


def figures(desk: Desk) -> dict[str, Any]:
    """What the report says, counted."""
    agency = desk.bureau.agency
    portal = next(p for p in profiles_of(agency) if p.kind == "portal")
    mail = enquiries.figures(agency, today().year)
    machines = assets.figures(agency, today())
    return {
        "sites": profiles_of(agency).count(),
        "sections": sections_of(home_of(portal)).count(),
        "services": service_columns_of(home_of(portal)).count(),
        "rules": rules_in_force(agency, today()).count(),
        "enquiries": mail["enquiries"],
        "complaints": mail["complaints"],
        "rate": f"{mail['answer_rate']:g}",
        "computers": machines["computers"],
        "printers": machines["printers"],
        "sets": machines["software"]["sets"],
    }
