"""Clean copies: what a reader sees, without what only the file knows. Every copy is screened
again before anybody may publish it.
"""

from gongkai.screening.cleaning.copy import clean_and_screen, clean_copy
from gongkai.screening.cleaning.isolated import clean_and_screen_isolated
from gongkai.screening.cleaning.result import Cleaned

__all__ = ["Cleaned", "clean_and_screen", "clean_and_screen_isolated", "clean_copy"]
