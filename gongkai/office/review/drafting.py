"""What the drafter does from the sheet, and the withdrawal of what is public."""

from __future__ import annotations

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.office.acting import Act, Facts, NoFacts
from gongkai.office.review.forms import CleanForm, WithdrawForm
from gongkai.office.review.shown import is_newest, page_of
from gongkai.refusal import Refused
from gongkai.review import actions
from gongkai.review.cleaning import clean_attachment
from gongkai.review.drafts import mask_draft, take_back_page
from gongkai.review.lookback import take_down
from gongkai.review.models import FileWork, Sheet
from gongkai.review.outlets import outlet_of
from gongkai.review.pages import GatedPage
from gongkai.review.queries import findings_of, run_has_stopped, running
from gongkai.review.rules import screens_later


def _page(sheet: Sheet) -> GatedPage:
    page = page_of(sheet)
    if page is None:
        raise Refused("请到案件页面办理本件的答复。")
    return page


def _may_take_back(sheet: Sheet, user: User) -> bool:
    mine = user.pk == sheet.drafter_id and sheet.state == Sheet.State.OPEN
    return mine and page_of(sheet) is not None


def _may_mask(sheet: Sheet, user: User) -> bool:
    """The drafter's own: whoever changes a text becomes its drafter and cannot review it."""
    if sheet.state not in {Sheet.State.OPEN, Sheet.State.RETURNED} or not is_newest(sheet):
        return False
    mine = user.pk == sheet.drafter_id and may(user, Duty.ITEM_WRITE, sheet.agency, sheet.unit)
    in_text = any(not f["settled"] and not f.get("file") for f in findings_of(sheet))
    return mine and in_text and page_of(sheet) is not None


def _mask(sheet: Sheet, user: User, facts: Facts) -> str:
    count = mask_draft(_page(sheet), by=user)
    return f"已按本机关的遮盖规则遮盖 {count} 处文字，存为新的草稿。请看一遍后重新提交审查。"


def _may_clean(sheet: Sheet, user: User) -> bool:
    if sheet.state not in {Sheet.State.OPEN, Sheet.State.RETURNED} or not sheet.files:
        return False
    mine = user.pk == sheet.drafter_id and may(user, Duty.ITEM_WRITE, sheet.agency, sheet.unit)
    return mine and is_newest(sheet) and page_of(sheet) is not None


def _clean(sheet: Sheet, user: User, facts: Facts) -> str:
    """A small file at once; a large one by the worker, while the drafter goes on."""
    file, page = facts["file"], _page(sheet)
    if not screens_later([file.size]):
        return clean_attachment(page, file, by=user)
    actions.ask_for(FileWork.Kind.COPY, sheet, file, page=page, by=user)
    return f"“{file.name}”较大，正在后台生成干净副本。可以离开本页，结果会显示在审查表上。"


def _may_withdraw(sheet: Sheet, user: User) -> bool:
    if sheet.state != Sheet.State.RELEASED:
        return False
    allowed = may(user, Duty.ITEM_WITHDRAW, sheet.agency, sheet.unit)
    return allowed and outlet_of(sheet.subject).read(sheet.subject) is not None


def _may_screen_again(sheet: Sheet, user: User) -> bool:
    run = running(sheet)
    return run is not None and run_has_stopped(run, clock.now())


DRAFTING = [
    Act(
        key="mask", label="一键遮盖", form=NoFacts, button="按规则遮盖并存为新草稿",
        warning="按本机关统一的遮盖规则遮盖文字中的个人信息；正在审查的会先收回。附件不改动。",
        do=_mask, may=_may_mask,
    ),
    Act(
        key="clean", label="附件换成干净副本", form=CleanForm, button="生成干净副本并替换",
        warning="副本只留看得见的内容：批注、修订、隐藏的行列和工作表、作者信息等会去掉。原件留存，不公开。",
        do=_clean, may=_may_clean,
    ),
    Act(
        key="take_back", label="收回", form=NoFacts, button="收回修改",
        told="已收回，可以修改后重新提交。",
        do=lambda s, u, f: take_back_page(_page(s), by=u), may=_may_take_back,
    ),
    Act(
        key="withdraw", label="撤回", form=WithdrawForm, button="撤回",
        told="已撤回，各渠道随即下架。",
        warning="本件将从网站、搜索和各渠道撤下；撤回理由长期留存。",
        do=lambda s, u, f: take_down(s, by=u, reason=f["reason"]), may=_may_withdraw,
    ),
    Act(
        key="screen_again", label="机器筛查停住了", form=NoFacts, button="继续筛查",
        told="已重新排队，从停下的那份附件继续。",
        do=lambda s, u, f: actions.screen_again(s, by=u), may=_may_screen_again,
    ),
]  # fmt: skip
