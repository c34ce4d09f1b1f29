"""考核评议 and 责任追究: every point taken off names its row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import User
from gongkai.office.acting import Act
from gongkai.office.registers.base import Register, Related, Shown
from gongkai.office.registers.oversight_duties import (
    MANAGES,
    OfUnits,
    answers,
    manages,
)
from gongkai.office.registers.oversight_forms import (
    AccountForm,
    AssessForm,
    ObjectionForm,
    SettleForm,
)
from gongkai.oversight import actions, models


def _deductions(a: models.Assessment) -> Iterator[tuple[Any, ...]]:
    for d in a.deductions.all():
        yield d.indicator, d.points, d.row, d.reason, "已撤销" if d.taken_back else ""


class Assessments(OfUnits):
    name, model, icon, menu_label = "assessments", models.Assessment, "list-ol", "考核评议"
    columns = (
        Shown("处室", "unit"), Shown("年度", "year", "year"), Shown("得分", "score"),
        Shown("评议日期", "on", "on"), Shown("申诉日期", "objected_on"),
    )  # fmt: skip
    facts = (Shown("处室申诉", "objection"), Shown("复核意见", "outcome"))
    related = (Related("扣分", ("指标", "分数", "依据", "理由", "复核"), _deductions),)
    acts = (
        Act("add", "评议处室", AssessForm, lambda a, u, f: actions.assess(a, by=u, **f), manages,
            "评议"),
    )  # fmt: skip
    row_acts = (
        Act("object", "申诉", ObjectionForm,
            lambda a, u, f: actions.object_to_assessment(a, by=u, **f),
            lambda a, u: not a.objection and answers(a, u), "申诉"),
        Act("settle", "复核申诉", SettleForm,
            lambda a, u, f: actions.settle_objection(a, by=u, **f),
            lambda a, u: bool(a.objection) and not a.outcome and manages(a, u), "复核"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).prefetch_related("deductions")


class Accountabilities(Register):
    name, model, icon, menu_label = "accountability", models.Accountability, "warning", "责任追究"
    reads = MANAGES
    columns = (
        Shown("处室", "unit"), Shown("岗位", "post"), Shown("处理决定", "decision"),
        Shown("决定日期", "on", "on"),
    )  # fmt: skip
    facts = (Shown("事实和依据", "ground"),)
    acts = (Act("add", "登记责任追究", AccountForm,
                lambda a, u, f: actions.hold_accountable(a, by=u, **f), manages,
                "登记"),)  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("unit", "post__unit")
