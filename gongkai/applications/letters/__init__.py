"""The letters of an application: wording as data, layout, and numbered rows."""

from gongkai.applications.letters.making import addressed_copy, lay_out, make, put_into_words
from gongkai.applications.letters.pdf import to_pdf
from gongkai.applications.letters.wording import KINDS, Words, remedy_paragraph

__all__ = [
    "KINDS",
    "Words",
    "addressed_copy",
    "lay_out",
    "make",
    "put_into_words",
    "remedy_paragraph",
    "to_pdf",
]
