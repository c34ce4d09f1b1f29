"""Builds the context of every published page from the database, noting what it read."""
