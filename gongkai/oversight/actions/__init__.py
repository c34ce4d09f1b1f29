"""Organising the work, finding what is wrong, hearing the public, assessing the units."""

from gongkai.oversight.actions.assessing import (
    Taken,
    assess,
    hold_accountable,
    object_to_assessment,
    settle_objection,
)
from gongkai.oversight.actions.findings import (
    accept_remedy,
    answer_finding,
    audit_content,
    record_finding,
    reopen_finding,
)
from gongkai.oversight.actions.inspecting import (
    confirm_nothing_happened,
    inspect_nightly,
    inspect_now,
    keep_run,
)
from gongkai.oversight.actions.organising import (
    adopt_rule,
    end_rule,
    record_meeting,
    record_training,
    sign_target_letter,
)
from gongkai.oversight.actions.suggestions import decide_suggestion, receive_suggestion, tell_unit

__all__ = [
    "Taken",
    "accept_remedy",
    "adopt_rule",
    "answer_finding",
    "assess",
    "audit_content",
    "confirm_nothing_happened",
    "decide_suggestion",
    "end_rule",
    "hold_accountable",
    "inspect_nightly",
    "inspect_now",
    "keep_run",
    "object_to_assessment",
    "receive_suggestion",
    "record_finding",
    "record_meeting",
    "record_training",
    "reopen_finding",
    "settle_objection",
    "sign_target_letter",
    "tell_unit",
]
