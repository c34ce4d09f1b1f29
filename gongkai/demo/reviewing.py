"""Passing a page through every hand that its column asks for, each a different person."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.demo.bureau import Bureau
from gongkai.review.actions import settle
from gongkai.review.models import Sheet
from gongkai.review.pages import GatedPage, decide_page, submit_page
from gongkai.review.queries import open_findings, sheet_of
from gongkai.review.rules import STEPS, Path, Step, Verdict

_REASON = "是栏目名称或办事说明中的用语，不是对本件公开属性的标注，也不涉及个人，可以公开。"


@dataclass(frozen=True)
class Hands:
    """Who reviews what comes from one unit."""

    bureau: Bureau
    unit: str

    def submit(self, page: GatedPage) -> None:
        """The unit's own writer puts it up for review."""
        submit_page(page, by=self.bureau.drafter(self.unit))

    def approve(self, page: GatedPage, step: Step) -> None:
        """The one whose step it is agrees; the unit's head settles what the screening asks."""
        if step == Step.UNIT:
            self.settle(page)
        by = {
            Step.UNIT: self.bureau.head(self.unit),
            Step.SECRECY: self.bureau.bm,
            Step.OFFICE: self.bureau.xxb,
            Step.LEADER: self.bureau.ld,
        }[step]
        decide_page(page, Verdict.APPROVE, by=by)

    def settle(self, page: GatedPage) -> None:
        """The head and the confidentiality reviewer settle each finding; what blocks stays."""
        sheet = self._sheet(page)
        for finding in open_findings(sheet):
            if finding.severity == "block":
                raise ValueError(f"{page.title}: {finding.label}")
            for by in (self.bureau.head(self.unit), self.bureau.bm):
                settle(sheet, finding.key, reason=_REASON, by=by)

    def _sheet(self, page: GatedPage) -> Sheet:
        revision = page.get_latest_revision()
        assert revision is not None
        shown: GatedPage = revision.as_object()
        sheet = sheet_of(shown.subject, shown.content_hash())
        assert sheet is not None
        return sheet

    def steps(self, page: GatedPage) -> tuple[Step, ...]:
        """The steps of the page's review, in order."""
        return STEPS[Path(page.review_path())]

    def release(self, page: GatedPage) -> None:
        """Everything at once: submitted, approved at each step, released."""
        self.submit(page)
        for step in self.steps(page):
            self.approve(page, step)
