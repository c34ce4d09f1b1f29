"""The shipped standard catalogue of what is disclosed about public legal services. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Standard:
    """``rows`` are complete but for the organ; ``doubtful`` are the places of those that no
    published list confirms.
    """

    edition: str
    source: str
    rows: tuple[Mapping[str, str], ...]
    doubtful: frozenset[int]

    def matters(self) -> list[str]:
        """一级事项, in their order."""
        return list(dict.fromkeys(row["matter"] for row in self.rows))

    def missing(
        self, known: Iterable[tuple[str, str]], *, organ: str, matters: Iterable[str] | None,
        doubtful: bool,
    ) -> list[Row]:  # fmt: skip
        """The rows that a catalogue lacks, as its organ would publish them.

        ``known`` are (一级事项, 二级事项) that it has; ``matters`` None: all.
        """
        have, wanted = set(known), set(self.matters() if matters is None else matters)
        return [
            {**row, "organ": organ}
            for place, row in enumerate(self.rows)
            if row["matter"] in wanted
            and (row["matter"], row["part"]) not in have
            and (doubtful or place not in self.doubtful)
        ]


@cache
def standard(days: int) -> Standard:
    """The shipped catalogue; ``days`` working days are the law's time to disclose."""
    with (Path(__file__).parent / "data" / "standard_catalogue.toml").open("rb") as file:
        raw = tomllib.load(file)
    common = raw["common"] | {"time_limit": raw["common"]["time_limit"].format(days=days)}
    rows = raw["row"]
    return Standard(
        raw["edition"],
        raw["source"],
        tuple(common | {k: v for k, v in row.items() if k != "seen"} for row in rows),
        frozenset(place for place, row in enumerate(rows) if not row["seen"]),
    )
