"""A review sheet as people read it, and what this person may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.catalogue.models import ItemPage
from gongkai.office.review.due import SheetDue, dues_of
from gongkai.review.models import (
    FileWork,
    FormerSecret,
    Referral,
    Screening,
    ScreeningRun,
    Sheet,
)
from gongkai.review.pages import GatedPage
from gongkai.review.queries import (
    TO_SETTLE,
    duty_to_settle,
    findings_of,
    former_secret_of,
    may_decide,
    obstacles,
    running,
    waiting_step,
    work_on,
)
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
    due: SheetDue | None = None
    run: ScreeningRun | None = None
    obstacles: tuple[str, ...] = ()
    referrals: tuple[Referral, ...] = ()
    former_secret: FormerSecret | None = None
    copies: tuple[FileWork, ...] = ()

    @property
    def works(self) -> bool:
        """Whether the worker is busy with this sheet, so that the page looks again by itself."""
        return self.run is not None or any(copy.ended_at is None for copy in self.copies)

    @property
    def percent(self) -> int:
        """How far the screening in the worker is."""
        return round(100 * self.run.done / self.run.total) if self.run and self.run.total else 0

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
        due=dues_of([sheet])[0] if step else None,
        run=running(sheet),
        obstacles=tuple(obstacles(sheet)) if step else (),
        referrals=tuple(sheet.referrals.select_related("by", "kept_by")),
        former_secret=former_secret_of(sheet),
        copies=tuple(work_on(sheet, FileWork.Kind.COPY)),
    )


def may_settle(sheet: Sheet, user: User) -> bool:
    """Whether the person may settle findings of this sheet now; never on an own draft."""
    looked_back = sheet.state == Sheet.State.RELEASED and sheet.doubted
    if user.pk == sheet.drafter_id or not (looked_back or waiting_step(sheet)):
        return False
    return may(user, duty_to_settle(sheet), sheet.agency, sheet.unit)


def page_of(sheet: Sheet) -> GatedPage | None:
    """The page that the sheet is about; None for an answer."""
    kind, _, name = sheet.subject.partition(":")
    if kind == "item":
        return ItemPage.objects.filter(index_number=name).first()
    if kind == "page" and name.isdigit():
        found = Page.objects.filter(pk=name).first()
        page = found.specific if found else None
        return page if isinstance(page, GatedPage) else None
    return None


def is_newest(sheet: Sheet) -> bool:
    """Whether no later content of the subject was submitted."""
    return not Sheet.objects.filter(subject=sheet.subject, pk__gt=sheet.pk).exists()


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
