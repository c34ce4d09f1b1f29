"""What belongs to a whole site: its code, and the order of its columns."""

from __future__ import annotations

from django.db import transaction
from treebeard.mp_tree import MP_Node

from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.catalogue import rules
from gongkai.catalogue.models import ColumnPage, SiteProfile
from gongkai.catalogue.signals import column_placed
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


@transaction.atomic
def set_site_code(profile: SiteProfile, code: str, *, by: User) -> SiteProfile:
    """The site's own 政府网站标识码; empty: it bears the organ's."""
    require(by, Duty.AGENCY_MANAGE, profile.agency)
    code = code.strip()
    if code and (objection := rules.objection_to_site_code(code)):
        raise Refused(objection, field="site_code")
    profile.site_code = code
    profile.save(update_fields=["site_code"])
    record("site.code_set", f"site:{profile.code}", by=by, data={"site_code": code})
    return profile


@transaction.atomic
def place_column(column: ColumnPage, place: int, *, by: User) -> ColumnPage:
    """Put a column at a place (from 1) among its neighbours; its address stays as it is.

    The gate forbids moves because they change what was reviewed; the order changes no page's text.
    """
    require(by, Duty.ITEM_WRITE, column.agency, column.unit)
    parent = column.get_parent()
    neighbours = list(parent.get_children().select_for_update(of=("self",)).exclude(pk=column.pk))
    if not 1 <= place <= len(neighbours) + 1:
        raise Refused(f"请填写 1 到 {len(neighbours) + 1} 之间的数。", field="place")
    if neighbours:
        beside, pos = (neighbours[0], "left") if place == 1 else (neighbours[place - 2], "right")
        MP_Node.move(column, beside, pos)
    record("column.placed", f"page:{column.pk}", by=by, data={"place": place})
    column = ColumnPage.objects.get(pk=column.pk)
    column_placed.send(sender=ColumnPage, column=column)
    return column
