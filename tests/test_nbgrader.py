"""The exercise inside nbgrader as it is: its own autograding gives the scores that this grader gives."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from grader import rubric
from tests.variants import COURSE, SOLUTION, answered, blank

pytestmark = pytest.mark.slow

ASSIGNMENT = "transfer"


@dataclass(frozen=True)
class Expected:
    """One exercise, cut down by its parameters, and a half right variant of it with its score."""

    exercise: str
    parameters: str
    half: str
    right_score: float
    half_score: float


EXPECTED = (
    Expected(
        "01_vgg16_feature_extraction",
        "PER_KIND = 10\nTEST_PER_KIND = 10\nEPOCHS = 4\nSEED = 7",
        "wrong_pooled_head",
        right_score=30,
        half_score=26.25,
    ),
    # Two points are for a person, who has not read anything yet; in the exercises that follow, too.
    Expected(
        "02_freeze_depth",
        "PER_KIND = 2\nEPOCHS = 1\nFINE_EPOCHS = 1\nSEED = 7",
        "wrong_layers_of_the_outer_model",
        right_score=23,
        half_score=15,
    ),
    Expected(
        "04_learning_rates",
        "PER_KIND = 8\nEPOCHS = 1\nSOURCES = 100\nSEED = 7",
        "wrong_never_unfroze",
        right_score=23,
        half_score=15,
    ),
    Expected("05_regularization", "PER_KIND = 10\nEPOCHS = 20\nSEED = 7", "wrong_penalty_after_training", 23, 18),
    Expected(
        "06_classifier_head",
        "PER_KIND = 10\nTEST_PER_KIND = 20\nEPOCHS = 40\nFINE_EPOCHS = 1\nSEED = 7",
        "wrong_layer_left_out_and_head_anew",
        right_score=23,
        half_score=20.5,
    ),
)


def nbgrader(course: Path, *arguments: str) -> None:
    """Run nbgrader's command line in a course and require that it succeeds."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def hand_in(course: Path, student: str, exercise: str, notebook: nbformat.NotebookNode) -> None:
    released = nbformat.read(course / "release" / ASSIGNMENT / f"{exercise}.ipynb", as_version=4)
    answers = {cell.id: cell.source for cell in notebook.cells}
    for cell in released.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.id]
    path = course / "submitted" / student / ASSIGNMENT / f"{exercise}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(released, path)


def scores(course: Path, expected: Expected) -> dict[str, tuple[float, float]]:
    """Return student -> score and maximum, as nbgrader itself finds them."""
    source = nbformat.read(COURSE / "solutions" / f"{expected.exercise}.ipynb", as_version=4)
    for cell in source.cells:
        if cell.id == "parameters":
            cell.source = expected.parameters
    (course / "source" / ASSIGNMENT).mkdir(parents=True)
    nbformat.write(source, course / "source" / ASSIGNMENT / f"{expected.exercise}.ipynb")
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.ExecutePreprocessor.timeout = 300\n")
    nbgrader(course, "generate_assignment", ASSIGNMENT)
    hand_in(course, "right", expected.exercise, answered(expected.exercise, SOLUTION))
    hand_in(course, "half", expected.exercise, answered(expected.exercise, expected.half))
    hand_in(course, "wrong", expected.exercise, blank(expected.exercise))
    nbgrader(course, "autograde", ASSIGNMENT)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: (submission.score, submission.max_score)
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
        }


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.exercise)
def test_scores_are_those_of_this_grader(tmp_path: Path, expected: Expected) -> None:
    maximum = rubric.load(expected.exercise).points
    assert scores(tmp_path, expected) == {
        "right": (expected.right_score, maximum),
        "half": (expected.half_score, maximum),
        "wrong": (0.0, maximum),
    }
