"""grades.csv: one row a submission, one column a check, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.records import Graded, Outcome
from grader.report.words import clean, number

FIXED = ("student", "exercise", "score", "max_score", "waiting", "status", "detail")
WAITING = "waiting"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def grades_csv(class_results: Sequence[Graded]) -> str:
    """Return ``grades.csv``, sorted by student and exercise.

    A check's column holds the points earned, the word ``waiting`` where a person has to give them, and nothing for
    other exercises; where several exercises are graded the columns are named ``<exercise>:<check>``. The column
    ``waiting`` holds the points that wait.
    """
    ordered = in_order(class_results)
    several = len({graded.submission.exercise for graded in ordered}) > 1
    columns: dict[str, None] = {}
    for graded in sorted(ordered, key=lambda graded: graded.submission.exercise):
        columns.update(dict.fromkeys(_checks(graded, several)))
    text = io.StringIO()
    writer = csv.DictWriter(text, [*FIXED, *columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(graded, several) for graded in ordered)
    return text.getvalue()


def in_order(class_results: Sequence[Graded]) -> list[Graded]:
    """Return the results sorted by student, capitals or not, then exercise."""
    return sorted(class_results, key=_place)


def _place(graded: Graded) -> tuple[str, str, str]:
    student = graded.submission.student
    return student.casefold(), student, graded.submission.exercise


def _row(graded: Graded, several: bool) -> dict[str, str | float]:
    return {
        "student": _safe(graded.submission.student),
        "exercise": _safe(graded.submission.exercise),
        "score": number(graded.score),
        "max_score": number(graded.max_score),
        "waiting": number(graded.waiting),
        "status": graded.status.value,
        "detail": _safe(graded.detail),
        **_checks(graded, several),
    }


def _checks(graded: Graded, several: bool) -> dict[str, str | float]:
    earned: dict[str, str | float] = {}
    for result in graded.results:
        name = f"{graded.submission.exercise}:{result.check}" if several else result.check
        earned[_safe(f"check:{name}" if name in FIXED else name)] = (
            WAITING if result.outcome is Outcome.WAITING else number(result.earned)
        )
    return earned


def _safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before a telling first character.

    Line ends become spaces, so that every submission stays one line.
    """
    guarded = f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    return clean(" ".join(guarded.splitlines()) if "\n" in guarded or "\r" in guarded else guarded)
