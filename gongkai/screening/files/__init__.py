"""Screens files: recognise, unfold, read what is seen and what is not, search all of it."""

from gongkai.screening.files.screen import screen_file

__all__ = ["screen_file"]
