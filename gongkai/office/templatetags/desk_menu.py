"""The menu for a browser that runs no script: Wagtail draws its own by script only."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.admin.menu import SubmenuMenuItem, admin_menu

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_links(context: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and address of everything that this person's menu leads to, in its order."""
    request = context["request"]
    links = []
    for item in admin_menu.menu_items_for_request(request):
        if isinstance(item, SubmenuMenuItem):
            links += [(i.label, i.url) for i in item.menu.menu_items_for_request(request)]
        else:
            links.append((item.label, item.url))
    return [(str(label), str(url)) for label, url in links if url and not str(url).startswith("#")]
