"""The desk of cases: list, page, acts, and what comes in on paper."""
