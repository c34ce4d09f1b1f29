"""Reading applications: the register, the replies, the applicant's others, and the figures."""

from gongkai.applications.queries.afterwards import to_follow_up
from gongkai.applications.queries.applicants import (
    items_before,
    merges_into,
    others_of_applicant,
    person_of,
)
from gongkai.applications.queries.fees import fees_behind, fees_collected
from gongkai.applications.queries.figures import (
    TOTAL,
    Counts,
    applications_of,
    counts,
    register_rows,
    remedies_behind,
    remedy_counts,
    row_keys,
    rows_behind,
)
from gongkai.applications.queries.likeness import Alike, alike, items_in_month
from gongkai.applications.queries.redress import answers_due, to_answer
from gongkai.applications.queries.replies import (
    current_reply,
    files_of,
    objection_to_reviewer_of,
    released_reply,
)

__all__ = [
    "TOTAL",
    "Alike",
    "Counts",
    "alike",
    "answers_due",
    "applications_of",
    "counts",
    "current_reply",
    "fees_behind",
    "fees_collected",
    "files_of",
    "items_before",
    "items_in_month",
    "merges_into",
    "objection_to_reviewer_of",
    "others_of_applicant",
    "person_of",
    "register_rows",
    "released_reply",
    "remedies_behind",
    "remedy_counts",
    "row_keys",
    "rows_behind",
    "to_answer",
    "to_follow_up",
]
