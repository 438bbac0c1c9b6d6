"""The CSV of the proof: one line a run, appended whole; a line that an interruption cut off is taken away again."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from data.evidence.plan import Run
from data.files import write_atomically


class LedgerError(Exception):
    """The CSV cannot be read; the message says where and what to do."""


@dataclass(frozen=True)
class Row:
    """What a run came to. ``accuracy`` is between 0 and 1; ``seconds`` is the time that training takes.

    ``steps`` are those of the last training, ``weights`` the first digits of the SHA-256 of the backbone's file,
    and ``recipe`` is the recipe's stamp: with other weights or another recipe a run is another run.
    """

    set: str
    backbone: str
    way: str
    per_class: int
    seed: int
    accuracy: float
    seconds: float
    trainable: int
    steps: int
    test_images: int
    weights: str
    recipe: str

    @property
    def run(self) -> Run:
        """The run that the row is of."""
        return Run(self.set, self.backbone, self.way, self.per_class, self.seed)

    @property
    def key(self) -> tuple[Run, str, str]:
        """The run, its weights and its recipe, as ``plan.key`` gives them."""
        return self.run, self.weights, self.recipe


_COLUMNS = [column.name for column in fields(Row)]
_HEADER = ",".join(_COLUMNS)


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV, none if there is no file; a last line without its end is left out.

    Raises LedgerError for a file that is no such CSV.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(f"{path} cannot be read ({error}); move it away or name another with --csv.") from None
    whole = text[: text.rfind("\n") + 1]
    lines = whole.splitlines()
    if not lines:
        return []
    if lines[0] != _HEADER:
        raise LedgerError(f"{path} does not begin with the columns {_HEADER}; move it away or name another with --csv.")
    return [_row(values, path, number) for number, values in enumerate(csv.reader(lines[1:]), start=2)]


def repair(path: Path) -> None:
    """Take away a last line that has no end, so that whole lines can follow."""
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        write_atomically(path, whole)


def append(path: Path, row: Row) -> None:
    """Add a row to the CSV, with the header before the first, and see it safely on the disk."""
    line = io.StringIO()
    values = asdict(row) | {"accuracy": f"{row.accuracy:.6f}", "seconds": f"{row.seconds:.2f}"}
    csv.writer(line, lineterminator="\n").writerow([values[column] for column in _COLUMNS])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        header = "" if file.tell() else f"{_HEADER}\n"
        file.write((header + line.getvalue()).encode())
        file.flush()
        os.fsync(file.fileno())


def last(rows: Iterable[Row]) -> list[Row]:
    """Return the rows without those that a later row of the same run replaces."""
    return list({row.key: row for row in rows}.values())


def _row(values: list[str], path: Path, number: int) -> Row:
    try:
        named = dict(zip(_COLUMNS, values, strict=True))
        row = Row(
            set=named["set"],
            backbone=named["backbone"],
            way=named["way"],
            per_class=int(named["per_class"]),
            seed=int(named["seed"]),
            accuracy=float(named["accuracy"]),
            seconds=float(named["seconds"]),
            trainable=int(named["trainable"]),
            steps=int(named["steps"]),
            test_images=int(named["test_images"]),
            weights=named["weights"],
            recipe=named["recipe"],
        )
    except ValueError:
        row = None
    if row is None or not 0.0 <= row.accuracy <= 1.0 or not 0.0 <= row.seconds < float("inf"):
        raise LedgerError(f"Line {number} of {path} is not a run; take it out, and the run is done again.")
    return row
