"""The exercise inside nbgrader as it is: its own autograding gives the scores that this grader gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.variants import COURSE, SOLUTION, answered, blank

pytestmark = pytest.mark.slow

EXERCISE = "01_vgg16_feature_extraction"
ASSIGNMENT = "transfer"
PARAMETERS = "PER_KIND = 10\nEPOCHS = 4\nSEED = 7"
HALF = "wrong_pooled_head"


def nbgrader(course: Path, *arguments: str) -> None:
    """Run nbgrader's command line in a course and require that it succeeds."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def hand_in(course: Path, student: str, notebook: nbformat.NotebookNode) -> None:
    released = nbformat.read(course / "release" / ASSIGNMENT / f"{EXERCISE}.ipynb", as_version=4)
    answers = {cell.id: cell.source for cell in notebook.cells}
    for cell in released.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.id]
    path = course / "submitted" / student / ASSIGNMENT / f"{EXERCISE}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(released, path)


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, float]]:
    course = tmp_path_factory.mktemp("nbgrader")
    source = nbformat.read(COURSE / "solutions" / f"{EXERCISE}.ipynb", as_version=4)
    for cell in source.cells:
        if cell.id == "parameters":
            cell.source = PARAMETERS
    (course / "source" / ASSIGNMENT).mkdir(parents=True)
    nbformat.write(source, course / "source" / ASSIGNMENT / f"{EXERCISE}.ipynb")
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.ExecutePreprocessor.timeout = 300\n")
    nbgrader(course, "generate_assignment", ASSIGNMENT)
    hand_in(course, "right", answered(EXERCISE, SOLUTION))
    hand_in(course, "half", answered(EXERCISE, HALF))
    hand_in(course, "wrong", blank(EXERCISE))
    nbgrader(course, "autograde", ASSIGNMENT)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: (submission.score, submission.max_score)
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
        }


def test_scores_are_those_of_this_grader(scores: dict[str, tuple[float, float]]) -> None:
    assert scores == {"right": (25.0, 25.0), "half": (21.25, 25.0), "wrong": (0.0, 25.0)}
