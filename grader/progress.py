"""How grading looks on a terminal: a bar with the time that is left, and one line for each result."""

from __future__ import annotations

import sys
from typing import Any

from tqdm import tqdm

from grader.records import Graded
from grader.report.words import STATUS_WORDS, clean, points


class TerminalProgress:
    """A tqdm bar on standard error, drawn only where that is a terminal; the lines go to standard output."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def started(self, submissions: int) -> None:
        """Draw the empty bar."""
        self._bar = tqdm(total=submissions, unit="notebook", desc="Grading", disable=None, file=sys.stderr)

    def graded(self, graded: Graded) -> None:
        """Print one result's line above the bar, and move it on."""
        tqdm.write(result_line(graded), file=sys.stdout)
        sys.stdout.flush()
        if self._bar is not None:
            self._bar.update()

    def finished(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.close()


class NoProgress:
    """Says nothing."""

    def started(self, submissions: int) -> None:
        """Do nothing."""

    def graded(self, graded: Graded) -> None:
        """Do nothing."""

    def finished(self) -> None:
        """Do nothing."""


def result_line(graded: Graded) -> str:
    """Return one submission's result as one line of text."""
    who = f"{graded.submission.student} / {graded.submission.exercise}"
    score = f"{points(graded.score)} of {points(graded.max_score)}"
    line = f"{clean(who):<44} {score:>11}  {STATUS_WORDS[graded.status]}"
    return f"{line}: {' '.join(clean(graded.detail).split())[:160]}" if graded.detail else line


def short_table(results: tuple[Graded, ...], rows: int = 30) -> str:
    """Return how many submissions ended how, and their mean score, by exercise; at most ``rows`` lines."""
    lines = []
    for exercise in sorted({graded.submission.exercise for graded in results}):
        mine = [graded for graded in results if graded.submission.exercise == exercise]
        mean = sum(graded.score for graded in mine) / len(mine)
        lines.append(f"{exercise}: {len(mine)} graded, mean {points(mean)} of {points(mine[0].max_score)}")
        statuses = [graded.status for graded in mine]
        for status in dict.fromkeys(sorted(statuses)):
            lines.append(f"    {statuses.count(status):>4}  {status.value:<14} {STATUS_WORDS[status]}")
    return "\n".join(lines[:rows])
