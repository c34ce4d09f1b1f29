"""pptx: hidden slides, notes and comments taken out."""

from __future__ import annotations

from lxml import etree

from gongkai.screening.cleaning.ooxml import Parts
from gongkai.screening.cleaning.result import Dropped, no
from gongkai.screening.files.markup import local

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOTES = {"notesSlide", "notesMaster"}
_COMMENTS = {"comments", "commentAuthors", "authors", "tags", "customData"}
_NAMING = {"custShowLst", "notesMasterIdLst", "custDataLst", "sectionLst"}
_FILMS = {"video", "audio", "media"}


def clean(data: bytes, dropped: Dropped) -> bytes:
    """The slides as they are shown."""
    parts = Parts(data)
    parts.strip(dropped)
    main = parts.main()
    root = parts.xml(main)
    targets = {key: target for key, _, target in parts.relations(main)}
    hidden = set()
    for entry in list(root.iter(f"{_P}sldId")):
        target = targets.get(entry.get(f"{_R}id", ""), "")
        if target in parts.parts and parts.xml(target).get("show") in {"0", "false"}:
            hidden.add(target)
            parent = entry.getparent()
            if parent is not None:
                parent.remove(entry)
    if not list(root.iter(f"{_P}sldId")):
        raise no("幻灯片全部是隐藏的，不能生成干净副本。请在原软件里处理后另存上传。")
    _lists(root)
    parts.put(main, root)
    _relations(parts, hidden, dropped)
    return parts.save(dropped)


def _lists(root: etree._Element) -> None:
    """Lists that name slides which are no longer there."""
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is not None and local(element) in _NAMING:
            parent.remove(element)


def _relations(parts: Parts, hidden: set[str], dropped: Dropped) -> None:
    names = {target.rpartition("/")[2] for target in hidden}
    for name in sorted(names):
        dropped.add(f"隐藏的幻灯片（{name.removesuffix('.xml')}）")
    parts.drop_relations(
        lambda kind, target, _e: kind == "slide" and target.rpartition("/")[2] in names
    )
    if parts.drop_relations(lambda kind, _t, _e: kind in _NOTES):
        dropped.add("演讲者备注")
    if parts.drop_relations(lambda kind, _t, _e: kind in _COMMENTS):
        dropped.add("批注")
    if parts.drop_relations(lambda kind, _t, _e: kind in _FILMS):
        raise no("幻灯片里有音频或视频，不能生成干净副本。请删去后另存上传。")
