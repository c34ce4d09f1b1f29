"""Counts once a year, and whenever asked, what the law says to count."""
