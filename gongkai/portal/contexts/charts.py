"""Small charts drawn on the server: the numbers stand on the bars, and in a table below."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal

# Units of the drawing; a character is as wide as the type is high.
WIDTH, TYPE, ROW, GAP = 360, 15, 20, 9


@dataclass(frozen=True, slots=True)
class ChartRow:
    label: str
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in units of the drawing; ``order`` (from 1) chooses the pattern."""

    order: int
    y: int
    width: int
    value: Number
    name: str

    @property
    def text_dx(self) -> int:
        return self.width + 6


@dataclass(frozen=True, slots=True)
class BarGroup:
    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """At most four ``series``; more could not be told apart without hunting in a legend."""

    title: str
    unit: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    key: str = "chart"

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= 4:
            raise ValueError("a chart takes one to four series")
        if any(len(row.values) != len(self.series) for row in self.rows):
            raise ValueError("each row needs one value for each series")

    @property
    def height(self) -> int:
        return len(self.rows) * self._step

    @property
    def _step(self) -> int:
        return len(self.series) * ROW + GAP

    @property
    def label_x(self) -> int:
        """Where the labels end: the longest decides."""
        return max((len(row.label) for row in self.rows), default=0) * TYPE

    @property
    def bar_x(self) -> int:
        return self.label_x + 8

    @property
    def _room(self) -> int:
        """What is left for bars between the labels and the longest words after a bar."""
        names = max(map(len, self.series)) * TYPE if len(self.series) > 1 else 0
        digits = max((len(str(value)) for row in self.rows for value in row.values), default=0)
        return max(40, WIDTH - self.bar_x - names - digits * 10 - 16)

    @property
    def groups(self) -> tuple[BarGroup, ...]:
        """The bars, longest value at full width; a value of nought draws none."""
        top = max((value for row in self.rows for value in row.values), default=0) or 1
        return tuple(
            BarGroup(row.label, index * self._step, self._bars(row, index * self._step, top))
            for index, row in enumerate(self.rows)
        )

    def _bars(self, row: ChartRow, y: int, top: Number) -> tuple[Bar, ...]:
        return tuple(
            Bar(
                order=place + 1,
                y=y + place * ROW,
                width=round(float(value) / float(top) * self._room),
                value=value,
                name=self.series[place] if len(self.series) > 1 else "",
            )
            for place, value in enumerate(row.values)
        )
