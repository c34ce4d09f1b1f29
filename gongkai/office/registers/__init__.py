"""The registers: lists, rows, and their acts."""
