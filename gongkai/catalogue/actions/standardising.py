"""套用标准目录: what the standard asks for and the organ's own catalogue lacks, as a draft."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai import clock, statute
from gongkai.agencies.models import Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.catalogue.actions.writing import create_draft
from gongkai.catalogue.models import ColumnPage, ItemPage, StandardRow
from gongkai.catalogue.rules import ColumnKind
from gongkai.catalogue.standard import Row, Standard, standard
from gongkai.ledger.actions import record
from gongkai.refusal import Refused

TITLE = "公共法律服务领域基层政务公开标准目录"


def shipped_standard() -> Standard:
    """The standard with the time to disclose of the law in force."""
    return standard(statute.law_for(clock.today()).period("proactive").days)


@transaction.atomic
def apply_standard(
    column: ColumnPage, unit: Unit, *, by: User, matters: Iterable[str] | None = None,
    doubtful: bool = False,
) -> tuple[ItemPage, int]:  # fmt: skip
    """Write the missing rows into a draft: of the unit's newest catalogue in the column, or of a
    new one. Returns it and the number of rows; nothing public changes before the review.

    ``matters`` limits it to some 一级事项; ``doubtful`` takes rows that no published list confirms.
    """
    require(by, Duty.ITEM_WRITE, unit.agency, unit)
    if column.kind != ColumnKind.STANDARD or column.agency.pk != unit.agency.pk:
        raise Refused("请选择本机关种类为“标准目录”的栏目。", field="column")
    found = ItemPage.objects.child_of(column).filter(unit=unit).order_by("pk").last()
    draft: ItemPage | None = found.get_latest_revision_as_object() if found else None
    known = [(r.matter, r.part) for r in draft.standard_rows.all()] if draft else []
    organ = unit.agency.name
    rows = shipped_standard().missing(known, organ=organ, matters=matters, doubtful=doubtful)
    if not rows:
        raise Refused("标准目录的条目都已在本处室的目录里，没有要补的。")
    item = _revised(draft, rows, by) if draft else _new(column, unit, rows, by)
    record("standard.applied", item.subject, by=by, data={"rows": len(rows)})
    return item, len(rows)


def _new(column: ColumnPage, unit: Unit, rows: list[Row], by: User) -> ItemPage:
    return create_draft(
        column, by=by, title=TITLE, unit=unit, standard_rows=rows, genre="其他",
        summary="公共法律服务各事项公开的内容、依据、时限、主体、渠道、对象、方式和层级。",
    )  # fmt: skip


def _revised(draft: ItemPage, rows: list[Row], by: User) -> ItemPage:
    if draft.workflow_in_progress:
        raise Refused("本处室的目录正在审查，请等审查结束后再套用。")
    have = list(draft.standard_rows.all())
    added = [StandardRow(**row, sort_order=n) for n, row in enumerate(rows, len(have))]
    draft.standard_rows.set([*have, *added])
    draft.save_revision(user=by)
    return draft
