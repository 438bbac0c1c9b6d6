from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grader import exercise, rubric
from grader.assign import assign
from grader.errors import SourceError
from grader.rubric import UnknownExerciseError
from tests.grader.classroom import make_course, notebook


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_course(tmp_path)
    monkeypatch.setattr(rubric, "FOLDER", made / "rubrics")
    return made


def test_when_there_is_a_solution_then_the_pristine_notebook_is_made_from_it(course: Path) -> None:
    # Somebody worked in exercises/: that must not become what everyone is graded against.
    nbformat.write(notebook("prepare = 'my own work'"), course / "exercises" / "tiny.ipynb")
    loaded = exercise.load("tiny", 1, course)
    assert "my own work" not in loaded.pristine.cells[0].source
    assert "::-1" not in loaded.pristine.cells[0].source
    assert loaded.titles == {"tiny": "A tiny exercise", "prepare": "Prepare the `images`"}
    assert [plan.task for plan in loaded.plans] == ["prepare"]


def test_when_solutions_are_kept_elsewhere_then_the_exercise_is_used(course: Path) -> None:
    before = exercise.load("tiny", 1, course).pristine
    assign(course / "solutions", course / "exercises")
    (course / "solutions" / "tiny.ipynb").unlink()
    assert exercise.known(course) == ("tiny",)
    assert [cell.source for cell in exercise.load("tiny", 1, course).pristine.cells] == [
        cell.source for cell in before.cells
    ]


def test_when_there_is_no_notebook_then_the_sentence_names_both_folders(course: Path) -> None:
    (course / "solutions" / "tiny.ipynb").unlink()
    assert exercise.known(course) == ()
    with pytest.raises(SourceError, match=r"exercises or .*solutions"):
        exercise.load("tiny", 1, course)


def test_when_the_name_is_unknown_or_a_path_then_it_is_refused(course: Path) -> None:
    for name in ("other", "../rubrics/tiny"):
        with pytest.raises(UnknownExerciseError):
            exercise.load(name, 1, course)
