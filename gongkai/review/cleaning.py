"""A clean copy of an attachment in the place of the original, and what the drafter is told."""

from __future__ import annotations

from gongkai import screening
from gongkai.agencies.models import Agency, User
from gongkai.files.models import StoredFile
from gongkai.review.drafts import put_clean_copy_in
from gongkai.review.pages import GatedPage
from gongkai.review.queries import TO_SETTLE, policy_of
from gongkai.screening.cleaning import clean_and_screen_isolated


def clean_attachment(page: GatedPage, file: StoredFile, *, by: User) -> str:
    """Clean the file, screen the copy, put it into the newest draft; returns what was done.

    The child process works outside any transaction: it may take seconds.
    """
    policy = policy_of(page.agency)
    cleaned, report = clean_and_screen_isolated(file.path, file.name, policy=policy)
    put_clean_copy_in(page, file, cleaned, by=by)
    gone = "；".join(cleaned.dropped) or "没有去掉任何内容"
    left = len([f for f in report.findings if f.severity in TO_SETTLE])
    again = f"副本里还有 {left} 处提示，请更正。" if left else "副本里没有发现问题。"
    done = f"已用干净副本替换“{file.name}”，存为新的草稿。去掉的内容：{gone}。"
    return f"{done}{again}请看一遍后重新提交审查。"


def words_of(file: StoredFile, agency: Agency) -> str:
    """What a reader sees of the file, masked by the organ's rule."""
    policy = policy_of(agency)
    report = screening.screen_file_isolated(file.path, file.name, policy=policy)
    return screening.mask(report.visible_text, policy)
