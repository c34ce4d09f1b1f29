"""What the worker does: results of long files, for which nobody has to wait."""

from __future__ import annotations

from django_tasks import task

from gongkai.agencies.models import Unit, User
from gongkai.files import redacting
from gongkai.files.models import Redaction
from gongkai.refusal import Refused
from gongkai.review.queries import policy_of


@task()
def make(redaction_pk: int, by_pk: int, unit_pk: int) -> bool:
    """Make one result; what is refused is told on the page. False if nobody waits for it."""
    redaction = Redaction.objects.select_related("agency", "source").get(pk=redaction_pk)
    if redaction.asked_at is None:
        return False
    by, unit = User.objects.get(pk=by_pk), Unit.objects.get(pk=unit_pk)
    try:
        policy = policy_of(redaction.agency)
        result = redacting.redact(redaction, by=by, unit=unit, policy=policy)
    except Refused as refused:
        redacting.tell_made(redaction, refused.message, refused=True)
    else:
        redacting.tell_made(redaction, f"已制作“{result.file.name}”。", refused=False)
    return True
