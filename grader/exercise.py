"""An exercise as the grader needs it: the pristine notebook, the rubric, and what evidence is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from grader import rubric as rubrics
from grader.assign import make_exercise
from grader.errors import SourceError
from grader.evidence.plan import TaskPlan
from grader.notebook import read_notebook, roles
from grader.plans import plans
from grader.rubric import Rubric

COURSE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Exercise:
    """One exercise; ``plans`` say what each task exports and whether fresh images are wanted."""

    name: str
    pristine: NotebookNode
    rubric: Rubric
    plans: tuple[TaskPlan, ...]

    @property
    def titles(self) -> dict[str, str]:
        """The exercise's and each task's id -> title."""
        return {self.name: self.rubric.title, **{task.id: task.title for task in self.rubric.tasks}}


def known(course: Path = COURSE) -> tuple[str, ...]:
    """Return the exercises that have a rubric and a notebook, in alphabetical order."""
    return tuple(name for name in rubrics.names() if _notebook(course, name) is not None)


def load(name: str, image_seed: int, course: Path = COURSE) -> Exercise:
    """Return an exercise whose fresh images come from ``image_seed``.

    The pristine notebook is made from the solution; only where there is none is ``exercises/`` used, for a
    learner may have worked there. Raises UnknownExerciseError, RubricError, AssignError, InvalidNotebookError,
    or SourceError when there is no notebook.
    """
    rubric = rubrics.load(name)
    path = _notebook(course, name)
    if path is None:
        folders = f"{course / 'exercises'} or {course / 'solutions'}"
        raise SourceError(f"{name}.ipynb is missing from {folders}; get the course again, as a whole.")
    pristine = make_exercise(path) if path.parent.name == "solutions" else read_notebook(path)
    roles(pristine, path)
    return Exercise(name, pristine, rubric, plans(rubric, image_seed))


def _notebook(course: Path, name: str) -> Path | None:
    places = (course / "solutions" / f"{name}.ipynb", course / "exercises" / f"{name}.ipynb")
    return next((path for path in places if path.is_file()), None)
