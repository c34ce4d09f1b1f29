"""What other rooms may want to know of this one."""

from django.dispatch import Signal

links_changed = Signal()  # agency
placement_changed = Signal()  # placement: Placement, agreed to or ended
