"""What other rooms may want to know of this one."""

from django.dispatch import Signal

unit_changed = Signal()  # unit
