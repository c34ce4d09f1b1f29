"""What people say on the accounts, and who was told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.channels.models import Account, Voice
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


@transaction.atomic
def record_voice(account: Account, *, by: User, at: datetime, text: str) -> Voice:
    """Note what somebody said on an account; who said it stays on the platform."""
    post = require(by, Duty.CHANNEL_MANAGE, account.agency)
    if not text.strip():
        raise Refused("请填写留言内容。", field="text")
    if at > clock.now():
        raise Refused("发言时间不能晚于现在，请核对后重填。", field="at")
    voice = Voice.objects.create(account=account, at=at, text=text.strip(), recorded_by=by)
    record("voice.recorded", account.subject, by=by, post=str(post), data={"voice": voice.pk})
    return voice


@transaction.atomic
def pass_voice(voice: Voice, *, by: User, unit: Unit, reference: str = "") -> Voice:
    """Tell a unit; ``reference`` names the case or suggestion that it became."""
    post = require(by, Duty.CHANNEL_MANAGE, voice.account.agency)
    if unit.agency_id != voice.account.agency_id:
        raise Refused(f"“{unit.name}”不是本机关的处室，请另选。", field="unit")
    if voice.passed_at is not None:
        raise Refused("此条已反馈给处室，无需重复办理。")
    voice.unit, voice.passed_at, voice.reference = unit, clock.now(), reference
    voice.save(update_fields=["unit", "passed_at", "reference"])
    record(
        "voice.passed", voice.account.subject, by=by, post=str(post),
        data={"voice": voice.pk, "unit": unit.code, "reference": reference},
    )  # fmt: skip
    return voice
