"""Knows the organs, their units, posts and people, and who may do what."""
