"""Lets nothing out until two people have looked and the decision is written down."""
