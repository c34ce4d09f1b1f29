"""Reading enquiries: cases and answers, and what is counted from them."""

from gongkai.enquiries.queries.answers import (
    PublicAnswer,
    answer_subject,
    answer_to_asker,
    barred_by,
    case_of_answer,
    collated_answer,
    enquiries_of,
    is_public,
    public_answers,
)
from gongkai.enquiries.queries.statistics import (
    Figures,
    Statistics,
    figures,
    received_in,
    rows_behind,
    statistics,
)

__all__ = [
    "Figures",
    "PublicAnswer",
    "Statistics",
    "answer_subject",
    "answer_to_asker",
    "barred_by",
    "case_of_answer",
    "collated_answer",
    "enquiries_of",
    "figures",
    "is_public",
    "public_answers",
    "received_in",
    "rows_behind",
    "statistics",
]
