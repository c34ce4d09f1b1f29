"""What other rooms may want to know: something became public, or ceased to be."""

from django.dispatch import Signal

released = Signal()  # subject: str, sheet: Sheet
withdrawn = Signal()  # subject: str, reason: str
returned = Signal()  # sheet: Sheet, reason: str
