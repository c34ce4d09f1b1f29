"""Rules and meetings, findings with their remedies, suggestions, assessment, inspection."""

from gongkai.oversight.models.assessing import Accountability, Assessment, Deduction
from gongkai.oversight.models.findings import ContentAudit, Finding, FindingEvent
from gongkai.oversight.models.inspecting import InspectionRun, NothingHappened
from gongkai.oversight.models.organising import Meeting, Rule, TargetLetter, Training
from gongkai.oversight.models.suggestions import Suggestion

__all__ = [
    "Accountability",
    "Assessment",
    "ContentAudit",
    "Deduction",
    "Finding",
    "FindingEvent",
    "InspectionRun",
    "Meeting",
    "NothingHappened",
    "Rule",
    "Suggestion",
    "TargetLetter",
    "Training",
]
