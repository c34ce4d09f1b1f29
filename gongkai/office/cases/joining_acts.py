"""Merging, splitting, and sending on what came in by the wrong door, with their forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.applications import actions
from gongkai.applications.queries import merges_into, person_of
from gongkai.applications.rules import CLASS_LABELS, Did
from gongkai.cases.models import Case
from gongkai.cases.rules import KIND_LABELS, Channel, Kind
from gongkai.cases.rules import Act as Happening
from gongkai.enquiries import actions as enquiries
from gongkai.enquiries.rules import KINDS, TOPICS
from gongkai.office.acting import Act, ActForm, Facts, LongText
from gongkai.office.cases.state import holds, possible

_LONGEST_HEADING = 60


class MergeForm(ActForm):
    """并案: into an earlier open application of the same applicant."""

    into: Any = forms.ModelChoiceField(Case.objects.none(), label="并入", empty_label=None)
    reason = LongText(label="理由", rows=2, help_text="例如：同日网上和信函各提交一次，内容相同。")

    def prepare(self) -> None:
        rows = merges_into(self.subject)
        into = self.fields["into"]
        into.queryset = Case.objects.filter(pk__in=[row.pk for row in rows])  # type: ignore[attr-defined]
        into.label_from_instance = (  # type: ignore[attr-defined]
            lambda row: f"{row.number} {row.title}（{row.received_on} 收到）"
        )


class SplitForm(ActForm):
    """一事一申请: what leaves; the first matter stays here."""

    parts = LongText(
        label="拆出的各项内容，每行一项",
        rows=4,
        help_text="留在本件的一项不写。每项成为一件新申请。",
    )


class ReferForm(ActForm):
    """转为来信: what it really is."""

    kind = forms.ChoiceField(label="实为", choices=[(k.value, KIND_LABELS[k]) for k in KINDS])
    topic = forms.ChoiceField(
        label="问题类别", choices=[(t.key, t.label) for t in TOPICS.values()], initial="other"
    )
    reason = LongText(label="理由", rows=2)


class TakeOverForm(ActForm):
    """转为公开申请: the message keeps its day of receipt."""

    applicant_class = forms.ChoiceField(
        label="申请人类别", choices=[(c.value, label) for c, label in CLASS_LABELS.items()]
    )
    reason = LongText(label="依据", rows=2, help_text="例如：来信写明“请依照条例公开”。")


def _merge(case: Case, user: User, f: Facts) -> str:
    actions.merge(case, f["into"], by=user, reason=f["reason"])
    return f"已并入 {f['into'].number}，本件办结，不另计入年度报告。"


def _split(case: Case, user: User, f: Facts) -> str:
    opened = actions.split(case, f["parts"].splitlines(), by=user)
    told = "；".join(f"{new.case.number}（查询码 {new.code}）" for new in opened)
    return f"已拆分，新增 {told}。查询码只显示这一次，请抄给申请人。"


@transaction.atomic
def _refer(case: Case, user: User, f: Facts) -> str:
    """The message is opened by the room of messages, the application records where it went."""
    opened = enquiries.submit(
        case.agency, Kind(f["kind"]), channel=Channel(case.channel),
        title=case.title[:_LONGEST_HEADING], text=case.text, person=person_of(case),
        topic=f["topic"], files=[e.file for e in case.enclosures.select_related("file")], by=user,
    )  # fmt: skip
    enquiries.register(opened.case, by=user, received_on=case.received_on)
    actions.refer(case, opened.case.number, by=user, reason=f["reason"])
    return (
        f"已另立 {opened.case.number}（查询码 {opened.code}），收到日期不变。"
        "本件仍须答复，请按“信访举报投诉类申请”拟告知书。"
    )


def _take_over(case: Case, user: User, f: Facts) -> str:
    opened = actions.take_over(case, by=user, **f)
    return (
        f"已转为政府信息公开申请 {opened.case.number}（查询码 {opened.code}），收到日期不变。"
        "查询码只显示这一次，请抄给申请人。"
    )


def _mergeable(case: Case, user: User) -> bool:
    return possible(case, Did.MERGED) and holds(case, user, Duty.CASE_ROUTE) and bool(
        merges_into(case)
    )  # fmt: skip


ACTS = (
    Act(
        key="merge", label="并入另一件", form=MergeForm, button="合并", do=_merge, may=_mergeable,
        warning="两件实为一件的才合并：较早的一件继续办理，期限从较早的一件起算，年度报告只计一件。",
    ),
    Act(
        key="split", label="拆分（一事一申请）", form=SplitForm, button="拆分", do=_split,
        may=lambda c, u: possible(c, Did.SPLIT) and holds(c, u, Duty.CASE_ROUTE),
        warning="拆出的每一件收到日期和期限与本件相同，各有编号和查询码，年度报告分别计数。",
    ),
    Act(
        key="refer", label="实为来信，另立办理", form=ReferForm, button="另立来信", do=_refer,
        may=lambda c, u: possible(c, Did.REFERRED) and holds(c, u, Duty.CASE_ROUTE)
        and not any(e.kind == Did.REFERRED for e in c.events.all()),
        warning="按来信另立一件并保留收到日期；本件仍须书面告知申请人（条例第三十九条）。",
    ),
)  # fmt: skip

TAKE_OVER = Act(
    key="take_over", label="实为公开申请，转办", form=TakeOverForm, button="转为公开申请",
    do=_take_over,
    may=lambda c, u: possible(c, Happening.CLOSED, {}) and c.received_on is not None
    and holds(c, u, Duty.CASE_REGISTER) and not c.is_finished,
    warning="来信随即办结，按公开申请继续办理，收到日期不变。缺身份证明等要件的，随后告知补正。",
)  # fmt: skip
