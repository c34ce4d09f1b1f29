"""Replays a bureau's year through the real actions."""
