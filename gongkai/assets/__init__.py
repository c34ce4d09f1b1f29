"""The register of computers, printers and software, with spot checks."""
