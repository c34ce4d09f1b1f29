"""Carries one enquiry, complaint, report or suggestion from receipt to answer and rating."""
