"""The look at who asked: only the information office, and only with a reason."""

from __future__ import annotations

from gongkai.agencies.rules import Duty
from gongkai.cases.actions import open_identity
from gongkai.office.acting import Act
from gongkai.office.cases.forms import IdentityForm
from gongkai.office.cases.state import holds

IDENTITY = Act(
    key="identity", label="查看身份信息", form=IdentityForm, button="查看",
    do=lambda c, u, f: open_identity(c, by=u, reason=f["reason"]),
    may=lambda c, u: holds(c, u, Duty.IDENTITY_OPEN),
)  # fmt: skip
