"""What the law and the house allow with an application; pure."""

from gongkai.applications.rules.form import (
    CARRIER_LABELS,
    CLASS_LABELS,
    DELIVERY_LABELS,
    Carrier,
    Class,
    Delivery,
    Wanted,
    already_submitted,
    problems,
)
from gongkai.applications.rules.happenings import (
    arrived_on,
    consultations,
    facts_of,
    open_consultations,
    reply_clock,
)
from gongkai.applications.rules.limits import forbidden
from gongkai.applications.rules.machine import MACHINE, OPEN
from gongkai.applications.rules.names import Did
from gongkai.applications.rules.receipt import day_of_receipt, usual_day
from gongkai.applications.rules.reply import (
    Basis,
    article_of,
    by_reply,
    lint,
    objection_to_basis,
    wrong_periods,
)
from gongkai.applications.rules.timing import (
    objection_to_abandoning,
    objection_to_consulting,
    objection_to_extension,
    objection_to_rectification,
)

__all__ = [
    "CARRIER_LABELS",
    "CLASS_LABELS",
    "DELIVERY_LABELS",
    "MACHINE",
    "OPEN",
    "Basis",
    "Carrier",
    "Class",
    "Delivery",
    "Did",
    "Wanted",
    "already_submitted",
    "arrived_on",
    "article_of",
    "by_reply",
    "consultations",
    "day_of_receipt",
    "facts_of",
    "forbidden",
    "lint",
    "objection_to_abandoning",
    "objection_to_basis",
    "objection_to_consulting",
    "objection_to_extension",
    "objection_to_rectification",
    "open_consultations",
    "problems",
    "reply_clock",
    "usual_day",
    "wrong_periods",
]
