"""Messages from the public, each through the whole way from receipt to answer and rating."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.cases.actions import Opened, Person
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel, Kind
from gongkai.demo.bureau import Bureau, table
from gongkai.demo.replay import Replay, in_2014, working_days_after
from gongkai.enquiries import actions

_GIVEN = "来信一", "来信二", "来信三", "来信四", "来信五", "来信六"
_KINDS = {kind.value: kind for kind in Kind}


@dataclass
class Message:
    """One message; ``days`` working days lie between receipt and answer."""

    bureau: Bureau
    kind: Kind
    day: date
    facts: dict[str, Any]
    submission_key: str = ""
    opened: list[Opened] = field(default_factory=list)

    @property
    def case(self) -> Case:
        """The case as the database has it now."""
        return Case.objects.get(pk=self.opened[-1].case.pk)

    def note(self, replay: Replay, order: int, *, until: str = "rated") -> None:
        """Put the acts up to and with ``until`` on the timeline, each on its day."""
        days = self.facts.get("days", 4)
        minute = order * 11 % 50
        plan = (
            ("submitted", 0, 9, self.submit),
            ("registered", 0, 10, self.register),
            ("routed", 0, 11, self.route),
            ("drafted", max(1, days - 2), 10, self.draft),
            ("collated", max(1, days - 1), 15, self.collate),
            ("approved", days, 9, self.approve),
            ("answered", days, 11, self.dispatch),
            ("rated", days + 1, 12, self.rate),
        )
        for name, after, hour, act in plan:
            replay.at(working_days_after(self.day, after), hour, minute, act)
            if name == until:
                break

    def submit(self) -> None:
        """On the portal, or from the city's platform."""
        channel = Channel(self.facts.get("channel", Channel.ONLINE.value))
        target = self.facts.get("target")
        number = len(self.facts["title"]) % len(_GIVEN)
        self.opened.append(
            actions.submit(
                self.bureau.agency,
                self.kind,
                channel=channel,
                title=self.facts["title"],
                text=self.facts["text"],
                person=Person(name=f"示例{_GIVEN[number]}", phone="13800000000"),
                consent=self.facts.get("consent", False),
                topic=self.facts["topic"],
                target=self.bureau.unit(target) if target else None,
                submission_key=self.submission_key,
            )
        )

    def register(self) -> None:
        actions.register(self.case, by=self.bureau.xxb)

    def route(self) -> None:
        """To the competent unit; a message that went astray comes back once."""
        if "lost" in self.facts:
            wrong = self.facts["lost"]
            actions.route(self.case, self.bureau.unit(wrong), by=self.bureau.xxb)
            reason = f"不属于本处室职责，建议由{self.bureau.unit(self.facts['unit'])}办理。"
            actions.send_back(self.case, by=self.bureau.liaison(wrong), reason=reason)
        actions.route(self.case, self.bureau.unit(self.facts["unit"]), by=self.bureau.xxb)

    def draft(self) -> None:
        by = self.bureau.liaison(self.facts["unit"])
        actions.draft(self.case, self.facts["answer"], by=by)

    def collate(self) -> None:
        """The office writes the one answer; what the screening asks would be settled first."""
        made = actions.collate(self.case, f"您好！{self.facts['answer']}", by=self.bureau.xxb)
        if made.to_settle:
            raise ValueError(f"{self.facts['title']}: {[f.label for f in made.to_settle]}")

    def approve(self) -> None:
        actions.approve(self.case, by=self.bureau.ld)

    def dispatch(self) -> None:
        actions.dispatch(self.case, by=self.bureau.xxb)

    def rate(self) -> None:
        if "stars" in self.facts:
            actions.rate(self.case, self.opened[-1].code, stars=self.facts["stars"])


def build_2014(bureau: Bureau, replay: Replay) -> None:
    """The fourteen enquiries and fourteen complaints of the bureau's own report."""
    for name, rows in table("mail_2014").items():
        for order, facts in enumerate(rows):
            message = Message(bureau, _KINDS[name], in_2014(facts["on"]), facts)
            message.note(replay, order)
