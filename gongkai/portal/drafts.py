"""Starting, finding and clearing drafts of applications."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.cases.codes import new_submission_key
from gongkai.portal.models import Draft

KEPT_FOR = timedelta(days=7)  # not law: how long an unfinished form is kept


@transaction.atomic
def start_draft(agency: Agency, answers: dict[str, Any]) -> Draft:
    """A new draft; its key is also the submission's, so that sending twice makes one case."""
    draft = Draft(key=new_submission_key(), agency=agency, saved_at=clock.now())
    draft.keep(answers)
    draft.save()
    return draft


def find_draft(key: str) -> Draft | None:
    """The draft of a key, unless it is older than a week."""
    return Draft.objects.filter(key=key, saved_at__gt=clock.now() - KEPT_FOR).first()


@transaction.atomic
def clear_drafts() -> int:
    """Delete what nobody came back for: it holds personal data. Returns how many."""
    gone, _ = Draft.objects.filter(saved_at__lte=clock.now() - KEPT_FOR).delete()
    return gone
