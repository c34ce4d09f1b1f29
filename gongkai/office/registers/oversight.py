"""监督考核: rules, meetings, trainings, target letters, and the group of all its registers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.viewsets.base import ViewSetGroup

from gongkai.agencies.models import User
from gongkai.office.acting import Act
from gongkai.office.registers.base import Register, Shown
from gongkai.office.registers.oversight_duties import (
    ANSWERS,
    OfUnits,
    manages,
)
from gongkai.office.registers.oversight_forms import (
    DayForm,
    LetterForm,
    MeetingForm,
    RuleForm,
    TrainingForm,
)
from gongkai.office.registers.scoring import Accountabilities, Assessments
from gongkai.office.registers.supervising import Audits, Findings, Suggestions
from gongkai.oversight import actions, models


class Rules(Register):
    name, model, icon, menu_label = "rules", models.Rule, "doc-full", "工作制度"
    reads = ANSWERS
    columns = (
        Shown("名称", "title"), Shown("类别", "get_kind_display", "kind"),
        Shown("通过日期", "adopted_on", "adopted_on"), Shown("废止日期", "ended_on"),
        Shown("索引号", "index_number"),
    )  # fmt: skip
    facts = (Shown("正文", "text"),)
    list_filter = ("kind",)
    acts = (Act("add", "登记制度", RuleForm, lambda a, u, f: actions.adopt_rule(a, by=u, **f),
                manages,
                "登记"),)  # fmt: skip
    row_acts = (
        Act("end", "登记废止", DayForm, lambda r, u, f: actions.end_rule(r, by=u, **f),
            lambda r, u: r.ended_on is None and manages(r, u), "废止"),
    )  # fmt: skip


class Meetings(Register):
    name, model, icon, menu_label = "meetings", models.Meeting, "group", "会议"
    reads = ANSWERS
    columns = (Shown("议题", "title"), Shown("日期", "on", "on"))
    facts = (Shown("参加人员", "attendees"), Shown("纪要", "minutes"))
    search_fields = ("title",)
    acts = (Act("add", "登记会议", MeetingForm,
                lambda a, u, f: actions.record_meeting(a, by=u, **f), manages,
                "登记"),)  # fmt: skip


class Trainings(Register):
    name, model, icon, menu_label = "trainings", models.Training, "group", "培训"
    reads = ANSWERS
    columns = (
        Shown("内容", "title"), Shown("日期", "on", "on"), Shown("举办单位", "organiser"),
        Shown("参加人数", "people", "people"),
    )  # fmt: skip
    search_fields = ("title", "organiser")
    acts = (Act("add", "登记培训", TrainingForm,
                lambda a, u, f: actions.record_training(a, by=u, **f), manages,
                "登记"),)  # fmt: skip


class TargetLetters(OfUnits):
    name, model, icon, menu_label = "target-letters", models.TargetLetter, "edit", "目标责任书"
    columns = (
        Shown("处室", "unit"), Shown("年度", "year", "year"), Shown("签订日期", "signed_on"),
        Shown("联络人", "liaison"),
    )  # fmt: skip
    acts = (
        Act("add", "登记责任书", LetterForm,
            lambda a, u, f: actions.sign_target_letter(a, by=u, **f), manages, "登记"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("liaison")


class OversightGroup(ViewSetGroup):
    menu_label, menu_icon, menu_order, menu_name = "监督考核", "view", 310, "oversight"
    items = (
        Findings, Audits, Suggestions, Assessments, Accountabilities, Rules, Meetings, Trainings,
        TargetLetters,
    )  # fmt: skip
