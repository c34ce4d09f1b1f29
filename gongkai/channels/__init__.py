"""Carries released items to other platforms, and brings back what people say there."""
