"""No tables here; Django sends ``post_migrate`` only to apps that have this file, and the login
groups follow their duties after each migration (``groups.sync_after_migrate``).
"""
