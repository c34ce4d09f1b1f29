"""Run by the durability test in a process of its own, with the product's own settings.

``found PORT`` makes a small bureau with a site; ``facts`` prints what the database holds, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def found() -> None:
    """A bureau and a released portal, all through the real actions."""
    from small_site import small_site

    small_site("127.0.0.1")


def facts() -> dict[str, Any]:
    """Every case by its submission key, the counters, and whether the ledger is sound."""
    from gongkai.cases.codes import matches, query_code
    from gongkai.cases.models import Case, NumberCounter
    from gongkai.enquiries.models import Enquiry
    from gongkai.ledger.models import Entry
    from gongkai.ledger.queries import live_fault

    entries = Counter(Entry.objects.filter(verb="case.submitted").values_list("subject", flat=True))
    asked = set(Enquiry.objects.values_list("case_id", flat=True))
    cases = {}
    for case in Case.objects.select_related("agency", "party").prefetch_related("events"):
        code = query_code(case.submission_key)
        cases[case.submission_key] = {
            "number": case.number,
            "code": code if matches(code, case.code_hash) else "",
            "events": [[event.seq, event.kind] for event in case.events.all()],
            "entries": entries[case.subject],
            "whole": case.pk in asked and case.party.name == case.title,
        }
    counters = list(NumberCounter.objects.values_list("last", flat=True))
    return {"cases": cases, "counters": counters, "fault": live_fault()[1]}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    if sys.argv[1] == "found":
        found()
    else:
        sys.stdout.write(json.dumps(facts()))


if __name__ == "__main__":
    main()
