"""The public search index: released items only, files beside the published tree.

An outer host searches with these files alone; there is no database and no draft on it. One process
writes at a time; any number read, and each sees a commit at its next search.
"""

from gongkai.text.index.documents import Document, Hit, NoIndex, Result
from gongkai.text.index.searching import Filters, Scope, Sort, count, search
from gongkai.text.index.writing import IndexBusy, update, write

__all__ = [
    "Document",
    "Filters",
    "Hit",
    "IndexBusy",
    "NoIndex",
    "Result",
    "Scope",
    "Sort",
    "count",
    "search",
    "update",
    "write",
]
