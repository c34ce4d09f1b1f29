"""Answers machines about released things (read-only), and takes referrals from the city
platform."""
