"""Carries sealed bundles between the outer and the inner network."""
