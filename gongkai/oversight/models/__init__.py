"""Rules and meetings, findings with their remedies, suggestions, assessment."""

from gongkai.oversight.models.assessing import Accountability, Assessment, Deduction
from gongkai.oversight.models.findings import ContentAudit, Finding, FindingEvent
from gongkai.oversight.models.organising import Meeting, Rule, TargetLetter, Training
from gongkai.oversight.models.suggestions import Suggestion

__all__ = [
    "Accountability",
    "Assessment",
    "ContentAudit",
    "Deduction",
    "Finding",
    "FindingEvent",
    "Meeting",
    "Rule",
    "Suggestion",
    "TargetLetter",
    "Training",
]
