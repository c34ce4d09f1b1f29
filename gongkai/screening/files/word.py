"""docx: what a reader sees, and everything that is in the file besides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.files.markup import W, besides, local, parse
from gongkai.screening.files.package import Package
from gongkai.screening.files.wordstyle import Styles, box_is_unseen
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Builder, Passage

_STORIES = {
    "document": "正文",
    "hdr": "页眉",
    "ftr": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "glossaryDocument": "构建基块",
}
_DELETED = {"del", "moveFrom"}
_INSERTED = {"ins", "moveTo"}
_TAKEN = {f"{W}{name}" for name in ("t", "delText", "instrText", "delInstrText")}
_CHANGES = {
    f"{W}{name}"
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
        "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "ins", "del",
        "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart",
    )
}  # fmt: skip
_LOADING = re.compile(r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b", re.IGNORECASE)
"""Fields that run or fetch something when the file is opened."""


def passages(package: Package, seen: set[str]) -> Iterator[Passage]:
    """Stories (body, headers, footers, notes) and comments, known by their root: a part may have
    any name. ``seen`` gets the parts that were read.
    """
    styles = Styles(
        parse(package.read("word/styles.xml")) if "word/styles.xml" in package.names else None
    )
    if not any(name.startswith("word/") for name in package.names):
        raise Unreadable("文件内部结构已损坏（缺少正文）")
    for name in package.names:
        if not name.endswith(".xml") or name.startswith(("docProps/", "word/theme/")):
            continue
        root = parse(package.read(name))
        place = _STORIES.get(local(root), "") if str(root.tag).startswith(W) else ""
        if place:
            seen.add(name)
            yield from _Story(place, styles, quiet=local(root) == "glossaryDocument").read(root)
        elif root.tag == f"{W}comments":
            seen.add(name)
            yield from _comments(root)


def _comments(root: etree._Element) -> Iterator[Passage]:
    for number, comment in enumerate(root.iter(f"{W}comment"), 1):
        text = "\n".join(
            "".join(t.text or "" for t in p.iter(f"{W}t", f"{W}delText"))
            for p in comment.iter(f"{W}p")
        )
        author = comment.get(f"{W}author", "")
        yield Passage(f"批注{number}", f"{author} {text}".strip() or "（空批注）", hidden="comment")
    yield Passage("批注部件", "\n".join(besides(root, _TAKEN)), quiet=True)


class _Story:
    """One story: visible text in one passage; hidden, deleted and inserted pieces in passages of
    their own.
    """

    def __init__(self, place: str, styles: Styles, *, quiet: bool = False) -> None:
        self._place, self._styles, self._quiet = place, styles, quiet
        self._seen = Builder(place)
        self._apart: list[tuple[str, str, list[str]]] = []
        self._where = ""
        self._paragraphs = self._tables = 0

    def read(self, root: etree._Element) -> Iterator[Passage]:
        """The passages of the story."""
        body = root.find(f"{W}body")
        self._styles.background(root)
        self._blocks(root if body is None else body)
        seen = self._seen.passage()
        seen.quiet = self._quiet
        yield seen
        for kind, place, pieces in self._apart:
            text = "".join(pieces)
            if text.strip():
                yield Passage(place, text, hidden=kind, quiet=not kind)
        yield from self._marks(root)
        other = [t.text or "" for t in root.iter(*_TAKEN) if _fallback(t)]
        yield Passage(f"{self._place}的备用内容", "".join(other), quiet=True)
        rest = "\n".join(besides(root, _TAKEN))
        yield Passage(f"{self._place}的属性", rest, quiet=True)

    def _marks(self, root: etree._Element) -> Iterator[Passage]:
        """Changes of looks and of paragraph ends carry a name and a time, though no words."""
        if any(kind == "tracked_change" for kind, _, _ in self._apart):
            return
        for change in root.iter(*_CHANGES):
            who = " ".join(filter(None, (change.get(f"{W}author"), change.get(f"{W}date"))))
            yield Passage(f"{self._place}的修订", who or local(change), hidden="tracked_change")
            return

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
        self._fields(paragraph)
        for box in paragraph.iter(f"{W}txbxContent"):
            if _fallback(box) or next(box.iterancestors(f"{W}p"), None) is not paragraph:
                continue
            if box_is_unseen(box):
                text = "".join(t.text or "" for t in box.iter(f"{W}t"))
                self._set_apart("hidden_text", f"{self._place}{self._where}看不见的文本框", text)
            else:
                self._seen.add("\n")
                self._blocks(box)
        for picture in paragraph.iter():
            alt = " ".join(filter(None, (picture.get("descr"), picture.get("title"))))
            if alt and local(picture) in {"docPr", "cNvPr"}:
                self._set_apart("", "图片替代文字", alt + "\n")

    def _fields(self, paragraph: etree._Element) -> None:
        """Field codes are not seen; most only count pages."""
        code = "".join(
            i.text or ""
            for i in paragraph.iter(f"{W}instrText", f"{W}delInstrText")
            if next(i.iterancestors(f"{W}p")) is paragraph and not _fallback(i)
        )
        simple = [f.get(f"{W}instr", "") for f in paragraph.iter(f"{W}fldSimple")]
        for text in filter(None, (code, *simple)):
            kind = "outside_part" if _LOADING.match(text) else ""
            kind = "script" if kind and text.strip().upper().startswith("DDE") else kind
            self._set_apart(kind, f"{self._place}{self._where}的域代码", text + "\n")

    def _run(self, run: etree._Element, style: str) -> None:
        text = "".join(_characters(run))
        if not text:
            return
        around = {local(parent) for parent in run.iterancestors()}
        deleted = bool(around & _DELETED) or run.find(f"{W}delText") is not None
        if deleted:
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
        if name in {"t", "delText"}:
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
