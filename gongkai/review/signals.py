"""What other rooms may want to know: something became public, or ceased to be."""

from django.dispatch import Signal

released = Signal()  # subject: str, sheet: Sheet
withdrawn = Signal()  # subject: str, reason: str
queued = Signal()  # sheet: Sheet, whose files the worker is to screen
asked = Signal()  # work: FileWork, which the worker is to do
returned = Signal()  # sheet: Sheet, reason: str
