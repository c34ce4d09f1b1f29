"""Which screens a login group opens. What a person may do there hangs on the post, act by act."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connections, transaction
from wagtail.models import GroupPagePermission, Page

from gongkai.agencies.rules import DUTIES, LABELS, Duty, Role
from gongkai.ledger.actions import record

_ROLE_OF = {label: role for role, label in LABELS.items()}
_NEEDED = {"auth_group", "wagtailcore_page", "ledger_entry", "ledger_head"}


@transaction.atomic
def sync_group_permissions() -> int:
    """Let every role's group open what it needs; returns how many groups changed.

    A group that is not there yet opens with the first appointment (``open_new_group``).
    """
    groups = Group.objects.filter(name__in=_ROLE_OF)
    changed = [group.name for group in groups if _open(group, _ROLE_OF[group.name])]
    if changed:
        record("desk.opened", "groups", data={"groups": sorted(changed)})
    return len(changed)


def open_new_group(sender: Any, instance: Group, created: bool, **kwargs: Any) -> None:
    """An appointment makes its group when it is the first of its role."""
    role = _ROLE_OF.get(instance.name)
    if created and role is not None and Page.get_first_root_node() is not None:
        with transaction.atomic():
            if _open(instance, role):
                record("desk.opened", "groups", data={"groups": [instance.name]})


def sync_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """After a migration; not while half of the tables are missing."""
    if set(connections[using].introspection.table_names()) >= _NEEDED:
        sync_group_permissions()


def _open(group: Group, role: Role) -> bool:
    """Who writes items may add and change drafts; nobody may publish: the gate refuses it."""
    enter = Permission.objects.filter(
        codename="access_admin", content_type__app_label="wagtailadmin"
    ).first()
    root = Page.get_first_root_node()
    if enter is None or root is None:
        return False
    changed = not group.permissions.filter(pk=enter.pk).exists()
    group.permissions.add(enter)
    if role in DUTIES[Duty.ITEM_WRITE]:
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=["add_page", "change_page"]
        ):
            _, new = GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=permission
            )
            changed |= new
    return changed
