"""Where the reports of a class are kept: one folder a submission, the table and the index beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.files import write_atomically
from grader.records import Graded, Submission
from grader.report.feedback import feedback_html
from grader.report.gradescope import results_json
from grader.report.index import index_html
from grader.report.table import grades_csv

GRADES = "grades.csv"
INDEX = "index.html"
RESULTS = "results.json"
FEEDBACK = "feedback.html"
EXECUTED = "executed.ipynb"


def submission_folder(submission: Submission) -> Path:
    """Return a submission's folder relative to that of the class: ``<student>/<exercise>``.

    Names that could leave that folder, or hide one of the class's own files, are changed.
    """
    return Path(_part(submission.student)) / _part(submission.exercise)


def save_submission(out: Path, graded: Graded) -> Graded:
    """Write one submission's reports under ``out``; the result's ``executed`` is then the kept copy, or None.

    An ``executed.ipynb`` of an earlier run is removed when there is none now. Raises OSError.
    """
    folder = out / submission_folder(graded.submission)
    kept = folder / EXECUTED
    if graded.executed is None:
        kept.unlink(missing_ok=True)
    else:
        write_atomically(kept, graded.executed.read_bytes())
    saved = replace(graded, executed=None if graded.executed is None else kept)
    write_atomically(folder / FEEDBACK, feedback_html(saved))
    write_atomically(folder / RESULTS, results_json(saved))
    return saved


def save_class(out: Path, class_results: Sequence[Graded], unfinished: int = 0) -> None:
    """Write ``grades.csv`` and ``index.html``; ``unfinished`` counts submissions without a result."""
    links = {
        (graded.submission.student, graded.submission.exercise): (
            submission_folder(graded.submission) / FEEDBACK
        ).as_posix()
        for graded in class_results
    }
    write_atomically(out / GRADES, grades_csv(class_results))
    write_atomically(out / INDEX, index_html(class_results, links, unfinished))


def _part(name: str) -> str:
    safe = "".join("_" if character in "/\\:\0" or not character.isprintable() else character for character in name)
    safe = safe.strip(" .") or "_"
    return f"{safe}_" if safe.lower() in {GRADES, INDEX} else safe
