"""The one error that people see: an act was refused, and here is what to do."""

from __future__ import annotations


class Refused(Exception):
    """An act that a rule does not allow.

    ``message`` is Chinese, plain, and says what to do; doors show it beside what was typed.
    ``field`` names the form field that it belongs to, if one does; ``rule`` the article or rule id.
    """

    def __init__(self, message: str, *, field: str = "", rule: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.rule = rule


class NotPermitted(Refused):
    """The person's posts do not carry this duty."""
