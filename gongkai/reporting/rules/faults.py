"""What is wrong with a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Number = int | float
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Fault:
    """One contradiction: ``found`` stands in the report where ``expected`` should.

    ``table`` is 1, 2, 3 or "text"; ``row`` and ``column`` are keys of the form, or of the prose.
    """

    rule: str
    table: int | str
    row: str | None
    column: str | None
    expected: Any
    found: Any
    text: str

    def as_json(self) -> dict[str, Any]:
        """The six keys that the command prints."""
        keys = ("rule", "table", "row", "column", "expected", "found")
        return {key: getattr(self, key) for key in keys}


@dataclass
class Findings:
    """``violations`` must be put right before the report goes out; ``warnings`` be looked at."""

    violations: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def note(self, fault: Fault, *, level: str = "error") -> None:
        """Keep a fault under its level (error, warning)."""
        (self.violations if level == "error" else self.warnings).append(fault)

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """What ``gongkai report check`` prints."""
        return {
            "violations": [fault.as_json() for fault in self.violations],
            "warnings": [{**fault.as_json(), "text": fault.text} for fault in self.warnings],
        }
