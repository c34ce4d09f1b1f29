"""Who must look before something becomes public, and who may not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """The hands through which content passes, in this order."""

    UNIT = "unit"
    SECRECY = "confidentiality"
    OFFICE = "information_office"
    LEADER = "leader"


class Path(StrEnum):
    """What a column asks for."""

    STANDARD = "standard"
    LEADER = "leader"
    SECRECY = "secrecy"
    FULL = "full"
    ANSWER = "answer"


class Verdict(StrEnum):
    APPROVE = "approve"
    RETURN = "return"


STEP_LABELS = {
    Step.UNIT: "处室审查（含保密审查）",
    Step.SECRECY: "保密审查员审查",
    Step.OFFICE: "信息办审核",
    Step.LEADER: "分管局领导签发",
}
PATH_LABELS = {
    Path.STANDARD: "处室、信息办两级",
    Path.LEADER: "处室、信息办、分管局领导三级",
    Path.SECRECY: "处室、保密审查员、信息办三级",
    Path.FULL: "处室、保密审查员、信息办、分管局领导四级",
    Path.ANSWER: "信息办汇总、分管局领导审核",
}
# What a column may ask for; answers to citizens have their own path. In the shorter two the unit's
# step is also the confidentiality review: a small office has no person to spare for it.
COLUMN_PATHS = (Path.STANDARD, Path.LEADER, Path.SECRECY, Path.FULL)
STEPS: dict[Path, tuple[Step, ...]] = {
    Path.STANDARD: (Step.UNIT, Step.OFFICE),
    Path.LEADER: (Step.UNIT, Step.OFFICE, Step.LEADER),
    Path.SECRECY: (Step.UNIT, Step.SECRECY, Step.OFFICE),
    Path.FULL: (Step.UNIT, Step.SECRECY, Step.OFFICE, Step.LEADER),
    Path.ANSWER: (Step.OFFICE, Step.LEADER),
}

CHECKLIST = {
    "state_secret": "不含国家秘密",
    "work_secret": "不含工作秘密",
    "trade_secret": "不含商业秘密，或权利人同意公开",
    "privacy": "不含个人隐私，或已按规则遮蔽",
    "stability": "不危及国家安全、公共安全、经济安全和社会稳定",
}

# Whoever agrees confirms the list; a list that nobody was asked about would be a false record.
STATEMENT = "同意即表示您已逐项核对：" + "；".join(CHECKLIST.values()) + "。"


class Outcome(StrEnum):
    """What the secrecy administration answers."""

    PUBLIC = "public"
    PARTLY = "partly"
    WITHHELD = "withheld"


OUTCOME_LABELS = {
    Outcome.PUBLIC: "不属于国家秘密，可以继续审查",
    Outcome.PARTLY: "部分属于国家秘密，删减后重新送审",
    Outcome.WITHHELD: "属于国家秘密，不得公开",
}

# Above this a submission is screened in the worker: a person waits at most a few seconds.
FILES_AT_ONCE = 4
BYTES_AT_ONCE = 8_000_000


NIGHT = (1, 6)
"""Hours in China between which everything public is screened again: the readers sleep."""


def look_back_is_due(edition: str, last_edition: str, last: datetime | None, now: datetime) -> bool:
    """Whether a new pass over what is public begins: under new rules at once, else once a night.

    ``last`` is when the last pass began; both times are China's.
    """
    if last is None or edition != last_edition:
        return True
    return last.date() < now.date() and NIGHT[0] <= now.hour < NIGHT[1]


def screens_later(sizes: Sequence[int]) -> bool:
    """Whether files of these sizes (bytes) are too many or too large to be screened at once."""
    return len(sizes) > FILES_AT_ONCE or sum(sizes) > BYTES_AT_ONCE


@dataclass(frozen=True)
class Approval:
    """One approval of one content: at which step, by whom."""

    step: str
    by: str
    content_hash: str


@dataclass(frozen=True)
class OpenFinding:
    """A finding of the screening that nobody has settled yet."""

    key: str
    severity: str
    label: str


def next_step(path: str, approvals: Iterable[Approval], content_hash: str) -> Step | None:
    """The first step that has not approved exactly this content; None when all have."""
    done = {a.step for a in approvals if a.content_hash == content_hash}
    return next((step for step in STEPS[Path(path)] if step not in done), None)


def objection_to_reviewer(person: str, drafter: str, earlier: Iterable[Approval]) -> str:
    """Four eyes: nobody reviews an own draft or a second time; empty when the person may.

    R19 art 17 and SSL24 art 35 ask for review before publication; that the hands differ is ours.
    """
    if person == drafter:
        return "起草人不能审查自己的稿件，请由另一人办理。"
    if person in {approval.by for approval in earlier}:
        return "您已在前一环节审查过本件，请由另一人办理。"
    return ""


def objection_to_release(
    *, path: str, drafter: str, content_hash: str, approvals: Sequence[Approval],
    open_findings: Sequence[OpenFinding], obstacles: Sequence[str] = (),
) -> str:  # fmt: skip
    """Why content must not leave, in Chinese; empty when it may.

    It may when every step of its path approved exactly this content, by people who differ from
    the drafter and from each other, no finding of the screening is open, and nothing else stands
    in the way (``obstacles``: a screening that runs, a question to the secrecy administration,
    a declassification without its proof).
    """
    if obstacles:
        return obstacles[0]
    step = next_step(path, approvals, content_hash)
    if step is not None:
        return f"尚缺“{STEP_LABELS[step]}”对这一版内容的同意，不能公开。"
    hands = [a.by for a in approvals if a.content_hash == content_hash]
    if drafter in hands or len(set(hands)) < len(STEPS[Path(path)]):
        return "审查人与起草人或前一环节为同一人，不能公开。"
    if open_findings:
        return f"尚有 {len(open_findings)} 处审查提示未处理（{open_findings[0].label}），不能公开。"
    return ""
