"""One file in, one report out; members of packages are screened with a path such as
``附件.zip!/名单.docx!/正文``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gongkai.screening.files import sniff
from gongkai.screening.files.package import Package
from gongkai.screening.files.readers import reader_for
from gongkai.screening.files.reading import Opened, read_with
from gongkai.screening.findings import Finding, Report, finding, worst
from gongkai.screening.limits import MAX_DEPTH, MAX_FILE, MAX_FINDINGS, MAX_TEXT, Budget, Unreadable
from gongkai.screening.maps import APPROVAL
from gongkai.screening.passages import Passage
from gongkai.screening.policy import DEFAULT, Policy
from gongkai.screening.text import mask, screen_passage

_SHOWN_HIDDEN = 40


def screen_file(
    path_or_bytes: Path | str | bytes, name: str, *, policy: Policy = DEFAULT
) -> Report:
    """Screens one file. ``name`` is what the public would see; its ending has to fit the content.

    Never raises for what is in a file: what cannot be read is a finding, and the verdict says
    "unreadable".
    Untrusted files belong into ``sandbox.screen_file_isolated``.
    """
    data = path_or_bytes if isinstance(path_or_bytes, bytes) else _read(Path(path_or_bytes))
    run = _Run(policy, len(data))
    kind = run.member(data, name, "", 0)
    findings = tuple(run.told())
    media = sniff.MEDIA["csv" if kind == "text" and name.lower().endswith(".csv") else kind]
    return Report(
        worst(findings), findings, "\n".join(run.seen), media, hashlib.sha256(data).hexdigest()
    )


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_FILE + 1)


class _Run:
    """The screening of one file with all its members: one budget, one list of findings."""

    def __init__(self, policy: Policy, size: int) -> None:
        self._policy, self._budget = policy, Budget(packed=size)
        self.findings: list[Finding] = []
        self.seen: list[str] = []
        self._length = 0

    def told(self) -> list[Finding]:
        """The findings. A map is approved when its number stands anywhere in the file."""
        if any(APPROVAL in text for text in self.seen):
            return [found for found in self.findings if found.kind != "map_number"]
        return self.findings

    def member(self, data: bytes, name: str, place: str, depth: int) -> str:
        """Screens one member; gives back what kind of file it is."""
        kind = sniff.sniff(data)
        self._search([Passage(f"{place}文件名", name, quiet=True)], "")
        try:
            if len(data) > MAX_FILE:
                raise Unreadable("文件过大，请拆成几个文件")
            if not data:
                raise Unreadable("空文件")
            package = Package(data, self._budget) if kind == "zip" else None
            kind = sniff.look_inside(package) if package else kind
            kind = sniff.look_in_ole(data) if kind == "ole" else kind
            self._checks(kind, data, name, place)
            self._read(kind, Opened(data, place, self._budget, package), depth)
        except Unreadable as reason:
            self._report(
                [finding("unreadable", place or name, excerpt=str(reason), advice=f"{reason}。")]
            )
        except RecursionError:
            self._report([finding("unreadable", place or name, excerpt="文件结构嵌套过深")])
        return kind

    def _checks(self, kind: str, data: bytes, name: str, place: str) -> None:
        sniff_ok = sniff.agrees(kind, name) and not sniff.polyglot(kind, data)
        if not sniff_ok:
            ending = name.rpartition(".")[2].lower()
            self._report(
                [finding("mismatch", place or name, excerpt=f"扩展名 {ending}，内容是 {kind}")]
            )

    def _read(self, kind: str, opened: Opened, depth: int) -> None:
        place = opened.place
        reading = read_with(reader_for(kind), opened)
        self._report(reading.findings)
        self._search(reading.passages, place)
        for name, blob in reading.pictures:
            self.member(blob, name, f"{place}图片{name.rpartition('/')[2]}", depth + 1)
        self._attached(reading.attached, place, depth)
        self._unfold(reading.members, place, depth)

    def _attached(self, members: list[tuple[str, bytes]], place: str, depth: int) -> None:
        for name, _ in members:
            self._report([finding("attachment", f"{place}内嵌文件", excerpt=name)])
        self._unfold(members, place, depth)

    def _unfold(self, members: Iterable[tuple[str, bytes]], place: str, depth: int) -> None:
        for name, data in members:
            if depth >= MAX_DEPTH:
                raise Unreadable("压缩包套得太深")
            if name.startswith("/") or ".." in name.replace("\\", "/").split("/"):
                raise Unreadable("压缩包里有不安全的路径")
            self.member(
                data, name.replace("\\", "/").rpartition("/")[2], f"{place}{name}!/", depth + 1
            )

    def _search(self, passages: Iterable[Passage], place: str) -> None:
        for passage in passages:
            here = replace(passage, place=f"{place}{passage.place}")
            self._length += len(here.text)
            if self._length > MAX_TEXT:
                raise Unreadable("文字过多，请拆成几个文件")
            if here.hidden and here.text.strip():
                self._report([_hidden(here, self._policy)])
            elif not here.quiet:
                self.seen.append(here.text)
            self._report(screen_passage(here, self._policy))

    def _report(self, findings: Iterable[Finding]) -> None:
        for found in findings:
            if len(self.findings) < MAX_FINDINGS:
                self.findings.append(found)
            elif self.findings[-1].kind != "too_many":
                self.findings.append(
                    finding("too_many", found.place, excerpt=f"超过{MAX_FINDINGS}处")
                )
                return


def _hidden(passage: Passage, policy: Policy) -> Finding:
    """Text that a reader does not see is a finding whatever it says."""
    first = len(passage.text) - len(passage.text.lstrip())
    words = " ".join(mask(passage.text[:400], policy).split())[:_SHOWN_HIDDEN]
    return finding(
        passage.hidden,
        passage.place_at(first),
        excerpt=words,
        value=passage.text,
        severity=passage.severity,
        pepper=policy.pepper,
    )
