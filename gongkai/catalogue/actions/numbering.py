"""How an organ writes its index numbers."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.catalogue import numbering
from gongkai.catalogue.models import IndexShape
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


@transaction.atomic
def set_index_shape(agency: Agency, template: str, *, by: User) -> IndexShape:
    """Numbers given from now on have this shape; those already given stay; the count goes on."""
    require(by, Duty.AGENCY_MANAGE, agency)
    template = template.strip()
    if objection := numbering.objection_to_shape(template, agency.index_code):
        raise Refused(objection, field="template")
    shape, _ = IndexShape.objects.update_or_create(agency=agency, defaults={"template": template})
    record("index.shape_set", f"agency:{agency.code}", by=by, data={"template": template})
    return shape
