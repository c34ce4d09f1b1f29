"""Which machine runs which kind of case; the rooms above register theirs when they start."""

from __future__ import annotations

from gongkai.cases.rules import Machine

MACHINES: dict[str, Machine] = {}


def register(kind: str, machine: Machine) -> None:
    """Let cases of ``kind`` follow ``machine``."""
    MACHINES[kind] = machine


def machine_of(kind: str) -> Machine:
    """The machine of a kind; KeyError for a kind that no room has registered."""
    return MACHINES[kind]
