"""Carries one application for disclosure from receipt to reply and remedy."""
