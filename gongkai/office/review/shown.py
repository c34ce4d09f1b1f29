"""A review sheet as people read it, and what this person may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.review.models import Screening, Sheet
from gongkai.review.queries import DUTY_OF_STEP, TO_SETTLE, findings_of, may_decide, waiting_step
from gongkai.review.rules import CHECKLIST, STEP_LABELS, STEPS, Path, Step

SEVERITY_LABELS = {"block": "须处理", "review": "须核对", "note": "提示"}
SEVERITY_SHAPES = {"block": "▲", "review": "●", "note": "○"}
VERDICT_LABELS = {
    "clean": "未发现问题",
    "review": "有内容须人工核对",
    "block": "有内容须更正或说明",
    "unreadable": "有附件无法读取，须人工核对",
}


@dataclass(frozen=True)
class ShownSheet:
    """Everything that the sheet's page, the editor's panel and the paper form show."""

    sheet: Sheet
    step: Step | None
    turn: str
    findings: tuple[dict[str, Any], ...]
    decisions: tuple[dict[str, Any], ...]
    checklist: tuple[tuple[str, bool], ...]
    screening: Screening | None
    verdict: str
    may_decide: bool

    @property
    def open(self) -> list[dict[str, Any]]:
        """Findings that ask for an act and have none yet."""
        return [f for f in self.findings if f["asks"] and not f["settled"]]

    @property
    def steps(self) -> list[str]:
        """The way of this sheet."""
        return [STEP_LABELS[step] for step in STEPS[Path(self.sheet.path)]]

    @property
    def is_of_case(self) -> bool:
        """Whether it is an answer's: decided where the case is."""
        return self.sheet.subject.startswith("case:")

    @property
    def case_number(self) -> str:
        return self.sheet.subject.partition("/")[2].partition("/")[0]


def shown_sheet(sheet: Sheet, user: User) -> ShownSheet:
    """The sheet with its findings, worst first."""
    step = waiting_step(sheet)
    screening = sheet.screenings.first()
    settler = may_settle(sheet, user)
    return ShownSheet(
        sheet=sheet,
        step=step,
        turn=STEP_LABELS[step] if step else "",
        findings=tuple(_shown(f, user, settler=settler) for f in findings_of(sheet)),
        decisions=tuple(d.as_row() for d in sheet.decisions.select_related("by")),
        checklist=tuple((CHECKLIST.get(k, k), bool(v)) for k, v in sheet.checklist.items()),
        screening=screening,
        verdict=VERDICT_LABELS.get(screening.verdict, "") if screening else "",
        may_decide=may_decide(user, sheet),
    )


def may_settle(sheet: Sheet, user: User) -> bool:
    """Whether the person may settle findings of this sheet now; never on an own draft."""
    step = waiting_step(sheet)
    if step is None or user.pk == sheet.drafter_id:
        return False
    unit_turn = DUTY_OF_STEP[step] == Duty.REVIEW_UNIT
    duty = Duty.REVIEW_UNIT if unit_turn else Duty.REVIEW_OFFICE
    return may(user, duty, sheet.agency, sheet.unit)


def _shown(finding: dict[str, Any], user: User, *, settler: bool) -> dict[str, Any]:
    settlement = finding["settlement"]
    asks = finding["severity"] in TO_SETTLE
    waits_for_second = settlement is not None and not finding["settled"]
    mine = settlement is not None and settlement.by_id == user.pk
    return {
        **finding,
        "asks": asks,
        "shape": SEVERITY_SHAPES[finding["severity"]],
        "word": SEVERITY_LABELS[finding["severity"]],
        "waits_for_second": waits_for_second,
        "may_settle": settler
        and asks
        and finding["overridable"]
        and not finding["settled"]
        and not (waits_for_second and mine),
    }
