"""Reading, verifying and exporting the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import QuerySet

from gongkai.ledger.chain import GENESIS
from gongkai.ledger.models import Entry, Head
from gongkai.ledger.verify import FORMAT, first_fault


def entries_about(subject: str) -> QuerySet[Entry]:
    """Every act on one subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("seq")


def live_fault() -> tuple[int, str | None]:
    """How many entries there are, and the first fault of the live ledger (None: none)."""
    count = 0
    last = GENESIS

    def records() -> Iterator[dict[str, object]]:
        nonlocal count, last
        for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
            count, last = count + 1, entry.hash
            yield entry.as_record()

    fault = first_fault(records())
    head = Head.objects.filter(pk=1).first()
    if fault is None and head and (head.seq, head.hash) != (count, last):
        fault = f"第 {count} 条之后被截断（应有 {head.seq} 条）"
    return count, fault


def export_lines() -> Iterator[str]:
    """The ledger as text that ``gongkai.ledger.verify`` verifies without a database."""
    yield json.dumps({"format": FORMAT}) + "\n"
    count, last = 0, GENESIS
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        count, last = count + 1, entry.hash
        yield json.dumps(entry.as_record(), ensure_ascii=False) + "\n"
    yield json.dumps({"entries": count, "head": last}) + "\n"
