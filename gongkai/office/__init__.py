"""Gives officials their desk inside the Wagtail admin; the only room with Wagtail hooks."""
