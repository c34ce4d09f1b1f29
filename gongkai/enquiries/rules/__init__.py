"""What an enquiry may do, when it is due, and which texts are taken; pure Python."""

from gongkai.enquiries.rules.answers import objection_to_answer
from gongkai.enquiries.rules.machine import (
    KINDS,
    MACHINES,
    SAFE_DAYS,
    TARGETED,
    UNPUBLISHED,
    barred_units,
    count,
)
from gongkai.enquiries.rules.messages import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    clean,
    objection_to_rating,
    objections_to_message,
    objections_to_person,
)
from gongkai.enquiries.rules.publicity import Content, public_text
from gongkai.enquiries.rules.topics import LINES, TOPICS, Topic, topic

__all__ = [
    "KINDS",
    "LINES",
    "MACHINES",
    "SAFE_DAYS",
    "TARGETED",
    "TEXT_LENGTH",
    "TITLE_LENGTH",
    "TOPICS",
    "UNPUBLISHED",
    "Content",
    "Topic",
    "barred_units",
    "clean",
    "count",
    "objection_to_answer",
    "objection_to_rating",
    "objections_to_message",
    "objections_to_person",
    "public_text",
    "topic",
]
