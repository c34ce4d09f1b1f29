"""What a reader is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gongkai.screening.files.package import Package
from gongkai.screening.findings import Finding
from gongkai.screening.limits import Budget, Unreadable
from gongkai.screening.passages import Passage


@dataclass(frozen=True, slots=True)
class Opened:
    """One file. ``package`` is there for zips of every kind; ``place`` stands before each place
    inside.
    """

    data: bytes
    place: str
    budget: Budget
    package: Package | None = None

    @property
    def zip(self) -> Package:
        """The package of a format that is a zip."""
        if self.package is None:
            raise Unreadable("压缩包已损坏，打不开")
        return self.package


@dataclass(slots=True)
class Reading:
    """``attached`` files are reported and screened, ``members`` are screened only, ``pictures``
    are pictures of the document itself.
    """

    findings: list[Finding] = field(default_factory=list)
    passages: Iterable[Passage] = ()
    attached: list[tuple[str, bytes]] = field(default_factory=list)
    members: Iterable[tuple[str, bytes]] = ()
    pictures: list[tuple[str, bytes]] = field(default_factory=list)


Reader = Callable[[Opened], Reading]


def read_with(reader: Reader, opened: Opened) -> Reading:
    """Reads to the end. Whatever a reader stumbles over makes the file unreadable, never clean.

    The readers and the libraries under them parse hostile bytes; no list of their errors is
    complete, and each of them means the same: not screened.
    """
    try:
        reading = reader(opened)
        reading.passages = list(reading.passages)
    except (Unreadable, RecursionError):
        raise
    except Exception as broken:
        raise Unreadable("文件内部结构已损坏") from broken
    return reading
