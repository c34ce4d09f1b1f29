"""Copies into the ledger what people do to drafts on Wagtail's own screens.

Wagtail's log is ordinary rows that can be changed. Review and release write the ledger themselves.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import PageLogEntry

from gongkai.catalogue.models import ItemPage
from gongkai.ledger.actions import record
from gongkai.ledger.models import Entry

KEPT = frozenset({
    "wagtail.create", "wagtail.edit", "wagtail.delete", "wagtail.revert", "wagtail.rename",
    "wagtail.lock", "wagtail.unlock", "wagtail.reorder", "wagtail.workflow.cancel",
})  # fmt: skip


def mirror(sender: Any, instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """One entry for one log entry; in the transaction of the act where the act has one."""
    if not created or instance.action not in KEPT:
        return
    number = ItemPage.objects.filter(pk=instance.page_id).values_list("index_number", flat=True)
    subject = f"item:{number[0]}" if number else f"page:{instance.page_id}"
    verb = instance.action.replace("wagtail.", "page.", 1)
    if instance.revision_id and _known(subject, verb, instance.revision_id):
        return  # autosave writes the same revision again and again
    with transaction.atomic():
        record(
            verb,
            subject,
            by=instance.user,
            data={"page": instance.page_id, "revision": instance.revision_id},
        )


def _known(subject: str, verb: str, revision: int) -> bool:
    return Entry.objects.filter(subject=subject, verb=verb, data__revision=revision).exists()
