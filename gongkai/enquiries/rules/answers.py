"""“Passed on” is never an answer."""

from __future__ import annotations

import re

LONGEST = 5000

# What says only that somebody else has it, or that one should ask somewhere else; … is any text.
PASSED_ON = (
    "已转", "已批转", "已移交", "已转交", "已交由", "已交…办理", "转请", "转交…处理", "转…办理",
    "请咨询", "请联系", "请与…联系", "请向…咨询", "请向…反映", "请到…咨询", "请前往…咨询", "请拨打",
    "请致电", "可咨询", "可拨打", "可向…咨询", "可向…反映", "建议咨询", "建议您咨询", "建议您联系",
    "建议…向…反映", "建议…向…咨询",
    "不属于我局", "不属我局", "不归我局", "请耐心等待", "请等待", "正在办理", "正在处理",
    "正在核实", "将尽快", "会尽快", "尽快答复", "尽快回复",
)  # fmt: skip
# What is said out of politeness or habit, and tells nothing.
COURTESY = (
    "您好", "你好", "感谢", "谢谢", "收悉", "来信已收到", "留言已收到", "已阅", "此复", "特此回复",
    "特此答复", "现回复如下", "现答复如下", "答复如下", "回复如下", "经研究", "经核实", "经了解",
    "祝您", "敬请谅解", "望谅解", "欢迎您",
)  # fmt: skip
_CLAUSES = re.compile(r"[，。；：！？、,.;:!?\s]+")
_WORD = re.compile(r"\w")
_CONTACT = re.compile(r"(?:联系|咨询|办公)?(?:电话|号码|热线|地址)?[\d\-－—()（）转或/]*")
_SIGNED = re.compile(
    r"[^到去向由在请可应须持带往]{0,16}(?:局|处|办公室|中心|信息办)|\S{4}年\S{1,3}月\S{1,3}日"
)


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p).replace("…", ".*") for p in phrases))


_EMPTY = (_pattern(PASSED_ON), _pattern(COURTESY))


def says_something(text: str) -> bool:
    """Whether any clause does more than greet, sign, pass on, or point to somebody else."""
    clauses = [clause for clause in _CLAUSES.split(text) if _WORD.search(clause)]
    return any(
        not any(empty.search(clause) for empty in _EMPTY)
        and not _CONTACT.fullmatch(clause)
        and not _SIGNED.fullmatch(clause)
        for clause in clauses
    )


def objection_to_answer(text: str) -> str:
    """Why a text is no answer, in Chinese; empty when it is one."""
    if not text:
        return "请写明答复内容。"
    if len(text) > LONGEST:
        return f"已写 {len(text)} 字，请控制在 {LONGEST} 字以内，其余可作为附件。"
    if not says_something(text):
        return (
            "“已转某处”“请咨询某处”不是答复：请与承办单位核实后，写明结论、依据和办理办法；"
            "确需找其他单位的，写明为什么、找谁、怎么办。"
        )
    return ""
