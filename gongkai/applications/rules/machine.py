"""What may happen to an application, and to which stage it leads."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from gongkai.applications.rules.happenings import reply_clock
from gongkai.applications.rules.limits import forbidden
from gongkai.applications.rules.names import LABELS, Did
from gongkai.cases.rules import ACT_LABELS, FINISHED, SHARED, Machine, Stage, Transitions

# Received, and not yet at an end.
OPEN = tuple(s for s in Stage if s not in FINISHED and s is not Stage.SUBMITTED)
# While facts are still gathered: nobody has put an answer on paper yet.
_GATHERING = (Stage.REGISTERED, Stage.ROUTED)
_CONSULTING = (
    Did.CONSULT_STARTED, Did.CONSULT_REACHED, Did.CONSULT_ENDED,
    Did.ORGAN_CONSULT_STARTED, Did.ORGAN_CONSULT_REACHED, Did.ORGAN_CONSULT_ENDED,
)  # fmt: skip


def _staying(stages: Iterable[Stage], *acts: StrEnum) -> Transitions:
    """Acts that leave the case where it is."""
    return {stage: dict.fromkeys(map(str, acts), stage) for stage in stages}


def _leading(stages: Iterable[Stage], to: Stage, *acts: StrEnum) -> Transitions:
    return {stage: dict.fromkeys(map(str, acts), to) for stage in stages}


def _together(*parts: Transitions) -> Transitions:
    return {
        stage: {act: to for part in parts for act, to in part.get(stage, {}).items()}
        for stage in Stage
    }


_REDRESS = (Did.REMEDY_FILED, Did.REMEDY_COPY, Did.REMEDY_ANSWERED, Did.REMEDY_DECIDED)
_CHARGING = (Did.FEE_CHARGED, Did.FEE_NOTICE_REACHED, Did.FEE_PAID, Did.FEE_CANCELLED)


# A rectified application is looked at again by the information office, which sends it on to the
# unit that had it. A suit or reconsideration may also follow upon silence, so at any stage.
MACHINE = Machine(
    transitions=_together(
        SHARED,
        _leading(_GATHERING, Stage.RECTIFYING, Did.RECTIFICATION_ASKED),
        _leading([Stage.RECTIFYING], Stage.REGISTERED, Did.RECTIFIED),
        _leading([Stage.RECTIFYING], Stage.CLOSED, Did.ABANDONED),
        _leading([Stage.SUBMITTED, *OPEN], Stage.CLOSED, Did.WITHDRAWN),
        _staying(_GATHERING, *_CONSULTING, *_CHARGING),
        _leading(_GATHERING, Stage.CLOSED, Did.FEE_LAPSED),
        _leading(_GATHERING, Stage.CLOSED, Did.MERGED),
        _leading(_GATHERING, Stage.ANSWERED, Did.RECORD_DECIDED),
        _staying(_GATHERING, Did.SPLIT, Did.REFERRED),
        _staying(_GATHERING, Did.REASONS_ASKED, Did.REASONS_GIVEN, Did.DELAYED),
        _staying(OPEN, Did.ABSORBED),
        _staying([Stage.APPROVED], Did.OBJECTION_OVERRULED),
        _staying([s for s in OPEN if s is not Stage.RECTIFYING], Did.EXTENDED),
        _staying([Stage.ANSWERED], Did.PROACTIVE_DECIDED, Did.PROACTIVE_DONE, Did.WITHHELD_CHECKED),
        _staying([*OPEN, *FINISHED], *_REDRESS),
    ),
    clock=reply_clock,
    labels={str(act): label for act, label in (*ACT_LABELS.items(), *LABELS.items())},
    forbids=forbidden,
)
