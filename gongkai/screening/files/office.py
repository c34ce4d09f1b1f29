"""What docx, xlsx and pptx have in common: macros, properties, links outside, files inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gongkai.screening.files import properties, sniff
from gongkai.screening.files.package import Package
from gongkai.screening.files.reading import Opened, Reader, Reading
from gongkai.screening.files.relations import fetched
from gongkai.screening.files.remains import runs
from gongkai.screening.findings import Finding, finding
from gongkai.screening.passages import Passage

Stories = Callable[[Package, set[str]], Iterable[Passage]]
_FILMS = (".mp4", ".avi", ".wmv", ".mov", ".m4v", ".mpg", ".mp3", ".wav", ".wma", ".m4a", ".aac")
_DRAWINGS = (".emf", ".wmf", ".emz", ".wmz", ".wdp", ".pict", ".pct", ".eps")
_MACHINE = (".odttf", ".fntdata", ".ttf", ".otf", ".sigs")
"""Fonts and signature stubs: nothing to read in them."""


def office(stories: Stories) -> Reader:
    """A reader made of the part that differs from format to format."""

    def read(opened: Opened) -> Reading:
        package = opened.zip
        reading = Reading(list(_findings(package, opened.place)))
        reading.passages = passages = list(_passages(stories, package))
        for name in package.names:
            if not name.endswith(properties.TEXTS):
                passages += _sort(reading, name, package, opened.place)
        return reading

    return read


def _passages(stories: Stories, package: Package) -> Iterator[Passage]:
    seen: set[str] = set()
    yield from stories(package, seen)
    yield from properties.properties(package)
    yield from properties.technical(package, seen)


def _findings(package: Package, place: str) -> Iterator[Finding]:
    if properties.has_macros(package):
        yield finding("macro", f"{place}宏", excerpt="vbaProject")
    yield from fetched(package, place)


def _sort(reading: Reading, name: str, package: Package, place: str) -> Iterator[Passage]:
    """A part that is not XML is a picture, a film, a known machine part, or an embedded file."""
    lower = name.lower()
    label = f"部件 {name}"
    if lower.endswith((*_MACHINE, "vbaproject.bin", "vbadata.xml")) or "/activex/" in lower:
        return
    blob = package.read(name)
    if "/printersettings/" in lower or lower.endswith(_DRAWINGS):
        yield Passage(label, runs(blob), quiet=True)
        if lower.endswith(_DRAWINGS):
            reading.findings.append(finding("image_text", f"{place}{label}", excerpt=name))
    elif lower.endswith(_FILMS):
        reading.findings.append(finding("film", f"{place}{label}", excerpt=name))
    elif lower.startswith("xl/model/"):
        reading.findings.append(
            finding("hidden_text", f"{place}{label}", excerpt="数据模型", value=name)
        )
        yield Passage(label, runs(blob), quiet=True)
    else:
        picture = sniff.sniff(blob) in sniff.PICTURES
        (reading.pictures if picture else reading.attached).append((name, blob))
