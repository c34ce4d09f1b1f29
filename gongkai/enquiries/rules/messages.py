"""What a person may write to the bureau; each objection says what to do."""

from __future__ import annotations

import re
import unicodedata

from gongkai.outbox.rules import Channel, objection_to_recipient

TITLE_LENGTH = (2, 60)
TEXT_LENGTH = (1, 2000)
COMMENT_LENGTH = 500
MOST_FILES = 5
_LONGEST = {
    "name": (50, "姓名"), "address": (200, "地址"), "mail": (254, "电子邮箱"),
    "identity": (30, "证件号"), "representative": (50, "联系人"),
}  # fmt: skip
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,5})?")
_KEY = re.compile(r"[A-Za-z0-9_-]{32,64}")


def clean(text: str) -> str:
    """Without control and invisible characters (which databases refuse and readers cannot see)."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return "".join(kept).strip()


def objections_to_message(
    title: str, text: str, *, files: int = 0, submission_key: str = ""
) -> dict[str, str]:
    """What is wrong with a cleaned message, by field; empty when it can be taken."""
    found = {}
    least, most = TITLE_LENGTH
    if not title:
        found["title"] = "请填写标题，用一句话说明是什么事。"
    elif "\n" in title or not least <= len(title) <= most:
        found["title"] = f"标题为 {len(title)} 字，请写成一行，{least} 到 {most} 字。"
    if not text:
        found["text"] = "请写明您要咨询或反映的事情。"
    elif len(text) > TEXT_LENGTH[1]:
        found["text"] = (
            f"已写 {len(text)} 字，请控制在 {TEXT_LENGTH[1]} 字以内，其余可作为附件上传。"
        )
    if files > MOST_FILES:
        found["files"] = f"已选 {files} 个附件，最多 {MOST_FILES} 个，请合并后再上传。"
    if submission_key and not _KEY.fullmatch(submission_key):
        found[""] = "页面停留过久或已失效，请返回重新打开表单，再提交一次。"
    return found


def objections_to_person(
    *, name: str = "", phone: str = "", mail: str = "", address: str = "",
    identity: str = "", representative: str = "",
) -> dict[str, str]:  # fmt: skip
    """What is wrong with what a person says about themselves. Nothing is compulsory.

    Without telephone and mail the answer is found with number and query code.
    """
    given = {
        "name": name, "mail": mail, "address": address, "identity": identity,
        "representative": representative,
    }  # fmt: skip
    found = {
        field: f"{label}过长，请控制在 {most} 字以内。"
        for field, (most, label) in _LONGEST.items()
        if len(given[field]) > most
    }
    if phone and not (_MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone)):
        found["phone"] = (
            "手机号应为11位数字，例如 13800000000；座机请加区号，例如 029-80000000；没有可不填。"
        )
    if mail and (wrong := objection_to_recipient(Channel.MAIL, mail)):
        found.setdefault("mail", f"{wrong}没有电子邮箱可不填。")
    return found


def objection_to_rating(stars: object, comment: str) -> tuple[str, str] | None:
    """Field and text of what is wrong with a rating: one to five stars, and a short comment."""
    if isinstance(stars, bool) or not isinstance(stars, int) or not 1 <= stars <= 5:
        return "stars", "请选择 1 到 5 颗星。"
    if len(comment) > COMMENT_LENGTH:
        return "comment", f"已写 {len(comment)} 字，请控制在 {COMMENT_LENGTH} 字以内。"
    return None
