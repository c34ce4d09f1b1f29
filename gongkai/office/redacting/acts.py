"""What may be done with a redaction. Each act calls one action."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.agencies.models import Unit, User
from gongkai.cases.models import Case
from gongkai.files import redacting
from gongkai.files.models import Redaction
from gongkai.office.acting import Act, Facts
from gongkai.office.redacting import forms
from gongkai.office.redacting.access import may_draw
from gongkai.office.redacting.tasks import make
from gongkai.review.queries import policy_of
from gongkai.screening import ocr

AT_ONCE = 30
"""Pages of a file that somebody may wait for."""


def acts_for(case: Case) -> dict[str, Act]:
    """By key, for the redactions of this case."""
    unit = case.owner_unit

    def act(key: str, label: str, form: Any, do: Any, button: str) -> Act:
        return Act(key=key, label=label, form=form, do=do, button=button,
                   may=lambda _, user: may_draw(case, user))  # fmt: skip

    acts = (
        act("box", "画框", forms.BoxForm, lambda r, u, f: _box(r, u, f, unit), "保存方框"),
        act("phrase", "遮盖词语", forms.PhraseForm,
             lambda r, u, f: _phrase(r, u, f, unit), "全文遮盖"),
        act("findings", "遮盖审查提示", forms.FindingsForm,
             lambda r, u, f: _findings(r, u, unit), "为全部提示加上方框"),
        act("remove", "去掉方框", forms.RemoveForm,
             lambda r, u, f: _remove(r, u, f, unit), "去掉勾选的方框"),
        act("again", "一并遮盖", forms.AgainForm,
             lambda r, u, f: _again(r, u, f, unit), "一并遮盖"),
        act("keep", "写明理由", forms.KeepForm,
             lambda r, u, f: _keep(r, u, f, unit), "记录理由"),
        act("make", "制作区分处理件", forms.MakeForm,
             lambda r, u, f: _make(r, u, unit), "制作区分处理件"),
    )  # fmt: skip
    return {act.key: act for act in acts}


def _box(redaction: Redaction, user: User, f: Facts, unit: Unit | None) -> str:
    new = redacting.draw(redaction, f["boxes"], by=user, unit=unit)
    return f"已加上{new}个方框。" if new else "这些方框已经有了。"


def _phrase(redaction: Redaction, user: User, f: Facts, unit: Unit | None) -> str:
    new, blind = redacting.draw_phrase(redaction, f["phrase"], f["ground"], by=user, unit=unit)
    return f"已加上{new}个方框。{_blind(blind)}"


def _findings(redaction: Redaction, user: User, unit: Unit | None) -> str:
    policy = policy_of(redaction.agency)
    new, blind = redacting.draw_findings(redaction, by=user, unit=unit, policy=policy)
    told = f"已按审查提示加上{new}个方框，请逐页核对。" if new else "没有新的审查提示可以遮盖。"
    return told + _blind(blind)


def _remove(redaction: Redaction, user: User, f: Facts, unit: Unit | None) -> str:
    numbers = [int(number) for number in f["boxes"]]
    return f"已去掉{redacting.take_away(redaction, numbers, by=user, unit=unit)}个方框。"


def _again(redaction: Redaction, user: User, f: Facts, unit: Unit | None) -> str:
    policy = policy_of(redaction.agency)
    new = redacting.draw_again(redaction, f["word"], f["ground"], by=user, unit=unit, policy=policy)
    return f"已一并加上{new}个方框，请重新制作。"


def _keep(redaction: Redaction, user: User, f: Facts, unit: Unit | None) -> str:
    redacting.settle_still(redaction, f["word"], f["reason"], by=user, unit=unit)
    return "已记录理由。全部处理后请重新制作。"


def _make(redaction: Redaction, user: User, unit: Unit | None) -> str:
    """A short file at once; a long one, or one that a machine has to read, by the worker."""
    if unit is not None and (redaction.pages > AT_ONCE or ocr.available()):
        with transaction.atomic():
            redacting.ask_to_make(redaction, by=user, unit=unit)
            wanted = (redaction.pk, user.pk, unit.pk)
            transaction.on_commit(lambda: make.enqueue(*wanted))
        return "已交后台制作，可以离开本页；完成后结果显示在这里。"
    policy = policy_of(redaction.agency)
    result = redacting.redact(redaction, by=user, unit=unit, policy=policy)
    return f"已制作“{result.file.name}”。请打开看一遍，再附到答复稿送审。"


def _blind(pages: list[int]) -> str:
    if not pages:
        return ""
    shown = "、".join(str(page) for page in pages[:20]) + ("等" if len(pages) > 20 else "")
    return f"第{shown}页是图像，系统读不出文字，请逐页画框。"
