"""Takes content out of files for partial disclosure (区分处理, R19 art 37) and proves that it is
gone. A page with boxes becomes a picture with the boxes filled; nothing lies under them.
"""

from gongkai.screening.redaction.boxes import Area, Box, Ground, objection, tally
from gongkai.screening.redaction.looking import Found
from gongkai.screening.redaction.making import Redacted, redact
from gongkai.screening.redaction.searching import PERSONAL_KINDS, SECRET_KINDS
from gongkai.screening.redaction.words import Still

__all__ = [
    "PERSONAL_KINDS",
    "SECRET_KINDS",
    "Area",
    "Box",
    "Found",
    "Ground",
    "Redacted",
    "Still",
    "objection",
    "redact",
    "tally",
]
