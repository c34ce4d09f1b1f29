"""Numbering, laying out and keeping letters."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from docx import Document

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.applications.letters.docx import to_docx, without_times
from gongkai.applications.letters.wording import Words, fill, template, told_date
from gongkai.applications.models import Consulted
from gongkai.cases.actions import open_identity
from gongkai.cases.models import Case, Letter, NumberCounter
from gongkai.files.actions import store
from gongkai.ledger.actions import record
from gongkai.text.numbers import format_document_number

THIRD_PARTY = "有关权利人"


def put_into_words(
    kind: str, case: Case, facts: Mapping[str, str], dated: date, addressee: str = ""
) -> Words:
    """The letter of a case, without its number; to the applicant unless it says otherwise."""
    common = {
        "agency": case.agency.name,
        "number": case.number,
        "subject": case.title,
        "received": told_date(case.received_on) if case.received_on else "",
    }
    title, paragraphs = fill(kind, common | dict(facts))
    to = addressee or _addressee(case)
    return Words(case.agency.name, title, to, paragraphs, dated)


def lay_out(words: Words, number: str) -> bytes:
    """The Word file of a letter."""
    return to_docx(words, number)


@transaction.atomic
def make(case: Case, kind: str, words: Words, *, by: User, outcome: str = "") -> Letter:
    """Number the letter and keep its text and file.

    A reply that is drafted anew keeps the number of the draft before, so that the series has no
    gap: a number once given always belongs to one letter.
    """
    letter = case.letters.filter(kind=kind, dispatched_at=None).first() if kind == "reply" else None
    if letter is None:
        number = _next_number(case.agency, kind)
        letter = Letter(case=case, agency=case.agency, kind=kind, number=number)
    text = words.text()
    letter.outcome, letter.text = outcome, text
    letter.text_hash = hashlib.sha256(text.encode()).hexdigest()
    letter.made_at, letter.made_by = clock.now(), by
    content = lay_out(words, letter.number)
    letter.file = store(content, f"{letter.number}.docx", agency=case.agency, by=by)
    letter.save()
    record(
        "letter.made",
        case.subject,
        by=by,
        data={"number": letter.number, "kind": kind, "hash": letter.text_hash},
    )
    return letter


@transaction.atomic
def mark_dispatched(letter: Letter, *, how: str, proof: str, by: object) -> None:
    """Keep how a letter went out, and what proves it."""
    letter.dispatched_how, letter.dispatched_at = how, clock.now()
    letter.proof = proof
    letter.save(update_fields=["dispatched_how", "dispatched_at", "proof"])
    record(
        "letter.dispatched",
        letter.case.subject,
        by=by,
        data={"number": letter.number, "how": how},
    )


@transaction.atomic
def addressed_copy(letter: Letter, *, by: User, reason: str) -> bytes:
    """The Word file with the name of the applicant, or of the third party that is asked, in place
    of the case number: for the envelope.

    It is made anew each time and never stored; the look at the name is on record.
    """
    party = open_identity(letter.case, by=by, reason=reason)
    asked = Consulted.objects.filter(Q(letter=letter) | Q(told_by=letter)).first()
    name, anonymous = (asked.name, THIRD_PARTY) if asked else (party.name, "申请人")
    assert letter.file is not None
    document: Any = Document(io.BytesIO(letter.file.read()))
    for paragraph in document.paragraphs:
        if name and paragraph.text == f"{anonymous}（{letter.case.number}）：":
            paragraph.runs[0].text = f"{name}："
            break
    buffer = io.BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


def _addressee(case: Case) -> str:
    return f"申请人（{case.number}）"


def _next_number(agency: Agency, kind: str) -> str:
    """示司公复〔2026〕12号-答: one series for each kind of letter, agency and year."""
    suffix = template(kind)["suffix"]
    key: dict[str, Any] = {"agency": agency, "kind": f"letter-{suffix}", "year": clock.today().year}
    NumberCounter.objects.get_or_create(**key)
    counter = NumberCounter.objects.select_for_update().get(**key)
    counter.last += 1
    counter.save(update_fields=["last"])
    number = format_document_number(f"{agency.number_prefix}公复", counter.year, counter.last)
    return f"{number}-{suffix}"
