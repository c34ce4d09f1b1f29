"""How much of a file is ever looked at. Beyond a limit a file counts as not screened, never as
clean.
"""

from __future__ import annotations

MAX_FILE = 200 * 2**20
MAX_UNPACKED = 300 * 2**20
MAX_MEMBER = 100 * 2**20
MAX_ENTRIES = 2000
MAX_DEPTH = 4
MAX_RATIO = 200
RATIO_FROM = 2**18
"""A small member may pack well by chance; the ratio counts from this unpacked size on."""
MAX_WHOLE_RATIO = 100
WHOLE_RATIO_FROM = 8 * 2**20
"""All members of a file together, nested ones too, against the file itself."""
MAX_PIXELS = 50_000_000
MAX_PAGES = 3000
MAX_FINDINGS = 2000
MAX_TEXT = 20 * 2**20
"""Characters of one file: what is searched within the time that a file has."""


class Unreadable(Exception):
    """The file cannot be screened; the message says why, in Chinese, for the person who uploaded
    it.
    """


class Budget:
    """What one file may still unpack, over all its members. ``packed``: bytes of the file itself,
    if its members together are held to a ratio.
    """

    def __init__(
        self, limit: int = MAX_UNPACKED, entries: int = MAX_ENTRIES, packed: int = 0
    ) -> None:
        if packed:
            limit = min(limit, max(WHOLE_RATIO_FROM, MAX_WHOLE_RATIO * packed))
        self._left, self._entries = limit, entries

    def spend(self, size: int) -> None:
        """Counts a member of ``size`` bytes. Raises ``Unreadable`` when the file holds too much."""
        self._left -= size
        self._entries -= 1
        if self._left < 0:
            raise Unreadable("解压后的内容过大，疑似压缩炸弹")
        if self._entries < 0:
            raise Unreadable("压缩包里的文件过多")
