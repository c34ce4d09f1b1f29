"""Forms of the public pages: they carry what was typed; the rooms below judge it."""
