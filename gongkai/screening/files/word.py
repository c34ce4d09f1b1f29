"""docx: what a reader sees, and everything that is in the file besides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.files.markup import W, local, parse
from gongkai.screening.files.package import Package
from gongkai.screening.files.wordstyle import Styles
from gongkai.screening.passages import Builder, Passage

_STORIES = (
    (re.compile(r"word/document\d*\.xml"), "正文"),
    (re.compile(r"word/header\d*\.xml"), "页眉"),
    (re.compile(r"word/footer\d*\.xml"), "页脚"),
    (re.compile(r"word/footnotes\.xml"), "脚注"),
    (re.compile(r"word/endnotes\.xml"), "尾注"),
)
_COMMENTS = re.compile(r"word/comments\w*\.xml")
_DELETED = {"del", "moveFrom"}
_INSERTED = {"ins", "moveTo"}


def passages(package: Package, seen: set[str]) -> Iterator[Passage]:
    """Stories first (body, headers, footers, notes), then comments. ``seen`` gets the parts that
    were read.
    """
    styles = Styles(
        parse(package.read("word/styles.xml")) if "word/styles.xml" in package.names else None
    )
    for name in package.names:
        place = next((label for pattern, label in _STORIES if pattern.fullmatch(name)), "")
        if place:
            seen.add(name)
            yield from _Story(place, styles).read(parse(package.read(name)))
        elif _COMMENTS.fullmatch(name):
            seen.add(name)
            yield from _comments(parse(package.read(name)))


def _comments(root: etree._Element) -> Iterator[Passage]:
    for number, comment in enumerate(root.iter(f"{W}comment"), 1):
        text = "\n".join(
            "".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")
        )
        author = comment.get(f"{W}author", "")
        yield Passage(f"批注{number}", f"{author} {text}".strip() or "（空批注）", hidden="comment")


class _Story:
    """One story: visible text in one passage; hidden, deleted and inserted pieces in passages of
    their own.
    """

    def __init__(self, place: str, styles: Styles) -> None:
        self._place, self._styles = place, styles
        self._seen = Builder(place)
        self._apart: list[tuple[str, str, list[str]]] = []
        self._where = ""
        self._paragraphs = self._tables = 0

    def read(self, root: etree._Element) -> Iterator[Passage]:
        """The passages of the story."""
        body = root.find(f"{W}body")
        self._blocks(root if body is None else body)
        yield self._seen.passage()
        for kind, place, pieces in self._apart:
            if "".join(pieces).strip():
                yield Passage(place, "".join(pieces), hidden=kind)

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraphs += 1
                self._where = f"第{self._paragraphs}段"
                self._seen.add("", self._where)
                self._paragraph(child)
                self._seen.add("\n")
            elif name == "tbl":
                self._tables += 1
                self._table(child, f"表{self._tables}")
            elif name not in {"sectPr", "tblPr", "tcPr", "trPr"}:
                self._blocks(child)

    def _table(self, table: etree._Element, label: str) -> None:
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        for number, row in enumerate(rows, 1):
            cells = [c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row]
            for column, cell in enumerate(cells, 1):
                self._where = f"{label}第{number}行第{column}列"
                self._seen.add("\t" if column > 1 else "", self._where)
                for index, paragraph in enumerate(cell.iter(f"{W}p")):
                    self._seen.add(" " if index else "")
                    self._paragraph(paragraph)
            self._seen.add("\n")

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = self._styles.of_paragraph(paragraph)
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p")) is not paragraph or _fallback(run):
                continue
            self._run(run, style)
        for box in paragraph.iter(f"{W}txbxContent"):
            if not _fallback(box) and next(box.iterancestors(f"{W}p"), None) is paragraph:
                self._seen.add("\n")
                self._blocks(box)
        for picture in paragraph.iter():
            alt = " ".join(filter(None, (picture.get("descr"), picture.get("title"))))
            if alt and local(picture) in {"docPr", "cNvPr"}:
                self._set_apart("", "图片替代文字", alt + "\n")

    def _run(self, run: etree._Element, style: str) -> None:
        text = "".join(_characters(run))
        if not text:
            return
        around = {local(parent) for parent in run.iterancestors()}
        if around & _DELETED:
            self._set_apart("tracked_change", f"{self._place}{self._where}的修订（已删除）", text)
        elif self._styles.hides(run, style):
            self._set_apart("hidden_text", f"{self._place}{self._where}的隐藏文字", text)
        else:
            self._seen.add(text)
            if around & _INSERTED:
                self._set_apart("tracked_change", f"{self._place}{self._where}的修订（新增）", text)

    def _set_apart(self, kind: str, place: str, text: str) -> None:
        if self._apart and self._apart[-1][:2] == (kind, place):
            self._apart[-1][2].append(text)
        else:
            self._apart.append((kind, place, [text]))


def _characters(run: etree._Element) -> Iterator[str]:
    for child in run:
        name = local(child)
        if name in {"t", "delText", "instrText", "delInstrText"}:
            yield child.text or ""
        elif name == "tab":
            yield "\t"
        elif name in {"br", "cr"}:
            yield "\n"
        elif name in {"noBreakHyphen", "softHyphen"}:
            yield "-"
        elif name == "sym":
            yield _symbol(child)


def _symbol(element: etree._Element) -> str:
    """A character by its number; symbol fonts put ASCII at U+F000."""
    code = int(element.get(f"{W}char", "0"), 16)
    return chr(code - 0xF000 if 0xF020 <= code <= 0xF0FF else code) if 0 < code < 0x110000 else ""


def _fallback(element: etree._Element) -> bool:
    return any(local(parent) == "Fallback" for parent in element.iterancestors())
