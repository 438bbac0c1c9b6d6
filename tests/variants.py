"""Submissions built from the exercise, the solution and a folder of answers: one Python file for each answer cell."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

COURSE = Path(__file__).resolve().parents[1]
ANSWERS = Path(__file__).parent / "answers"
SOLUTION = "solution"


def variants(exercise: str, prefix: str) -> list[str]:
    """Return the names of the variants of an exercise that start with ``prefix``, such as ``right``."""
    return sorted(path.name for path in (ANSWERS / exercise).iterdir() if path.name.startswith(prefix))


def blank(exercise: str) -> NotebookNode:
    """Return the exercise as it is handed out."""
    return nbformat.read(COURSE / "exercises" / f"{exercise}.ipynb", as_version=4)


def answered(exercise: str, variant: str = SOLUTION) -> NotebookNode:
    """Return the exercise with the answers of a variant; where it has none, the solution's stand."""
    notebook = blank(exercise)
    solution = nbformat.read(COURSE / "solutions" / f"{exercise}.ipynb", as_version=4)
    answers = {cell.id: cell.source for cell in solution.cells if _is_answer(cell)}
    for cell in notebook.cells:
        if cell.id in answers:
            own = ANSWERS / exercise / variant / f"{cell.id}.py"
            cell.source = own.read_text(encoding="utf-8") if own.exists() else answers[cell.id]
    return notebook


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))
