"""pptx: slides in their order, what is on them and beside them, notes, comments, hidden slides."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.screening.files.markup import besides, local, parse, pieces, strings
from gongkai.screening.files.package import Package
from gongkai.screening.files.relations import Relation, main_part, relations
from gongkai.screening.files.slideshape import Slide
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Passage

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TAKEN = {f"{A}t", f"{_C}v"}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WIDE, _HIGH = 9_144_000, 6_858_000
_COUNTS = {"sldNum", "dt", "hdr", "ftr", "sldImg"}
"""Placeholders of a notes page that hold no notes."""


def passages(package: Package, seen: set[str]) -> Iterator[Passage]:
    """Slide by slide with its diagrams, charts and notes; then comments, wherever they are."""
    main = main_part(package, "ppt/presentation.xml")
    root = parse(package.read(main))
    targets = relations(package, main)
    size = next((e for e in root.iter() if local(e) == "sldSz"), None)
    wide = int(size.get("cx", _WIDE)) if size is not None else _WIDE
    high = int(size.get("cy", _HIGH)) if size is not None else _HIGH
    for number, entry in enumerate((e for e in root.iter() if local(e) == "sldId"), 1):
        relation = targets.get(entry.get(f"{_R}id", ""))
        if relation is None or relation.target not in package.names:
            raise Unreadable("演示文稿内部结构已损坏（缺少幻灯片）")
        yield from _slide(package, relation.target, number, (wide, high), seen)
    yield from _others(package, seen, (wide, high))


def _slide(
    package: Package, part: str, number: int, size: tuple[int, int], seen: set[str]
) -> Iterator[Passage]:
    seen.add(part)
    root = parse(package.read(part))
    hidden = root.get("show") in {"0", "false"}
    label = f"{'隐藏的' if hidden else ''}第{number}张幻灯片"
    around = relations(package, part)
    slide = Slide(root, size, plain=not _backdrop(package, part, set()))
    kind = "hidden_text" if hidden else ""
    yield Passage(label, slide.seen() or ("（无文字）" if hidden else ""), hidden=kind)
    for why, text in slide.unseen():
        yield Passage(f"{label}{why}", text, hidden="hidden_text")
    yield Passage(f"{label}的图形说明", slide.descriptions(), quiet=True)
    for relation in around.values():
        yield from _beside(package, relation, label, kind, seen)
    yield Passage(f"{label}的其他内容", "\n".join(besides(root, _TAKEN)), quiet=True)


def _beside(
    package: Package, relation: Relation, label: str, kind: str, seen: set[str]
) -> Iterator[Passage]:
    name = relation.target
    if relation.outside or name not in package.names or name in seen:
        return
    if relation.kind == "notesSlide":
        seen.add(name)
        notes = _notes(parse(package.read(name)))
        yield Passage(f"{label}的备注", notes, hidden="hidden_text")
    elif relation.kind in {"diagramData", "chart", "chartEx"}:
        seen.add(name)
        root = parse(package.read(name))
        what = "图表" if relation.kind != "diagramData" else "图示"
        words = [pieces(p) for p in root.iter() if local(p) == "p"]
        words += [v.text or "" for v in root.iter() if local(v) == "v"]
        yield Passage(f"{label}的{what}", "\n".join(words), hidden=kind)
        yield Passage(f"{label}的{what}的其他内容", "\n".join(besides(root, _TAKEN)), quiet=True)


def _notes(root: etree._Element) -> str:
    words = []
    for shape in root.iter():
        if local(shape) != "sp":
            continue
        holder = next((e.get("type", "") for e in shape.iter() if local(e) == "ph"), "")
        if holder not in _COUNTS:
            words += [pieces(p) for p in shape.iter() if local(p) == "p"]
    return "\n".join(words).strip()


def _backdrop(package: Package, part: str, been: set[str]) -> bool:
    """Whether the slide, its layout or its master paints something under the text: then white
    may be read on it.
    """
    if part in been or part not in package.names:
        return False
    root = parse(package.read(part))
    painted = Slide(root, (1, 1), plain=True).painted or (bool(been) and _pictures(root))
    below = [r for r in relations(package, part).values() if r.kind in _BELOW]
    return painted or any(_backdrop(package, r.target, been | {part}) for r in below)


_BELOW = {"slideLayout", "slideMaster"}


def _pictures(root: etree._Element) -> bool:
    return any(local(e) == "pic" for e in root.iter())


def _others(package: Package, seen: set[str], size: tuple[int, int]) -> Iterator[Passage]:
    """Comments, and slides and notes that no list names: a deleted slide may be left behind."""
    for name in package.names:
        if name in seen or not name.endswith(".xml") or not name.startswith("ppt/"):
            continue
        root = parse(package.read(name))
        if local(root) == "cmLst":
            seen.add(name)
            yield from _comments(root)
            yield Passage("批注部件", "\n".join(besides(root, _TAKEN)), quiet=True)
        elif local(root) == "sld":
            seen.add(name)
            slide = Slide(root, size, plain=False)
            yield Passage(f"没有列出的幻灯片 {name}", slide.seen() or "（无文字）", "hidden_text")
            yield Passage(f"部件 {name}", "\n".join(strings(root)), quiet=True)
        elif local(root) == "notes":
            seen.add(name)
            yield Passage(f"没有列出的备注 {name}", _notes(root), "hidden_text")


def _comments(root: etree._Element) -> Iterator[Passage]:
    """Old ones hold plain text, modern ones paragraphs with replies."""
    for number, comment in enumerate((e for e in root.iter() if local(e) == "cm"), 1):
        words = [e.text or "" for e in comment.iter() if local(e) == "text"]
        words += [pieces(p) for p in comment.iter() if local(p) == "p"]
        text = "\n".join(words).strip()
        yield Passage(f"批注{number}", text or "（空批注）", hidden="comment")
