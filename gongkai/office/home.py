"""The first page of the desk: the day, what waits, what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.queries import appointments_of
from gongkai.agencies.rules import Duty, carries
from gongkai.cases.models import Case
from gongkai.cases.queries import visible_to, waiting_for
from gongkai.cases.rules import FINISHED
from gongkai.channels.queries import to_take_down, waiting
from gongkai.clock.queries import calendar
from gongkai.office.access import agencies_with
from gongkai.office.cases.listing import lit
from gongkai.office.review.due import SheetDue, dues_of
from gongkai.outbox.queries import failed, on_desk_of
from gongkai.review import lookback
from gongkai.review.models import Sheet
from gongkai.review.queries import DUTY_OF_STEP, waiting_step
from gongkai.review.rules import STEP_LABELS, objection_to_reviewer

SHOWN = 60
_WEEK = "一二三四五六日"


@dataclass(frozen=True)
class Waiting:
    """One row of 待办: a case or a review sheet."""

    url: str
    number: str
    title: str
    stage: str
    unit: str
    due: date | None
    lamp: str
    shape: str
    words: str
    provisional: bool = False


def sheets_waiting_for(user: User) -> list[Sheet]:
    """The open sheets of pages that the person may decide now.

    The same answer as ``may_decide`` for each, from the posts read once: the number of queries
    does not grow with the rows.
    """
    posts = [a.post for a in appointments_of(user)]
    sheets = (
        Sheet.objects.filter(state=Sheet.State.OPEN, agency__in={p.unit.agency_id for p in posts})
        .exclude(subject__startswith="case:")  # decided where the case is
        .select_related("agency", "unit", "drafter")
        .prefetch_related("decisions__by")
    )
    return [s for s in sheets if _mine(s, user, posts)]


def _mine(sheet: Sheet, user: User, posts: list[Any]) -> bool:
    step = waiting_step(sheet)
    if step is None or not user.is_active:
        return False
    if objection_to_reviewer(user.username, sheet.drafter.username, sheet.approvals()):
        return False
    return any(
        post.unit.agency_id == sheet.agency_id
        and carries(post.role, DUTY_OF_STEP[step], same_unit=post.unit_id == sheet.unit_id)
        for post in posts
    )


def waiting_rows(user: User, sheets: list[Sheet]) -> list[Waiting]:
    """Cases and sheets together, nearest due date first; what has none comes last."""
    cases = [_of_case(*row) for row in lit(waiting_for(user)[:SHOWN])]
    lamps = zip(sheets, dues_of(sheets), strict=True)
    rows = [*cases, *(_of_sheet(sheet, due) for sheet, due in lamps)]
    return sorted(rows, key=lambda row: row.due or date.max)


def _of_case(case: Case, lamp: str, shape: str, words: str) -> Waiting:
    return Waiting(
        url=reverse("office_case", args=[case.number]), number=case.number, title=case.title,
        stage=case.get_stage_display(), unit=str(case.owner_unit or "信息办"), due=case.due_on,
        lamp=lamp, shape=shape, words=words, provisional=case.provisional,
    )  # fmt: skip


def _of_sheet(sheet: Sheet, due: SheetDue) -> Waiting:
    step = waiting_step(sheet)
    return Waiting(
        url=reverse("office_sheet", args=[sheet.pk]), number="审查", title=sheet.title,
        stage=STEP_LABELS[step] if step else "", unit=str(sheet.unit), due=due.on,
        lamp=due.lamp, shape=due.shape, words=due.words, provisional=due.provisional,
    )  # fmt: skip


def calendar_warning(user: User, agencies: list[Agency], today: date) -> str:
    """What is not sure because a year's holidays are not entered; empty when all are.

    Next year's notice is published about November; before that it is only told when a due date
    rests on it.
    """
    unknown = [y for y in (today.year, today.year + 1) if _unknown(agencies, y)]
    open_cases = visible_to(user).exclude(stage__in=[s.value for s in FINISHED])
    count = open_cases.filter(provisional=True).count()
    if not unknown or (not count and unknown == [today.year + 1] and today.month < 11):
        return ""
    years = "、".join(str(year) for year in unknown)
    told = f"{years} 年放假安排尚未录入。"
    return told + (f"{count} 件的到期日按周末推算，待核。" if count else "")


def _unknown(agencies: list[Agency], year: int) -> bool:
    return any(year not in calendar(agency.code).published for agency in agencies)


def day_in_words(agencies: list[Agency], today: date) -> str:
    """2026-11-25 周三（工作日）."""
    working = calendar(agencies[0].code if agencies else "").is_working(today)
    kind = "工作日" if working else "非工作日"
    return f"{today} 周{_WEEK[today.weekday()]}（{kind}）"


def month_figures(user: User, today: date) -> dict[str, Any]:
    """What came and was answered this month, among the cases that the person may read."""
    first = today.replace(day=1)
    late = Q(due_on__lt=today, paused=False) & ~Q(stage__in=[s.value for s in FINISHED])
    return visible_to(user).order_by().aggregate(
        received=Count("pk", filter=Q(received_on__gte=first, received_on__lte=today)),
        answered=Count("pk", filter=Q(answered_on__gte=first, answered_on__lte=today)),
        late=Count("pk", filter=late),
        rating=Avg("rating", filter=Q(answered_on__gte=first)),
    )  # fmt: skip


def troubles(user: User) -> list[tuple[str, int, str]]:
    """What asks for somebody: label, how many, where to look."""
    found: list[tuple[str, int, str]] = []
    for agency in agencies_with(user, Duty.CHANNEL_MANAGE):
        url = reverse("posts:index")
        found.append(("新媒体待发布", waiting(agency).count(), url))
        found.append(("新媒体待删除", to_take_down(agency).count(), url))
    for agency in agencies_with(user, Duty.REVIEW_OFFICE):
        url = reverse("office_lookback")
        found.append(("回头看有发现", len(lookback.found(agency)), url))
    if agencies_with(user, Duty.CASE_REGISTER):
        found.append(("通知发送失败", failed().count(), ""))
    return [row for row in found if row[1]]


class DeskPanel(Component):
    """Replaces every panel of Wagtail's dashboard."""

    name = "desk"
    order = 10
    template_name = "office/parts/desk.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user: Any = self.request.user
        today = clock.today()
        agencies = agencies_with(user)
        mine = Sheet.objects.filter(drafter=user)
        sheets, cases = sheets_waiting_for(user), waiting_for(user).count()
        rows = waiting_rows(user, sheets)
        moving = mine.filter(state__in=[Sheet.State.OPEN, Sheet.State.RETURNED])
        return {
            "day": day_in_words(agencies, today),
            "warning": calendar_warning(user, agencies, today),
            "rows": rows[:SHOWN],
            "waiting": cases + len(sheets),
            "shown": SHOWN,
            "month": month_figures(user, today),
            "troubles": troubles(user),
            "mine": moving.prefetch_related("decisions")[:10],
            "notices": on_desk_of(user.username)[:5],
            "may_enter": bool(agencies_with(user, Duty.CASE_REGISTER)),
            "may_write": bool(agencies_with(user, Duty.ITEM_WRITE)),
            "sees_cases": bool(agencies_with(user, Duty.CASE_READ_ALL, Duty.CASE_DRAFT)),
        }
