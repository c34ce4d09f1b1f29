"""Turns what happened elsewhere into changed keys, and publishes soon after the commit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from gongkai.catalogue import rules
from gongkai.catalogue.models import ColumnPage, HomePage, ItemPage, Placement, SiteProfile
from gongkai.catalogue.queries import places_of
from gongkai.catalogue.signals import column_placed, placement_changed
from gongkai.channels.signals import accounts_changed
from gongkai.portal.pages.machine.parts import part_keys
from gongkai.publishing import registers
from gongkai.publishing.actions import changed
from gongkai.publishing.tasks import publish
from gongkai.review.signals import released, withdrawn


def connect() -> None:
    """Listen to the rooms below."""
    released.connect(_subject_changed, dispatch_uid="publishing.released")
    withdrawn.connect(_subject_changed, dispatch_uid="publishing.withdrawn")
    placement_changed.connect(_placement_changed, dispatch_uid="publishing.placement")
    column_placed.connect(_column_placed, dispatch_uid="publishing.column_placed")
    accounts_changed.connect(_accounts_changed, dispatch_uid="publishing.accounts")
    for model in registers.KEYS:
        for signal in (post_save, post_delete):
            signal.connect(_row_changed, sender=model, dispatch_uid=f"publishing.{model.__name__}")


def note(*keys: str) -> None:
    """Note changed keys and publish after the commit; several in one transaction publish once."""
    changed(*keys)
    connection = transaction.get_connection()
    waiting = [hook for hook in connection.run_on_commit if hook[1] is _publish]
    if not waiting:
        transaction.on_commit(_publish)


def _publish() -> None:
    publish.enqueue()


def _subject_changed(sender: Any, subject: str, **kwargs: Any) -> None:
    kind, _, key = subject.partition(":")
    if kind == "item":
        item = ItemPage.objects.filter(index_number=key).first()
        if item is not None:
            note(*_keys_of_item(item))
    elif kind == "page":
        note(*_keys_of_page(int(key)))
    elif kind == "case":
        note(*_keys_of_case(key))


def _keys_of_item(item: ItemPage) -> list[str]:
    columns = ColumnPage.objects.ancestor_of(item)
    keys = [item.subject, *(f"column:{c.pk}" for c in columns)]
    for code in _sites_above(item):
        keys += [f"items:{code}", *part_keys(code, item)]
    if item.sequence:
        keys.append(f"places:{item.get_parent().pk}:{rules.numbered_page_of(item.sequence)}")
    keys += [other.subject for other in item.points_to()]
    for placement in places_of(item):
        keys += _keys_of_placement(placement)
    return keys


def _keys_of_placement(placement: Placement) -> list[str]:
    column = placement.column
    columns = ColumnPage.objects.ancestor_of(column, inclusive=True)
    keys = [f"column:{c.pk}" for c in columns]
    if placement.sequence:
        keys.append(f"places:{column.pk}:{rules.numbered_page_of(placement.sequence)}")
    return keys


def _placement_changed(sender: Any, placement: Placement, **kwargs: Any) -> None:
    note(*_keys_of_placement(placement))


def _keys_of_page(pk: int) -> list[str]:
    page = ColumnPage.objects.filter(pk=pk).first() or HomePage.objects.get(pk=pk)
    codes = _sites_above(page)
    keys = [f"{name}:{code}" for code in codes for name in ("site", "columns", "items")]
    return [*keys, f"column:{pk}", f"column-name:{pk}", f"children:{page.get_parent().pk}"]


def _keys_of_case(key: str) -> list[str]:
    agency = key.partition("/")[0]
    return [f"answers:{agency}", f"figures:{agency}"]


def _sites_above(page: Any) -> list[str]:
    roots = page.get_ancestors(inclusive=True).values_list("pk", flat=True)
    profiles = SiteProfile.objects.filter(site__root_page__in=list(roots))
    return list(profiles.values_list("code", flat=True))


def _column_placed(sender: Any, column: ColumnPage, **kwargs: Any) -> None:
    note(*_keys_of_page(column.pk))


def _row_changed(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A row of a register, whoever wrote it: an action, a form of the office, an import."""
    if raw:  # loaded before the rows that it names
        return
    keys = registers.keys_of(instance)
    if sender in registers.COUNTED:
        changed(*keys)  # a message a second must not publish a second: the next run tells
    else:
        note(*keys)


def _accounts_changed(sender: Any, agency: Any, **kwargs: Any) -> None:
    note(f"accounts:{agency.code}")
