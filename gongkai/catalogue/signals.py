"""What other rooms may want to know of this one."""

from django.dispatch import Signal

placement_changed = Signal()  # placement: Placement, agreed to or ended
column_placed = Signal()  # column: ColumnPage, at another place among its neighbours
