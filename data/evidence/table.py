"""The table of the proof in Markdown: means, 95 % intervals over the seeds, differences, and the bars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats  # type: ignore[import-untyped]

from data.backbones import MODULES
from data.evidence.ledger import Row
from data.evidence.plan import AT, COUNTS, FROZEN, RANDOM, SCRATCH, TUNED
from data.files import write_atomically

BEGIN, END = "<!-- evidence -->", "<!-- /evidence -->"

BAR_FROZEN, BAR_OVER_RANDOM, BAR_OVER_SCRATCH = 0.80, 0.25, 0.15
"""At 20 images a class: accuracy of the frozen course weights; their lead; the lead of fine-tuning."""

_ROUNDING = 1e-5
"""The CSV has six decimals: a mean that reaches a bar exactly must not miss it by their rounding."""


class TableError(Exception):
    """The table has no place in a file; the message says what to do."""


@dataclass(frozen=True)
class Estimate:
    """A mean over seeds, and half the width of its 95 % interval (infinite for a single seed)."""

    mean: float
    half: float
    seeds: int

    def overlaps(self, other: Estimate) -> bool:
        """Whether the two intervals have a point in common."""
        return abs(self.mean - other.mean) <= self.half + other.half


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of one value a seed, with Student's 95 % interval; raise ValueError for no values.

    Source of the interval: Student, "The probable error of a mean", 1908.
    """
    if not values:
        raise ValueError("There is no mean of no values.")
    mean, count = float(np.mean(values)), len(values)
    if count == 1:
        return Estimate(mean, math.inf, 1)
    spread = float(np.std(values, ddof=1)) / math.sqrt(count)
    return Estimate(mean, float(stats.t.ppf(0.975, count - 1)) * spread, count)


def markdown(rows: Sequence[Row]) -> str:
    """Return the tables of these rows: accuracy on critters, comparisons with the bars, the other sets.

    A cell without rows shows a dash; a backbone without rows has no line.
    """
    parts = [_accuracies(rows), _comparisons(rows), _others(rows)]
    return "\n\n".join(part for part in parts if part) + "\n"


def insert(text: str, path: Path) -> None:
    """Put ``text`` between the two marks ``<!-- evidence -->`` and ``<!-- /evidence -->`` of a file.

    Raises TableError, and leaves the file as it is, when it lacks the marks or has them twice.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path} cannot be read ({error}).") from None
    lines = content.split("\n")
    places = [[k for k, line in enumerate(lines) if line.strip() == mark] for mark in (BEGIN, END)]
    if [len(found) for found in places] != [1, 1] or places[0][0] > places[1][0]:
        raise TableError(f"{path} needs one line {BEGIN} and below it one line {END}; the table goes between them.")
    kept = [*lines[: places[0][0] + 1], "", text.strip("\n"), "", *lines[places[1][0] :]]
    write_atomically(path, "\n".join(kept))


def _values(rows: Sequence[Row], name: str, backbone: str, way: str, per_class: int = AT) -> dict[int, Row]:
    """Return seed -> row."""
    wanted = (name, backbone, way, per_class)
    return {row.seed: row for row in rows if (row.set, row.backbone, row.way, row.per_class) == wanted}


def _found(rows: Sequence[Row], name: str, backbone: str, way: str, per_class: int = AT) -> Estimate | None:
    values = [row.accuracy for row in _values(rows, name, backbone, way, per_class).values()]
    return estimate(values) if values else None


def _backbones(rows: Sequence[Row], name: str) -> list[str]:
    present = {row.backbone for row in rows if row.set == name}
    return [backbone for backbone in MODULES if backbone in present]


def _accuracies(rows: Sequence[Row]) -> str:
    columns = [(way, n) for way, numbers in COUNTS["critters"].items() for n in numbers]
    body = [
        [backbone, *(_cell(_found(rows, "critters", backbone, way, n)) for way, n in columns)]
        for backbone in _backbones(rows, "critters")
    ]
    return _grid(["critters", *(f"{way}, {n}" for way, n in columns)], body)


def _comparisons(rows: Sequence[Row]) -> str:
    body = []
    for backbone in _backbones(rows, "critters"):
        a, b, c, d = (_found(rows, "critters", backbone, way) for way in (FROZEN, TUNED, RANDOM, SCRATCH))
        seconds = [row.seconds for row in _values(rows, "critters", backbone, TUNED).values()]
        body.append(
            [
                backbone,
                _lead(a, c),
                _lead(b, d),
                f"{np.mean(seconds):.0f} s" if seconds else "-",
                _verdict(a and a.mean >= BAR_FROZEN - _ROUNDING),
                _verdict(a and c and a.mean - c.mean >= BAR_OVER_RANDOM - _ROUNDING),
                _verdict(_clear(b, d)),
            ]
        )
    bars = (
        f"{FROZEN} ≥ {BAR_FROZEN:.2f}",
        f"{FROZEN} ≥ {RANDOM} + {100 * BAR_OVER_RANDOM:.0f}",
        f"{TUNED} ≥ {SCRATCH} + {100 * BAR_OVER_SCRATCH:.0f}, apart",
    )
    columns = (f"critters, {AT}", f"{FROZEN} - {RANDOM}", f"{TUNED} - {SCRATCH}", f"time of {TUNED}", *bars)
    return _grid(columns, body)


def _others(rows: Sequence[Row]) -> str:
    body = []
    for name in COUNTS:
        for backbone in _backbones(rows, name) if name != "critters" else []:
            a, c = (_found(rows, name, backbone, way) for way in (FROZEN, RANDOM))
            body.append([name, backbone, _cell(a), _cell(c), _lead(a, c)])
    return _grid([f"set, {AT}", "backbone", FROZEN, RANDOM, f"{FROZEN} - {RANDOM}"], body)


def _cell(found: Estimate | None) -> str:
    if found is None:
        return "-"
    return f"{found.mean:.2f} (1 seed)" if found.seeds == 1 else f"{found.mean:.2f} ± {found.half:.2f}"


def _lead(first: Estimate | None, second: Estimate | None) -> str:
    if first is None or second is None:
        return "-"
    intervals = "overlap" if first.overlaps(second) else "apart"
    return f"{100 * (first.mean - second.mean):+.0f} points, {intervals}"


def _clear(tuned: Estimate | None, scratch: Estimate | None) -> bool | None:
    """Return whether fine-tuning leads by enough, with intervals apart; None where an interval is wanting."""
    if tuned is None or scratch is None or min(tuned.seeds, scratch.seeds) < 2:
        return None
    return tuned.mean - scratch.mean >= BAR_OVER_SCRATCH - _ROUNDING and not tuned.overlaps(scratch)


def _verdict(held: object) -> str:
    """Return the word for a bar that is reached, or not, or cannot be told for want of rows (None)."""
    return "-" if held is None else "met" if held else "**missed**"


def _grid(columns: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    if not body:
        return ""
    lines = [columns, ["---"] * len(columns), *body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
