"""The acts of the fee for processing information, with their forms."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.applications import actions
from gongkai.applications.queries import items_before
from gongkai.applications.rules import WAY_LABELS, Did, charge_of
from gongkai.cases.models import Case
from gongkai.office.acting import Act, ActForm, DateField, Facts, LongText, ReasonForm
from gongkai.office.cases.forms import set_ways
from gongkai.office.cases.state import happened, holds, possible
from gongkai.statute import law_for, tariff


class ChargeForm(ActForm):
    """收费通知: by item or by page, never both; the sum is counted by the law's tariff."""

    way: Any = forms.ChoiceField(
        label="计收方式", choices=[(w.value, label) for w, label in WAY_LABELS.items()]
    )
    units = forms.IntegerField(
        label="本件的件数或页数", min_value=1,
        help_text="按量计收的，A4 及以下纸张的单面为一页，已经主动公开的不计。",
    )  # fmt: skip
    pay_how = LongText(label="缴费方式（写入收费通知书）", rows=3)
    how = forms.ChoiceField(label="告知方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        case: Case = self.subject
        set_ways(self, "how", optional=True)
        told = f"同一申请人本月此前已申请 {items_before(case)} 件，由系统累计。"
        rates = "；".join(f"{label}：{tariff(way)}" for way, label in WAY_LABELS.items())
        self.fields["way"].help_text = f"{told}{rates}。"
        self.initial.setdefault("units", case.application.items)


class FeeReachedForm(ActForm):
    day = DateField(label="申请人收到收费通知的日期", help_text="缴费期限从次日起算。")


class FeePaidForm(ActForm):
    day = DateField(label="缴费日期")
    receipt = forms.CharField(label="票据号码或缴款凭证", max_length=60)

    def prepare(self) -> None:
        self.initial.setdefault("day", clock.today())


class LapseForm(ReasonForm):
    how = forms.ChoiceField(label="告知方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        set_ways(self, "how", optional=True)


def _charge(case: Case, user: User, f: Facts) -> str:
    event = actions.charge_fee(case, by=user, **f)
    return f"已制发收费通知书，应缴 {event.data['amount']} 元；缴费前暂停计时。"


def _paid(case: Case, user: User, f: Facts) -> str:
    actions.receive_fee(case, by=user, day=f["day"], receipt=f["receipt"])
    return f"已登记缴费，答复期限改为 {case.due_on}。"


def _chargeable(case: Case, user: User) -> bool:
    """Offered only where the law of the case knows the fee."""
    if not possible(case, Did.FEE_CHARGED) or case.received_on is None:
        return False
    return holds(case, user, Duty.CASE_ROUTE) and law_for(case.received_on).has("fee_payment")


def _awaiting(case: Case, user: User) -> bool:
    charge = charge_of(happened(case))
    return charge is not None and charge.awaited and holds(case, user, Duty.CASE_REGISTER)


ACTS = (
    Act(
        key="fee_paid", label="登记缴费", form=FeePaidForm, button="登记缴费", do=_paid,
        may=lambda c, u: possible(c, Did.FEE_PAID) and _awaiting(c, u),
    ),
    Act(
        key="fee_reached", label="申请人收到收费通知", form=FeeReachedForm, button="登记送达",
        do=lambda c, u, f: actions.note_fee_notice_received(c, by=u, day=f["day"]),
        may=lambda c, u: possible(c, Did.FEE_NOTICE_REACHED) and _awaiting(c, u),
    ),
    Act(
        key="fee_lapse", label="逾期不缴费，不再处理", form=LapseForm, button="不再处理",
        do=lambda c, u, f: actions.lapse_fee(c, by=u, **f),
        may=lambda c, u: possible(c, Did.FEE_LAPSED) and _awaiting(c, u),
        warning="登记后本件即办结，系统制发不再处理告知书。",
    ),
    Act(
        key="fee_cancel", label="撤回收费通知", form=ReasonForm, button="撤回收费通知",
        do=lambda c, u, f: actions.cancel_fee(c, by=u, reason=f["reason"]),
        may=lambda c, u: possible(c, Did.FEE_CANCELLED) and _awaiting(c, u)
        and holds(c, u, Duty.CASE_ROUTE),
    ),
    Act(
        key="fee", label="收取信息处理费", form=ChargeForm, button="制发收费通知书", do=_charge,
        may=_chargeable, warning="只对数量、频次明显超过合理范围的申请收取（条例第四十二条）。",
    ),
)  # fmt: skip
