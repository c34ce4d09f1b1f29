"""Pages and pictures without words: read by machine where the extra is installed, and always
left to a person to confirm.
"""

from __future__ import annotations

from PIL import Image

from gongkai.screening import ocr
from gongkai.screening.findings import Finding, finding
from gongkai.screening.passages import Builder, Passage


def pictured(
    kind: str, place: str, label: str, image: Image.Image | None, why: str = ""
) -> tuple[Finding, list[Passage]]:
    """The finding of a page or picture, and the words a machine read in it. ``image`` is None
    where it is not to be read by machine.
    """
    if image is None or not ocr.available():
        return finding(kind, place, excerpt=why, value=why or kind), []
    try:
        read = _words(ocr.read(image), label, image.size)
    except Exception:  # a reading that fails leaves the picture to a person, as without it
        failed = "，".join(part for part in (why, "机器识读失败") if part)
        return finding(kind, place, excerpt=failed, value=failed), []
    count = len("".join(read.text.split()))
    told = finding(
        kind,
        place,
        excerpt="，".join(part for part in (why, f"机器识读，{count}个字") if part),
        value=read.text or kind,
        advice="机器识读会漏字、认错字，看不懂印章和手写；请由人对照图像逐行看过后确认。",
    )
    return told, [read]


def _words(lines: list[ocr.Line], label: str, size: tuple[int, int]) -> Passage:
    built = Builder(f"{label}机器识读")
    for line in lines:
        left, upper = line.box[0] * 100 // max(size[0], 1), line.box[1] * 100 // max(size[1], 1)
        built.add(f"{line.text}\n", f"（横{left}%竖{upper}%处）")
    return built.passage()
