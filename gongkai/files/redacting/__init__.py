"""Redactions (区分处理, R19 art 37): drawing boxes, settling what is still visible, making results.

The source stays as it is, and private. What reads it runs in a child process, outside of any
transaction.
"""

from gongkai.files.redacting.drawing import (
    draw,
    draw_again,
    draw_findings,
    draw_phrase,
    open_redaction,
    take_away,
)
from gongkai.files.redacting.making import (
    ask_to_make,
    redact,
    redact_file,
    settle_still,
    tell_made,
)

__all__ = [
    "ask_to_make",
    "draw",
    "draw_again",
    "draw_findings",
    "draw_phrase",
    "open_redaction",
    "redact",
    "redact_file",
    "settle_still",
    "take_away",
    "tell_made",
]
