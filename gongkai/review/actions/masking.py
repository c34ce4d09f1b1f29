"""The organ's one masking rule."""

from __future__ import annotations

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import post_for, require
from gongkai.agencies.rules import Duty
from gongkai.ledger.actions import record
from gongkai.review.models import MaskingRule
from gongkai.screening import Masking


@transaction.atomic
def set_masking_rule(agency: Agency, *, id_first: int, id_last: int, by: User) -> MaskingRule:
    """Set how many digits of an identity number stay readable, for the whole organ.

    Refused where digits 7–14 (date of birth) would show, or where two lists could be joined. The
    information office or the system administrator sets it; whoever masks has no choice.
    """
    Masking(id_first, id_last)
    post = post_for(by, Duty.AGENCY_MANAGE, agency) or require(by, Duty.REVIEW_OFFICE, agency)
    rule, _ = MaskingRule.objects.update_or_create(
        agency=agency,
        defaults={"id_first": id_first, "id_last": id_last, "by": by, "at": clock.now()},
    )
    record(
        "review.masking_set", f"agency:{agency.code}", by=by, post=str(post),
        data={"id_first": id_first, "id_last": id_last},
    )  # fmt: skip
    return rule
