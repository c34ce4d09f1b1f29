"""The desk of reviewers: the sheet, its findings, the decision."""
