"""Rules, meetings, trainings, target letters; what was found, put right, suggested and audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from gongkai import clock
from gongkai.catalogue.models import ItemPage
from gongkai.demo.bureau import MERGER, table
from gongkai.demo.items import Desk
from gongkai.demo.replay import Replay, days_ago, in_2014, working_days_after
from gongkai.oversight import actions
from gongkai.oversight.actions import Taken
from gongkai.oversight.models import Finding, Suggestion
from gongkai.oversight.rules import RULE_LABELS, RuleKind, Source

_AUDITED_2014 = (
    "司法鉴定机构能力验证工作培训班举办",
    "示例市司法局2014年部门预算",
    "policy-lawyers",
)
_AUDITED_NOW = ("now-mediation", "now-fees", "市局开展办公计算机安全抽查")


def _day(facts: dict[str, Any]) -> date:
    return in_2014(facts["on"]) if "on" in facts else days_ago(facts["ago"])


@dataclass
class Supervision:
    """The supervisors' and the information office's part of the year."""

    desk: Desk

    def build(self) -> None:
        """Note everything on the timeline."""
        told, replay = table("oversight"), self.desk.replay
        replay.at(in_2014("01-14"), 9, 0, self.adopt_rules)
        for facts in told["meeting"]:
            replay.at(_day(facts), 16, 0, partial(self.meet, facts))
        for facts in told["training"]:
            replay.at(_day(facts), 16, 10, partial(self.train, facts))
        for facts in told["finding"]:
            Found(self, facts).note(replay)
        for facts in told["suggestion"]:
            Suggested(self, facts).note(replay)
        for day in (in_2014("01-15"), days_ago(312)):
            replay.at(day, 17, 0, self.sign_letters)
        for day, keys in ((in_2014("12-10"), _AUDITED_2014), (days_ago(3), _AUDITED_NOW)):
            replay.at(day, 15, 20, partial(self.audit, keys))
        replay.at(in_2014("12-24"), 10, 0, self.assess)

    def adopt_rules(self) -> None:
        """The five rules, each with the item that shows it to the public."""
        bureau = self.desk.bureau
        for kind in RuleKind:
            page = self.desk.known[f"rule-{kind.value}"]
            actions.adopt_rule(
                bureau.agency, by=bureau.xxb, kind=kind.value, title=page.title,
                adopted_on=clock.today(), index_number=page.index_number, text=RULE_LABELS[kind],
            )  # fmt: skip

    def meet(self, facts: dict[str, Any]) -> None:
        bureau = self.desk.bureau
        told = {name: facts[name] for name in ("title", "attendees", "minutes")}
        actions.record_meeting(bureau.agency, by=bureau.xxb, on=clock.today(), **told)

    def train(self, facts: dict[str, Any]) -> None:
        bureau = self.desk.bureau
        told = {name: facts[name] for name in ("title", "organiser", "people")}
        actions.record_training(bureau.agency, by=bureau.xxb, on=clock.today(), **told)

    def sign_letters(self) -> None:
        """Every office and unit that exists that day signs its target letter."""
        bureau, today = self.desk.bureau, clock.today()
        for code, unit in bureau.units.items():
            if unit.valid_from <= today and (today < MERGER or not table_until(code)):
                actions.sign_target_letter(
                    bureau.agency, by=bureau.xxb, year=today.year, unit=unit, signed_on=today,
                    liaison=bureau.liaison(code),
                )  # fmt: skip

    def audit(self, keys: tuple[str, ...]) -> None:
        """监察室 and 司法鉴定管理处 look whether what is public is true and lawful."""
        bureau = self.desk.bureau
        for key, by in zip(keys, (bureau.jcs, bureau.sfjd, bureau.jcs), strict=True):
            page: ItemPage = self.desk.known[key]
            actions.audit_content(
                bureau.agency, by=by, subject=page.subject, true=True, lawful=True,
                result="与原始材料核对一致。",
            )  # fmt: skip

    def assess(self) -> None:
        """Three units' year; each deduction names the finding that it rests on."""
        bureau = self.desk.bureau
        for code in ("lsc", "jcc", "fxc"):
            unit = bureau.unit(code)
            found = Finding.objects.filter(unit=unit, source=Source.INTERNAL)
            actions.assess(
                bureau.agency, by=bureau.xxb, year=clock.today().year, unit=unit,
                deductions=[self._taken(finding) for finding in found],
            )  # fmt: skip

    def _taken(self, finding: Finding) -> Taken:
        row = f"finding:{self.desk.bureau.agency.code}/{finding.number}"
        return Taken("监督发现问题", 3, row, finding.text[:60])


def table_until(code: str) -> bool:
    """Whether the unit ended with the merger."""
    return any(facts["code"] == code and "until" in facts for facts in table("units")["unit"])


@dataclass
class Found:
    """One finding: opened, answered by the unit, accepted after another look."""

    supervision: Supervision
    facts: dict[str, Any]
    finding: Finding | None = None

    def note(self, replay: Replay) -> None:
        """What did not happen yet is not noted."""
        day = _day(self.facts)
        replay.at(day, 10, 40, self.open)
        if "answer" in self.facts:
            answered = working_days_after(day, min(5, self.facts["days"] - 1))
            replay.at(answered, 11, 20, self.answer)
            if self.facts.get("accepted", True):
                replay.at(working_days_after(answered, 2), 15, 40, self.accept)

    def open(self) -> None:
        bureau, facts = self.supervision.desk.bureau, self.facts
        by = bureau.jcs if facts["source"] == Source.INTERNAL else bureau.xxb
        self.finding = actions.record_finding(
            bureau.agency, by=by, source=facts["source"], text=facts["text"],
            unit=bureau.unit(facts["unit"]), channel=facts.get("channel", ""),
            due=working_days_after(clock.today(), facts["days"]),
        )  # fmt: skip

    def answer(self) -> None:
        assert self.finding is not None
        by = self.supervision.desk.bureau.liaison(self.facts["unit"])
        actions.answer_finding(self.finding, by=by, text=self.facts["answer"])

    def accept(self) -> None:
        assert self.finding is not None
        by = self.supervision.desk.bureau.jcs
        actions.accept_remedy(self.finding, by=by, text="已复查，整改到位。")


@dataclass
class Suggested:
    """One suggestion: received, passed to the unit, adopted or not."""

    supervision: Supervision
    facts: dict[str, Any]
    suggestion: Suggestion | None = None

    def note(self, replay: Replay) -> None:
        """A suggestion without a unit still lies with the information office."""
        day = _day(self.facts)
        replay.at(day, 9, 50, self.receive)
        if "unit" in self.facts:
            replay.at(working_days_after(day, 1), 9, 50, self.tell)
        if "adopted" in self.facts:
            replay.at(working_days_after(day, 6), 16, 20, self.decide)

    def receive(self) -> None:
        bureau = self.supervision.desk.bureau
        self.suggestion = actions.receive_suggestion(
            bureau.agency, by=bureau.xxb, channel=self.facts["channel"], text=self.facts["text"],
            received=clock.today(),
        )  # fmt: skip

    def tell(self) -> None:
        assert self.suggestion is not None
        bureau = self.supervision.desk.bureau
        unit = bureau.unit(self.facts["unit"])
        self.suggestion = actions.tell_unit(self.suggestion, by=bureau.xxb, unit=unit)

    def decide(self) -> None:
        assert self.suggestion is not None
        actions.decide_suggestion(
            self.suggestion,
            by=self.supervision.desk.bureau.liaison(self.facts["unit"]),
            adopted=self.facts["adopted"],
            reason=self.facts["reason"],
        )
