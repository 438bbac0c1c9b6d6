"""The exercises inside nbgrader as they are: its own autograding gives the scores that this grader gives."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from grader import rubric
from tests.expected import expected as known
from tests.variants import COURSE, SOLUTION, answered, blank

pytestmark = pytest.mark.slow

ASSIGNMENT = "transfer"
EAGERLY = "\nimport tensorflow\ntensorflow.config.run_functions_eagerly(True)"


@dataclass(frozen=True)
class Expected:
    """An exercise with the score of its solution and, if it is handed in, of a half right variant and of a blank one.

    A cell of one exercise is graded like those of the others, so that some of them show all three.
    """

    exercise: str
    right_score: float
    half: str = ""
    half_score: float = 0.0

    def __str__(self) -> str:
        return self.exercise

    @property
    def scores(self) -> Mapping[str, float]:
        """Student -> the score that this grader gives."""
        return {"right": self.right_score} | ({"half": self.half_score, "wrong": 0.0} if self.half else {})

    def answers(self) -> Mapping[str, nbformat.NotebookNode]:
        """Return student -> what is handed in."""
        right = {"right": answered(self.exercise, SOLUTION)}
        return right | (
            {"half": answered(self.exercise, self.half), "wrong": blank(self.exercise)} if self.half else {}
        )


# From the second exercise on two points are for a person, who has not read anything yet.
EXPECTED = (
    Expected("01_vgg16_feature_extraction", 30, "wrong_pooled_head", 26.25),
    Expected("02_freeze_depth", 23),
    Expected("03_swap_backbone", 23),
    Expected("04_learning_rates", 23),
    Expected("05_regularization", 23, "wrong_penalty_after_training", 18),
    Expected("06_classifier_head", 23),
    Expected("07_mobilenet_and_alexnet", 23, "wrong_typed_in_and_ascending", 17),
    Expected("08_quality_control", 23),
)

Scores = Mapping[tuple[str, str], tuple[float, float]]
"""Student and exercise -> score and maximum."""


def nbgrader(course: Path, *arguments: str) -> None:
    """Run nbgrader's command line in a course, with the grader beside it, and require that it succeeds."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course / "python")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def release(course: Path, exercise: str) -> None:
    """Make a solution a source of the assignment, cut down as the answers are: fewer steps, fewer images."""
    setting = known(exercise).setting(SOLUTION)
    source = nbformat.read(COURSE / "solutions" / f"{exercise}.ipynb", as_version=4)
    cut_down = "".join(f"\n{name} = {value}" for name, value in setting.parameters.items())
    parameters = next(cell for cell in source.cells if cell.id == "parameters")
    parameters.source += cut_down + (EAGERLY if setting.eager else "")
    nbformat.write(source, course / "source" / ASSIGNMENT / f"{exercise}.ipynb")
    path = course / "python" / "grader" / "rubrics" / f"{exercise}.toml"
    text = path.read_text(encoding="utf-8")
    for images, count in (setting.images or {}).items():
        text, found = re.subn(rf'(?m)(^id = "{images}"\n(?:^\w+ = .*\n)*?^count = )\d+', rf"\g<1>{count}", text)
        assert found == 1, images
    path.write_text(text, encoding="utf-8")


def hand_in(course: Path, student: str, exercise: str, notebook: nbformat.NotebookNode) -> None:
    released = nbformat.read(course / "release" / ASSIGNMENT / f"{exercise}.ipynb", as_version=4)
    answers = {cell.id: cell.source for cell in notebook.cells}
    for cell in released.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.id]
    path = course / "submitted" / student / ASSIGNMENT / f"{exercise}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(released, path)


@pytest.fixture(scope="module")
def scores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scores:
    """Let nbgrader grade all exercises that were asked for as one assignment, as it finds their scores itself."""
    items = [item for item in request.session.items if hasattr(item, "callspec")]
    asked = [each for each in EXPECTED if any(item.callspec.params.get("expected") is each for item in items)]
    course = tmp_path_factory.mktemp("course")
    (course / "source" / ASSIGNMENT).mkdir(parents=True)
    # The rubrics of this course, which says that fewer images are drawn, go before those of the installed one.
    shutil.copytree(COURSE / "grader", course / "python" / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.ExecutePreprocessor.timeout = 300\n")
    for each in asked:
        release(course, each.exercise)
    nbgrader(course, "generate_assignment", ASSIGNMENT)
    for each in asked:
        for student, notebook in each.answers().items():
            hand_in(course, student, each.exercise, notebook)
    nbgrader(course, "autograde", ASSIGNMENT)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            (submission.student.id, notebook.name): (notebook.score, notebook.max_score)
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
            for notebook in submission.notebooks
        }


@pytest.mark.parametrize("expected", EXPECTED, ids=str)
def test_scores_are_those_of_this_grader(scores: Scores, expected: Expected) -> None:
    maximum = rubric.load(expected.exercise).points
    told = {student: scores[student, expected.exercise] for student in expected.scores}
    assert told == {student: (score, maximum) for student, score in expected.scores.items()}
