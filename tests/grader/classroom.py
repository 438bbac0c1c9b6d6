"""A course with one tiny exercise, and notebooks of students who worked on it."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

EXERCISE = "tiny"
RIGHT = "answer = 'b'\ndef prepare(images):\n    return images[..., ::-1].astype('float32') / 255"

RUBRIC = """
exercise = "tiny"
title = "A tiny exercise"

[[task]]
id = "prepare"
title = "Prepare the `images`"
exports = ["prepare", "answer"]
see = "the notebook"

[[check]]
id = "batch"
task = "prepare"
title = "A batch"
points = 0.5
kind = "recomputed"
rule = "prepared_batch"
parameters = { object = "prepare", shape = [64, 64, 3], raw = "raw" }
why = "Because."

[[check]]
id = "choice"
task = "prepare"
title = "The right letter"
points = 2.5
kind = "recomputed"
rule = "choice"
parameters = { object = "answer", options = ["a", "b"], accepted = ["b"] }
why = "Because."
"""

# What `check` does in the grader's own run; the tiny rubric is not known to the kernel's process.
_EXPORT = """\
import os
from pathlib import Path
from grader.evidence.export import export_task
from grader.evidence.plan import TaskPlan

export_task(TaskPlan("prepare", ("prepare", "answer")), globals(), Path(os.environ["GRADER_EXPORT"]),
            int(os.environ["GRADER_PROBE_SEED"]), {})
print("exported")"""


def make_course(folder: Path) -> Path:
    """Write a course (rubrics/ and solutions/) into a folder, and return the folder of the course."""
    course = folder / "course"
    for name in ("solutions", "rubrics", "exercises"):
        (course / name).mkdir(parents=True)
    (course / "rubrics" / "tiny.toml").write_text(RUBRIC, encoding="utf-8")
    solution = f"### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION"
    nbformat.write(notebook(solution), course / "solutions" / "tiny.ipynb")
    return course


def notebook(answer: str) -> NotebookNode:
    """Return the tiny exercise with ``answer`` in its one answer cell."""
    return new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            _cell("prepare", answer, grade=False, locked=False, solution=True),
            _cell("check-prepare", _EXPORT, grade=True, locked=True, solution=False),
        ],
    )


def hand_in(source: Path, student: str, answer: str | None) -> None:
    """Write a student's notebook with ``answer``; a file that is no notebook where that is None."""
    path = source / student / f"{EXERCISE}.ipynb"
    path.parent.mkdir(parents=True)
    if answer is None:
        path.write_text("this is no notebook", encoding="utf-8")
    else:
        nbformat.write(notebook(answer), path)


def _cell(grade_id: str, text: str, *, grade: bool, locked: bool, solution: bool) -> NotebookNode:
    role = {"schema_version": 3, "grade_id": grade_id, "grade": grade, "locked": locked, "solution": solution}
    if grade:
        role["points"] = 3
    return new_code_cell(text, id=grade_id, metadata={"nbgrader": role})
