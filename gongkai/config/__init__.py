"""Puts the house together: settings, URLs, commands; nothing else."""
