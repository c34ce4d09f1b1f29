"""What other rooms may want to know of this one."""

from django.dispatch import Signal

links_changed = Signal()  # agency
placement_changed = Signal()  # placement: Placement, agreed to or ended
site_changed = Signal()  # profile: SiteProfile, whose head or foot says something else now
column_placed = Signal()  # column: ColumnPage, at another place among its neighbours
