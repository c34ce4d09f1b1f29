"""Cleaning in the child process that screening uses: the same bytes, the same danger."""

from __future__ import annotations

from pathlib import Path

from gongkai.screening.cleaning.result import Cleaned
from gongkai.screening.findings import Report
from gongkai.screening.policy import DEFAULT, Policy
from gongkai.screening.sandbox import TIMEOUT, Sandbox


def clean_and_screen_isolated(
    path: Path | str, name: str, timeout: float = TIMEOUT, *, policy: Policy = DEFAULT
) -> tuple[Cleaned, Report]:
    """``clean_and_screen`` in a child of its own; ``timeout`` in seconds. Raises ``Refused``."""
    with Sandbox(policy) as sandbox:
        cleaned, report = sandbox.clean(Path(path).resolve(), name, timeout)
    return Cleaned.from_dict(cleaned), report
