"""Brings in old sites, spreadsheets and inventories, faithfully."""
