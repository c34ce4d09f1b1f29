"""Keep ``gongkai/locale`` complete: the Chinese of Wagtail and Django that their packages lack.

``python scripts/make_messages.py`` asks every installed app for its messages, adds those without
a Chinese text to our ``.po`` files (empty, to be filled by hand), and compiles the ``.mo`` files.
It ends with 1 while a text is missing. Run it after Wagtail or Django was raised. The compiler
is our own, because Django's asks for GNU gettext, which a clean machine has not.
"""

from __future__ import annotations

import ast
import gettext
import os
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "gongkai" / "locale"
DOMAINS = ("django", "djangojs")
HEADER = (
    "Project-Id-Version: gongkai\nLanguage: zh_Hans\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    # The same words as Wagtail's catalogues: another formula would keep ours apart from theirs.
    "Plural-Forms: nplurals=1; plural=0;\n"
)
# Position of context, message and plural form among the arguments of a gettext call.
CALLS = {
    "_": (0,), "gettext": (0,), "gettext_lazy": (0,), "gettext_noop": (0,),
    "ngettext": (0, 1), "ngettext_lazy": (0, 1),
    "pgettext": (1,), "pgettext_lazy": (1,), "npgettext": (1, 2), "npgettext_lazy": (1, 2),
}  # fmt: skip
_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d+)\])?\s+)?(".*")')


@dataclass(frozen=True)
class Message:
    """``ids``: the English, and its plural where it has one; ``texts``: one for each form."""

    ids: tuple[str, ...]
    texts: tuple[str, ...] = ()
    context: str = ""
    app: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.ids[0]


def read_po(path: Path) -> list[Message]:
    """The messages of a catalogue; fuzzy and obsolete ones are not messages.

    Texts may be empty. ``app`` is the last extracted comment (``#. app``) above the message.
    """
    blocks = path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n\n")
    return [m for block in blocks if (m := _message(block)) and m.ids[0]]


def _message(block: str) -> Message | None:
    parts: dict[tuple[str, int], str] = {}
    at, app = ("", 0), ""
    for line in block.splitlines():
        if line.startswith("#,") and "fuzzy" in line:
            return None
        if line.startswith("#."):
            app = line[2:].strip()
        if not (match := _LINE.fullmatch(line.strip())):
            continue
        if match[1]:
            at = (match[1], int(match[2] or 0))
        parts[at] = parts.get(at, "") + ast.literal_eval(match[3])
    if ("msgid", 0) not in parts:
        return None
    plural = parts.get(("msgid_plural", 0))
    ids = (parts["msgid", 0],) if plural is None else (parts["msgid", 0], plural)
    texts = tuple(text for (kind, _), text in sorted(parts.items()) if kind == "msgstr")
    return Message(ids, texts, parts.get(("msgctxt", 0), ""), app)


def write_po(path: Path, messages: Iterable[Message]) -> None:
    """One block for a message, in the order given."""
    blocks = ['msgid ""\nmsgstr ""\n' + "\n".join(map(_quoted, HEADER.splitlines(keepends=True)))]
    for m in messages:
        lines = [f"#. {m.app}"] if m.app else []
        lines += [f"msgctxt {_quoted(m.context)}"] if m.context else []
        lines += [
            f"{word} {_quoted(text)}"
            for word, text in zip(("msgid", "msgid_plural"), m.ids, strict=False)
        ]
        text = _quoted("".join(m.texts[:1]))
        lines.append(f"msgstr[0] {text}" if len(m.ids) > 1 else f"msgstr {text}")
        blocks.append("\n".join(lines))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def compiled(messages: Iterable[Message]) -> bytes:
    """The catalogue as gettext reads it (``.mo``, little-endian, sorted, without a hash table)."""
    pairs = {b"": HEADER.encode()}
    for m in messages:
        if all(m.texts) and m.texts:
            context = f"{m.context}\x04" if m.context else ""
            pairs[(context + "\0".join(m.ids)).encode()] = "\0".join(m.texts).encode()
    rows = sorted(pairs.items())
    first = 28 + 16 * len(rows)
    tables, heap = [b"", b""], b""
    for column in (0, 1):
        for row in rows:
            tables[column] += struct.pack("<II", len(row[column]), first + len(heap))
            heap += row[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, first)
    return head + tables[0] + tables[1] + heap


def asked(domain: str) -> Iterator[Message]:
    """Every message of every installed app but ours, and of Django itself."""
    import django
    from django.apps import apps

    core = Path(str(django.__file__)).parent / "conf"
    foreign = [(a.name, Path(a.path)) for a in apps.get_app_configs()]
    foreign = [(name, path) for name, path in foreign if not name.startswith("gongkai.")]
    for name, folder in [*foreign, ("django", core)]:
        for message in _asked_by(folder, domain):
            yield replace(message, app=name, texts=())


def _asked_by(folder: Path, domain: str) -> Iterator[Message]:
    english = folder / "locale/en/LC_MESSAGES" / f"{domain}.po"
    if english.exists():
        yield from read_po(english)
        return
    # No source catalogue: what any translator saw, and what the sources call.
    found = {m.key: m for po in folder.glob(f"locale/*/LC_MESSAGES/{domain}.po")
             for m in read_po(po)}  # fmt: skip
    if domain == "django":
        modules = (p for p in folder.rglob("*.py") if "tests" not in p.parts)
        found |= {m.key: m for module in modules for m in called(module.read_text("utf-8"))}
    yield from found.values()


def called(source: str) -> Iterator[Message]:
    """The messages of the gettext calls in a Python source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        words = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        ids = tuple(words[i] for i in CALLS.get(name, ()) if i < len(words))
        if ids and all(isinstance(word, str) for word in ids):
            yield Message(ids, context=str(words[0]) if name.lstrip("n").startswith("p") else "")


class _Nothing(gettext.NullTranslations):
    """Answers with nothing, where gettext would answer with the English."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return ""


def missing(domain: str) -> list[Message]:
    """Messages that a Chinese reader would see in English: asked of Django's own machinery."""
    from django.utils.translation.trans_real import DjangoTranslation

    chinese = DjangoTranslation("zh-hans", domain=domain)
    chinese.add_fallback(_Nothing())

    def text(m: Message) -> str:
        if len(m.ids) > 1:
            ids = (m.ids[0], m.ids[1], 2)
            return chinese.npgettext(m.context, *ids) if m.context else chinese.ngettext(*ids)
        return chinese.pgettext(m.context, *m.ids) if m.context else chinese.gettext(*m.ids)

    found = {m.key: m for m in asked(domain) if not text(m)}
    return list(found.values())


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings_test")
    django.setup()
    left = 0
    for domain in DOMAINS:
        po = LOCALE / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po"
        po.parent.mkdir(parents=True, exist_ok=True)
        ours = {m.key: m for m in (read_po(po) if po.exists() else [])}
        # The .mo may be older than the .po: what the .po answers is not missing.
        new = [m for m in missing(domain) if not all(ours.get(m.key, m).texts or ("",))]
        ours |= {m.key: m for m in new}
        messages = sorted(ours.values(), key=lambda m: (m.app, m.ids, m.context))
        write_po(po, messages)
        po.with_suffix(".mo").write_bytes(compiled(messages))
        print(f"{domain}: {len(messages)} of ours, {len(new)} without a Chinese text")
        left += len(new)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
