"""Writes what was released as files, with its search index, and takes what was withdrawn away."""
