"""The public search index, what it can be narrowed to, and the phrases that it knows.

All three are built from released things, and are part of what is published.
"""

from gongkai.publishing.search.phrases import freshen_phrases
from gongkai.publishing.search.stepping import bring_into_step, rebuild

__all__ = ["bring_into_step", "freshen_phrases", "rebuild"]
