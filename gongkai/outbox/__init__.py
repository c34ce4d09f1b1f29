"""Delivers mails, text messages and pushes: stored first, retried, visible when they fail."""
