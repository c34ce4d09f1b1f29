"""Keeps every file private until it is released, and serves it safely."""
