"""Inspects, assesses, records findings, follows them until they are remedied."""
