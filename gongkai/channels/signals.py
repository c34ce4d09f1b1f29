"""What other rooms may want to know of this one."""

from django.dispatch import Signal

accounts_changed = Signal()  # agency
