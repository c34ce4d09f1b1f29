"""Counts working days, pauses and extensions."""

from gongkai.clock.time import SHANGHAI, day_of, now, set_to, today

__all__ = ["SHANGHAI", "day_of", "now", "set_to", "today"]
